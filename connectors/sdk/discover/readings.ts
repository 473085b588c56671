import { createCellReader } from '#src/domain/value/read-cell.js';
import type { ColumnSpec, ColumnType } from '#src/domain/value/types.js';
import type { DiscoveredField } from '../discovery.js';

/** A distinct text of a column and how many cells hold it. */
export interface CountedValue {
  readonly text: string;
  readonly count: number;
}

/** One way a column could be read. */
export interface Candidate {
  readonly type: ColumnType;
  readonly settings: DiscoveredField['settings'];
  /** In words, for many: `dates dd.MM.yyyy`. */
  readonly what: string;
  /** Which of day and month comes first, where another way of writing has them the other way round. */
  readonly order?: 'day_month' | 'month_day';
}

/** What a candidate makes of a column's values. */
export interface Outcome {
  readonly candidate: Candidate;
  /** Cells it reads. */
  readonly count: number;
  /** What each value reads as, in the order of the values; `undefined` where it is refused. */
  readonly typed: readonly (string | undefined)[];
}

/** Reads every value by the reader an extract's column would get. */
export function outcomeOf(candidate: Candidate, values: readonly CountedValue[]): Outcome {
  const column: ColumnSpec = {
    name: 'sampled',
    sourceName: 'sampled',
    type: candidate.type,
    ...candidate.settings,
    timeZone: candidate.settings.time_zone ?? 'UTC',
    required: true,
  };
  const read = createCellReader(column);
  const typed = values.map(({ text }) => {
    const reading = read(text);
    return reading.ok ? String(reading.value) : undefined;
  });
  const count = values.reduce((sum, value, index) => sum + (typed[index] === undefined ? 0 : value.count), 0);
  return { candidate, count, typed };
}

/** Two ways to read the same value that give different results. */
export interface Ambiguity {
  readonly text: string;
  readonly first: { readonly outcome: Outcome; readonly value: string };
  readonly second: { readonly outcome: Outcome; readonly value: string };
}

/**
 * The candidate that reads most; the earlier of two that read as many and alike. Two that read as many but not alike are
 * an ambiguity, which no sample may settle by a guess.
 */
export function bestOf(
  candidates: readonly Candidate[],
  values: readonly CountedValue[],
): { readonly best: Outcome; readonly ambiguity?: Ambiguity } | undefined {
  const outcomes = candidates.map((candidate) => outcomeOf(candidate, values));
  const most = Math.max(0, ...outcomes.map(({ count }) => count));
  const [best, ...others] = outcomes.filter(({ count }) => count === most);
  if (best === undefined || most === 0) return undefined;
  for (const other of others) {
    for (const [index, value] of best.typed.entries()) {
      const otherwise = other.typed[index];
      if (value === undefined || otherwise === undefined) continue;
      // 02/02/2026 reads alike, and yet shows nothing of what the other days will be.
      if (value === otherwise && other.candidate.order === best.candidate.order) continue;
      const first = { outcome: best, value };
      return {
        best,
        ambiguity: { text: values[index]?.text ?? '', first, second: { outcome: other, value: otherwise } },
      };
    }
  }
  return { best };
}
