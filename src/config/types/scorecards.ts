import type { CollectedMeasure, Measure } from '#src/domain/measure/types.js';
import type { Grain } from '#src/domain/period/types.js';
import type { RollUpRule } from '#src/domain/rollup/types.js';
import type { Unit } from '#src/domain/unit/types.js';
import type { DecimalText } from '#src/domain/value/types.js';

/** A point of view of a scorecard; objectives name it by its address. */
export interface Perspective {
  /** Address `<scorecard>/<perspective>`. */
  readonly address: string;
  readonly name: string;
  readonly weight: DecimalText;
  /** Where it is not the site's. */
  readonly rollUp?: RollUpRule;
}

/** What is to be reached; measures name it by its address. */
export interface Objective {
  /** Address `<scorecard>/<objective>`. */
  readonly address: string;
  readonly name: string;
  /** Address of its perspective. */
  readonly perspective: string;
  readonly owner: string;
  readonly weight: DecimalText;
  /** Addresses of objectives this one is believed to drive. */
  readonly drives: readonly string[];
  /** Where it is not the site's. */
  readonly rollUp?: RollUpRule;
}

/** The units that one definition serves. */
export interface UnitSet {
  readonly id: string;
  /** In the order they are shown; empty until they were read where they come from an extract. */
  readonly units: readonly Unit[];
  /** Where they are read when the configuration is applied; absent where a file lists them. */
  readonly from?: UnitColumns;
}

/** The columns of an extract that say which units there are. */
export interface UnitColumns {
  readonly extract: string;
  readonly id: string;
  readonly name?: string;
  readonly parent?: string;
  readonly owner?: string;
  readonly weight?: string;
  readonly attributes?: readonly string[];
}

/** The tree of one organisation unit, without its measures. Its grain is that of the rolled-up history. */
export interface Scorecard extends Grain {
  /** Address: its id, or `<id>/<unit>` where one definition serves many units. */
  readonly address: string;
  readonly name: string;
  readonly owner: string;
  /** The scorecard that this one counts for, and with which weight. */
  readonly parent?: { readonly scorecard: string; readonly weight: DecimalText };
  /** Of a definition that serves many units: their set. */
  readonly forEach?: string;
  /** Of such a definition: whether a unit above others has measures made of theirs, or only their scores. */
  readonly parentsBy?: 'score' | 'value';
  /** Of one of those many: the id of its unit; empty for the one above them all. */
  readonly unit?: string;
  /** Where it is not the site's. */
  readonly rollUp?: RollUpRule;
  /** Top first, as shown. */
  readonly perspectives: readonly Perspective[];
  readonly objectives: readonly Objective[];
}

/** What is defined: each may stand for itself, or be the definition of one for each unit. */
export interface Templates {
  readonly scorecards: readonly Scorecard[];
  readonly measures: readonly Measure[];
  readonly seriesMeasures?: readonly CollectedMeasure[];
}
