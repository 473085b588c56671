import type { ResolvedConfig } from '#src/config/types.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import type { LeftOut } from '#src/domain/rollup/left-out.js';
import type { NoScoreState } from '#src/domain/score/types.js';
import type { AlertView, ScorecardRow } from '#src/store/read-models/types.js';
import type { NoteRecord } from '#src/store/types.js';
import type { ValueNotes } from '../value-notes.js';
import { authorName } from './note-words.js';
import { daysBetween } from './time-words.js';

/** A node of the scorecard with what only the present day says about it. */
export interface Standing {
  readonly row: ScorecardRow;
  /** 0 for what nothing shown stands above: scorecards without a parent. */
  readonly depth: number;
  /** Whether the shown period is not over yet. */
  readonly open: boolean;
  /** Days since the oldest day whose data entered. */
  readonly ageDays?: number;
  /** For late and missing measures: the first period of the unbroken run without a value. */
  readonly since?: string;
  /** What a reader of the value should know: what it lacks of its period or window, and where it is a sum of nothing. */
  readonly notes?: ValueNotes;
  /** The words that its value and target are shown by, where it is a measure of words in an order. */
  readonly labels?: readonly string[];
  /** Children that the score is made without. */
  readonly without?: MissingChildren;
  /** What a person wrote about it in the period that is shown. */
  readonly written?: WrittenNote;
}

/** A note that stands beside a node. */
export interface WrittenNote {
  readonly text: string;
  readonly author: string;
  readonly authorName: string;
  readonly writtenAt: Instant;
}

/** Children without a score: the first of them, and how many they are. */
export interface MissingChildren {
  readonly count: number;
  readonly named: readonly MissingChild[];
}

export interface MissingChild {
  readonly address: string;
  readonly name: string;
  /** How it stands itself; absent where what it shows is another period than its parent saw, or nothing yet. */
  readonly status?: NoScoreState;
  /** The period of its last value, where that is too old to count. */
  readonly tooOld?: string;
}

/**
 * Nodes in display order, each with its depth, age and, where it is late or missing, since when.
 *
 * @param notes on values, by address
 * @param labels of ordinal measures, by address
 */
export function standings(
  rows: readonly ScorecardRow[],
  alerts: readonly AlertView[],
  now: string,
  timeZone: string,
  notes: ReadonlyMap<string, ValueNotes> = new Map(),
  labels: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly Standing[] {
  const today = dateInZone(now, timeZone);
  const parents = new Map(rows.map((row) => [row.node, row.parent]));
  const alertOf = new Map(alerts.map((alert) => [`${alert.kind} ${alert.subject}`, alert]));
  const rowOf = new Map(rows.map((row) => [row.node, row]));
  return rows.map((row) => {
    const since = sinceOf(row, alertOf);
    const own = notes.get(row.node);
    const words = labels.get(row.node);
    return {
      row,
      depth: depthOf(row.node, parents),
      open: row.periodEnd !== undefined && row.periodEnd > today,
      ...ageOf(row.oldestData, today),
      ...(since === undefined ? {} : { since }),
      ...(own === undefined ? {} : { notes: own }),
      ...(words === undefined ? {} : { labels: words }),
      ...(row.leftOut === undefined ? {} : { without: missingOf(row.leftOut, rowOf) }),
    };
  });
}

/** Each node with what was written about it in the period that is shown. */
export function withNotes(
  nodes: readonly Standing[],
  notes: readonly NoteRecord[],
  config: Pick<ResolvedConfig, 'people'>,
): readonly Standing[] {
  if (notes.length === 0) return nodes;
  const noteOf = new Map(notes.map((note) => [`${note.periodId} ${note.node}`, note]));
  return nodes.map((standing) => {
    const note = noteOf.get(`${standing.row.periodId} ${standing.row.node}`);
    if (note === undefined) return standing;
    const { text, author, writtenAt } = note;
    return { ...standing, written: { text, author, authorName: authorName(note, config), writtenAt } };
  });
}

function missingOf({ children, more }: LeftOut, rowOf: ReadonlyMap<string, ScorecardRow>): MissingChildren {
  const named = children.map(({ node, tooOld }): MissingChild => {
    const { name = node, status } = rowOf.get(node) ?? {};
    if (tooOld !== undefined) return { address: node, name, tooOld };
    return { address: node, name, ...(isWithoutScore(status) ? { status } : {}) };
  });
  return { count: children.length + more, named };
}

function isWithoutScore(status: ScorecardRow['status']): status is NoScoreState {
  return status !== undefined && status !== 'on_track' && status !== 'at_risk' && status !== 'off_track';
}

function depthOf(node: string, parents: ReadonlyMap<string, string | undefined>): number {
  const seen = new Set<string>();
  for (let up = parents.get(node); up !== undefined && !seen.has(up); up = parents.get(up)) seen.add(up);
  return seen.size;
}

function ageOf(oldestData: CalendarDate | undefined, today: CalendarDate): { readonly ageDays?: number } {
  return oldestData === undefined ? {} : { ageDays: daysBetween(oldestData, today) };
}

/** The reason may say it; else the alert knows where the run without values began. */
function sinceOf(
  { node, status, reason, periodId }: ScorecardRow,
  alertOf: ReadonlyMap<string, AlertView>,
): string | undefined {
  if (status !== 'late' && status !== 'missing') return undefined;
  const said = /\bsince (\d[\w-]*)/.exec(reason ?? '')?.[1];
  if (said !== undefined) return said;
  return alertOf.get(`${status} measure/${node}`)?.period ?? periodId;
}
