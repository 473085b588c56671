import type { Period } from '#src/domain/period/types.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import type { ByPeriod } from '#src/domain/series/types.js';
import type { Target } from '#src/domain/target/types.js';
import type { DecimalText } from '#src/domain/value/types.js';
import type { StoredPart } from '#src/domain/window/types.js';

/** A number to compare with, as closely as its decimals were written. */
export interface ExpectedNumber {
  readonly value: DecimalText;
  readonly places: number;
}

/** What is to come of an example; what is absent is not looked at. */
export interface Expected {
  readonly value?: ExpectedNumber | 'none';
  /** Part of the words that say why there is no value or score. */
  readonly reason?: string;
  /** As people see it, 0 to 100. */
  readonly score?: ExpectedNumber;
  readonly points?: ExpectedNumber;
  readonly status?: Status | NoScoreState;
  readonly band?: string;
}

/** What is given of a measure, and what its value, status and score are to be. Decides nothing that runs. */
export interface Example {
  readonly name?: string;
  /** Where it stands: path relative to the folder, line from 1. */
  readonly file: string;
  readonly line: number;
  /** Address of the measure, or of a definition that serves many units. */
  readonly measure: string;
  /** Of such a definition: the unit that it is about; absent: the first. */
  readonly unit?: string;
  /** Of the measure's grain. */
  readonly period: Period;
  /** Rows of the extract, by name of column, as the source gives them. */
  readonly rows?: readonly Readonly<Record<string, string | null>>[];
  /** Values by the measure's address, or `<address>#<series>`, and by period. A ratio may have its sides alone. */
  readonly given: Readonly<Record<string, ByPeriod<StoredPart>>>;
  /** Series of the measure by name, given here whatever the measure says of them. */
  readonly series: Readonly<Record<string, ByPeriod<Target>>>;
  readonly expect: Expected;
}
