import { addDays, compareInstants, endInstant } from '../period/period-instants.js';
import type { CalendarDate, Instant, Period } from '../period/types.js';

/** What can show how far a source has come. When it was read by us shows nothing, and is none of them. */
export const EVIDENCE_KINDS = {
  newest_row: 'its newest row',
  watermark: 'its watermark',
  file_time: 'the time of its last change',
  as_of: 'its "as of"',
} as const;

/** One of {@link EVIDENCE_KINDS}. */
export type EvidenceKind = keyof typeof EVIDENCE_KINDS;

/** What a good pull found of how far its source had come. */
export interface PullEvidence {
  readonly watermark?: { readonly evidence: string; readonly at?: Instant | CalendarDate };
  /** Day of the newest row; absent without any, and where days of rows are those of the reading. */
  readonly newestDay?: CalendarDate;
}

/** How far a source had come, by what is declared to count. */
export interface SourceStand {
  readonly by: EvidenceKind;
  /** A time, or a day that is whole. */
  readonly at: Instant | CalendarDate;
}

/** The watermarks that each kind goes by. An "as of" of a database is asked for by a query. */
const MARKS: Readonly<Record<Exclude<EvidenceKind, 'newest_row'>, readonly string[]>> = {
  watermark: ['column_maximum', 'query', 'own'],
  file_time: ['file', 'modified_time'],
  as_of: ['as_of_cell', 'as_of_name', 'query', 'column_maximum', 'own'],
};

/** How far a source had come by the evidence that counts; `undefined` where it did not show any of that kind. */
export function sourceStand(by: EvidenceKind, { watermark, newestDay }: PullEvidence): SourceStand | undefined {
  if (by === 'newest_row') return newestDay === undefined ? undefined : { by, at: newestDay };
  if (watermark?.at === undefined || !MARKS[by].includes(watermark.evidence)) return undefined;
  return { by, at: watermark.at };
}

/**
 * Whether a source has come past a period, so that what it does not have of it will not come by itself.
 *
 * A time is past a period from its very end on. The day of an "as of" is a day whose figures are in: the last day of the
 * period is enough. A newest row or change of the last day leaves open whether there are more of that day: a later one is wanted.
 */
export function isPast({ by, at }: SourceStand, period: Period, timeZone: string): boolean {
  if (at.includes('T')) return compareInstants(at, endInstant(period, timeZone)) >= 0;
  return by === 'as_of' ? at >= addDays(period.end, -1) : at >= period.end;
}
