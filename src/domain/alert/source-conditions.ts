import type { Instant, Period } from '../period/types.js';
import { alertSubject } from './alert-key.js';
import type { RejectsOver } from './settings.js';
import type { FoundCondition } from './types.js';

/** Rows of an extract that its newest read gave and that could not be used. */
export interface RejectedRows {
  readonly extract: string;
  /** Nominal time of the read. */
  readonly at: Instant;
  readonly seen: number;
  readonly rejected: number;
  /** The first of them. */
  readonly first: readonly {
    readonly locator: string;
    readonly column?: string;
    readonly rule: string;
    readonly message: string;
    readonly remedy: string;
  }[];
  /** Person id. */
  readonly owner: string;
}

/** Whether so many rejected rows are more than are let pass. */
export function isTooMany({ seen, rejected }: { seen: number; rejected: number }, over: RejectsOver): boolean {
  return 'rows' in over ? rejected > over.rows : rejected * 100 > over.percent * seen;
}

/**
 * The condition that the newest read of an extract had more rejected rows than are let pass. Cells are not quoted: their place
 * says where they are.
 *
 * How far it goes is how many they are: what a person resolved as it stands comes again when there are more.
 */
export function rejectsCondition(rows: RejectedRows, over: RejectsOver): FoundCondition[] {
  const { extract, at, seen, rejected, first, owner } = rows;
  if (rejected === 0 || !isTooMany(rows, over)) return [];
  const lines = first.flatMap(({ locator, column, rule, message, remedy }) => [
    `${locator}${column === undefined ? '' : `, column "${column}"`}: ${message} (${rule})`,
    `What would be right: ${remedy}`,
  ]);
  const more = rejected - first.length;
  return [
    {
      kind: 'rejects',
      subject: alertSubject('extract', extract),
      period: at,
      through: String(rejected).padStart(12, '0'),
      owner,
      summary: `The extract "${extract}": ${rejected} of ${seen === 1 ? '1 row' : `${seen} rows`} ${rejected === 1 ? 'was' : 'were'} rejected`,
      details: [
        ...lines,
        ...(more > 0 ? [`and ${more} more, in the store's table "reject"`] : []),
        'What to do: correct them in the source; the next read takes them in.',
      ],
    },
  ];
}

/** A measure whose source keeps no history, with its newest closed periods in which nothing was captured, oldest first. */
export interface MissedCaptures {
  readonly name: string;
  readonly periods: readonly Period[];
}

/** Measures, and periods, that are named. */
const MOST_NAMED = 6;

/** The condition that nothing was captured of an extract in the newest closed period of any of its measures. */
export function captureMissedCondition(
  extract: string,
  owner: string,
  missed: readonly MissedCaptures[],
): FoundCondition[] {
  const periods = missed.flatMap((each) => each.periods);
  const byId = [...new Map(periods.map((period) => [period.id, period])).values()];
  const inOrder = byId.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.end < b.end ? -1 : 1));
  const [first] = inOrder;
  if (first === undefined) return [];
  const through = inOrder.map(({ end }) => end).reduce((a, b) => (a > b ? a : b));
  const ids = inOrder.map(({ id }) => id);
  const shown =
    ids.length > MOST_NAMED
      ? `${ids.slice(-MOST_NAMED).join(', ')} and ${ids.length - MOST_NAMED} before`
      : ids.join(', ');
  const named = missed
    .slice(0, MOST_NAMED)
    .map(({ name, periods: own }) => `${name}: no capture in ${own.map(({ id }) => id).join(', ')}`);
  const more = missed.length - named.length;
  return [
    {
      kind: 'capture_missed',
      subject: alertSubject('extract', extract),
      period: first.id,
      through,
      owner,
      summary: `The extract "${extract}" was not read in ${shown}: its source keeps no history, so it cannot be read later`,
      details: [
        ...named,
        ...(more > 0 ? [`and ${more} more measures`] : []),
        'What to do: see that it is read in each period; what was missed stays without a value.',
      ],
      overdue: inOrder,
    },
  ];
}
