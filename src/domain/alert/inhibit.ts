import type { Period } from '../period/types.js';
import { conditionKey } from './alert-key.js';
import type { AlertKind, AlertSubject, FoundCondition } from './types.js';

/** Conditions without those that only follow from others. */
export interface Inhibition {
  readonly conditions: readonly FoundCondition[];
  /** Condition keys held back, for `assessAlerts`. */
  readonly inhibited: ReadonlySet<string>;
}

/** What follows from what. */
export interface Causes {
  /** Subjects of the connection and the extract that feed each measure and extract, by its subject. */
  readonly sources: ReadonlyMap<AlertSubject, readonly AlertSubject[]>;
  /** Subjects of the measures that each derived measure is made of, by its subject; absent: nothing is derived. */
  readonly inputs?: ReadonlyMap<AlertSubject, readonly AlertSubject[]>;
}

/** How a line of an alert begins that names what waits for it. */
export const WAITING = 'Waiting for it: ';

/** Kinds that follow from a source which cannot be read. A value that is there and off track is no such thing. */
const OVERDUE: readonly AlertKind[] = ['late', 'missing'];

/** Kinds of an extract that nothing new is known of while it fails. */
const OF_EXTRACT: readonly AlertKind[] = ['rejects', 'capture_missed'];

/**
 * One alert a root cause: what only follows from another condition is dropped, and named in the details of that one.
 *
 * - While a source fails: late and missing values of its measures; rejected rows and missed captures of its extracts.
 * - Where nothing was captured: late and missing values of those periods.
 * - Where an input is late or missing: late and missing values of the derived measures above it, at any depth, as far as each of
 *   their overdue periods meets one of an input's. With a period that no input explains they speak for themselves.
 *
 * A consequence of several causes is named under the first of them, and under the one at the root: the source and not the input.
 * Both kinds of an overdue value are held back, so that an open `late` alert is not resolved only because the period has become
 * missing meanwhile. A measure whose value did arrive has no condition here, so its open alerts resolve as usual.
 */
export function inhibit(conditions: readonly FoundCondition[], causes: Causes): Inhibition {
  const roots = rootsOf(conditions, causes);
  const waiting = new Map<FoundCondition, string[]>();
  for (const [held, root] of roots) {
    if (held.kind === 'rejects') continue;
    const named = waiting.get(root) ?? [];
    named.push(`${WAITING}${held.summary}`);
    waiting.set(root, named);
  }
  return {
    conditions: conditions
      .filter((condition) => !roots.has(condition))
      .map((condition) => {
        const named = waiting.get(condition);
        return named === undefined ? condition : { ...condition, details: [...condition.details, ...named] };
      }),
    inhibited: new Set(
      [...roots.keys()].flatMap(({ kind, subject }) =>
        (OVERDUE.includes(kind) ? OVERDUE : [kind]).map((each) => conditionKey(each, subject)),
      ),
    ),
  };
}

/** The condition at the root of each that follows from one, in the order of the conditions. */
function rootsOf(
  conditions: readonly FoundCondition[],
  { sources, inputs }: Causes,
): ReadonlyMap<FoundCondition, FoundCondition> {
  const firstOf = (...kinds: readonly AlertKind[]): ReadonlyMap<AlertSubject, FoundCondition> =>
    new Map(
      conditions
        .filter(({ kind }) => kinds.includes(kind))
        .toReversed()
        .map((each) => [each.subject, each]),
    );
  const failed = firstOf('source_failed');
  const missed = firstOf('capture_missed');
  const overdue = firstOf(...OVERDUE);
  const known = new Map<FoundCondition, FoundCondition | undefined>();

  const causeOf = (condition: FoundCondition): FoundCondition | undefined => {
    const isOverdue = OVERDUE.includes(condition.kind);
    if (!isOverdue && !OF_EXTRACT.includes(condition.kind)) return undefined;
    const feeding = sources.get(condition.subject) ?? [];
    const source = firstIn(feeding, failed);
    if (source !== undefined || !isOverdue) return source;
    const captured = feeding.map((each) => missed.get(each)).filter((each) => each !== undefined);
    const below = (inputs?.get(condition.subject) ?? [])
      .map((each) => overdue.get(each))
      .filter((each) => each !== undefined)
      .filter((each) => each !== condition);
    return explaining(condition, captured) ?? explaining(condition, below);
  };

  const rootOf = (condition: FoundCondition): FoundCondition | undefined => {
    if (known.has(condition)) return known.get(condition);
    // A measure that is made of its own past is no cause of itself.
    known.set(condition, undefined);
    const cause = causeOf(condition);
    const root = cause === undefined ? undefined : (rootOf(cause) ?? cause);
    known.set(condition, root === condition ? undefined : root);
    return known.get(condition);
  };

  return new Map(
    conditions.flatMap((condition) => {
      const root = rootOf(condition);
      return root === undefined ? [] : [[condition, root] as const];
    }),
  );
}

function firstIn(
  subjects: readonly AlertSubject[],
  found: ReadonlyMap<AlertSubject, FoundCondition>,
): FoundCondition | undefined {
  return subjects.map((each) => found.get(each)).find((each) => each !== undefined);
}

/** The first of some causes that together meet each of the periods in which a condition holds. */
function explaining(condition: FoundCondition, causes: readonly FoundCondition[]): FoundCondition | undefined {
  const { overdue = [] } = condition;
  const isMet = (period: Period): boolean => causes.some((cause) => cause.overdue?.some((each) => meets(each, period)));
  return overdue.length > 0 && overdue.every(isMet)
    ? causes.find((cause) => cause.overdue?.some((each) => overdue.some((period) => meets(each, period))))
    : undefined;
}

function meets(a: Period, b: Period): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Holds back all that is late or missing as well, whatever its cause: it is not known yet. */
export function withoutOverdue({ conditions, inhibited }: Inhibition): Inhibition {
  const held = conditions.filter(({ kind }) => OVERDUE.includes(kind));
  return {
    conditions: conditions.filter(({ kind }) => !OVERDUE.includes(kind)),
    inhibited: new Set([
      ...inhibited,
      ...held.flatMap(({ subject }) => OVERDUE.map((kind) => conditionKey(kind, subject))),
    ]),
  };
}
