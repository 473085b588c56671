import type { Measure } from '../measure/types.js';
import { valueText } from '../measure/value-text.js';
import type { PeriodAtPace } from '../pace/types.js';
import type { Instant, Period } from '../period/types.js';
import type { NoScoreState, Status } from '../score/types.js';
import { shownTarget } from '../target/shown-target.js';
import type { DecimalText } from '../value/types.js';
import { alertSubject } from './alert-key.js';
import type { StatusFlip } from './status-flip.js';
import type { AlertKind, FoundCondition, NamedAbsence } from './types.js';

/** How a measure stood in one period. */
export interface PeriodOutcome {
  readonly period: Period;
  /** Whether the period had ended, and was read to the end, at the time of the evaluation; open periods raise nothing. */
  readonly closed: boolean;
  readonly status: Status | NoScoreState;
  /** When the value is, or was, due. */
  readonly due: Instant;
  readonly value?: DecimalText;
  /** As text for people: `85`, `72..82`. */
  readonly target?: string;
  /** Why there is no score, in words. */
  readonly reason?: string;
}

/** All that decides which alert conditions of a measure hold. */
export interface MeasureStanding {
  readonly measure: Pick<
    Measure,
    'address' | 'name' | 'frequency' | 'timeZone' | 'unit' | 'decimals' | 'offTrackAfter'
  >;
  /** Newest first, without gaps, as far back as runs of periods are to be counted. */
  readonly outcomes: readonly PeriodOutcome[];
  /** Of a value that is due and not there: who can act, where that is another than `owner`, and lines that say why. No secret. */
  readonly absence?: NamedAbsence & { readonly lines: readonly string[] };
  /** Lines about the source, for the details of `late` and `missing`: when it was last read, rejected rows. No secret. */
  readonly evidence: readonly string[];
  /** Closed periods whose status was turned by a correction of late, in any order. */
  readonly flips: readonly StatusFlip[];
  /** The period that is not over, as it would end, where the measure asks for that to be judged; absent: it raises nothing. */
  readonly atPace?: PeriodAtPace;
  /** Person told. */
  readonly owner: string;
  /** Kinds that are told; absent: those of {@link ON_BY_DEFAULT}. */
  readonly isOn?: (kind: AlertKind) => boolean;
}

/** Periods named in an alert, the newest: a run of years must not become a page. */
export const MOST_LINES = 6;

export function condition(
  { measure, owner }: MeasureStanding,
  kind: FoundCondition['kind'],
  [newest, begun]: readonly [Pick<PeriodOutcome, 'period'>, Pick<PeriodOutcome, 'period'>],
  what: string,
  details: readonly string[],
): FoundCondition {
  const subject = alertSubject('measure', measure.address);
  const summary = `${measure.name} (${measure.frequency}): ${what}`;
  return { kind, subject, period: begun.period.id, through: newest.period.end, owner, summary, details };
}

export function isOffTrack({ status }: Pick<PeriodOutcome, 'status'>): boolean {
  return status === 'off_track';
}

export function newestWhile<T>(outcomes: readonly T[], holds: (outcome: T) => boolean): readonly T[] {
  const end = outcomes.findIndex((outcome) => !holds(outcome));
  return end === -1 ? outcomes : outcomes.slice(0, end);
}

export function figures(
  { measure }: MeasureStanding,
  { value, target }: Pick<PeriodOutcome, 'value' | 'target'>,
): string {
  const shown = value === undefined ? 'value not kept' : valueText(value, measure);
  return target === undefined ? shown : `${shown} against a target of ${shownTarget(target, measure)}`;
}

export function words({ status }: Pick<PeriodOutcome, 'status'>): string {
  return status.replace('_', ' ');
}

export function counted(periods: number): string {
  return periods === 1 ? '1 period' : `${periods} periods`;
}
