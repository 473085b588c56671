// Worlds of sources, inputs and derived measures above them, in which anything may be wrong at once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionKey } from '#src/domain/alert/alert-key.js';
import { inhibit } from '#src/domain/alert/inhibit.js';
import type { AlertKind, FoundCondition } from '#src/domain/alert/types.js';
import type { Period } from '#src/domain/period/types.js';

const SOURCES = ['connection/erp', 'extract/orders', 'extract/stock'] as const;
const COLLECTED = ['measure/a', 'measure/b', 'measure/c'] as const;
const DERIVED = ['measure/d', 'measure/e', 'measure/f'] as const;

const month = (index: number): Period => {
  const [start, end] = [index + 1, index + 2].map((each) => `2026-${String(each).padStart(2, '0')}-01`);
  return { id: `2026-${index + 1}`, frequency: 'monthly', start: start ?? '', end: end ?? '' };
};

const found = (kind: AlertKind, subject: string, months: readonly number[] = []): FoundCondition => ({
  ...{ kind, subject, period: '2026-01', through: '2026-02-01', owner: 'amara' },
  ...{ summary: `${kind} ${subject}`, details: [], overdue: months.map(month) },
});

const months = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1 });
const failing = fc.subarray([...SOURCES]).map((subjects) => subjects.map((each) => found('source_failed', each)));
const missed = fc.option(
  months.map((each) => found('capture_missed', 'extract/stock', each)),
  { nil: undefined },
);
const overdue = fc
  .array(
    fc.tuple(
      fc.constantFrom<AlertKind>('late', 'missing', 'off_track'),
      fc.constantFrom(...COLLECTED, ...DERIVED),
      months,
    ),
  )
  .map((all) => [...new Map(all.map(([kind, subject, each]) => [subject, found(kind, subject, each)])).values()]);

/** Derived measures are made of collected ones and of derived ones before them. */
const inputs = fc
  .tuple(
    ...DERIVED.map((_, index) => fc.subarray<string>([...COLLECTED, ...DERIVED.slice(0, index)], { minLength: 1 })),
  )
  .map((all) => new Map(all.map((each, index) => [DERIVED[index] ?? '', each])));

const sources = new Map([
  ['measure/a', ['connection/erp', 'extract/orders']],
  ['measure/b', ['connection/erp', 'extract/stock']],
  ['measure/c', ['extract/stock']],
  ['extract/stock', ['connection/erp', 'extract/stock']],
]);

const world = fc.record({ failing, missed, overdue, inputs }).chain((each) =>
  fc
    .shuffledSubarray([...each.failing, ...(each.missed === undefined ? [] : [each.missed]), ...each.overdue], {
      minLength: each.failing.length + each.overdue.length,
    })
    .map((conditions) => ({ conditions, inputs: each.inputs })),
);

const isOverdue = ({ kind }: FoundCondition): boolean => kind === 'late' || kind === 'missing';
const meets = (a: FoundCondition, b: FoundCondition): boolean =>
  (a.overdue ?? []).some((one) => (b.overdue ?? []).some((other) => one.id === other.id));

describe('inhibit', () => {
  it('tells each condition, or lists it under one that is told; never both', () => {
    fc.assert(
      fc.property(world, ({ conditions, inputs: above }) => {
        const told = inhibit(conditions, { sources, inputs: above }).conditions;
        for (const each of conditions) {
          const isTold = told.some(({ kind, subject }) => kind === each.kind && subject === each.subject);
          const listed = told.filter(({ details }) => details.includes(`Waiting for it: ${each.summary}`));
          expect(listed.length).toBe(isTold ? 0 : 1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never tells a cause with a consequence that it explains alone', () => {
    fc.assert(
      fc.property(world, ({ conditions, inputs: above }) => {
        const told = inhibit(conditions, { sources, inputs: above }).conditions;
        for (const each of told.filter(isOverdue)) {
          const failed = told.filter(({ kind }) => kind === 'source_failed').map(({ subject }) => subject);
          expect((sources.get(each.subject) ?? []).filter((source) => failed.includes(source))).toEqual([]);
          // What is left has a period that nothing below it explains.
          const below = conditions.filter(
            (other) => isOverdue(other) && (above.get(each.subject) ?? []).includes(other.subject),
          );
          expect(
            (each.overdue ?? []).every((period) => below.some((other) => meets(other, { ...each, overdue: [period] }))),
          ).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps nothing silent once no cause holds any more', () => {
    fc.assert(
      fc.property(world, ({ conditions, inputs: above }) => {
        const { inhibited } = inhibit(conditions, { sources, inputs: above });
        const held = conditions.filter(({ kind, subject }) => inhibited.has(conditionKey(kind, subject)));
        const [first] = held;
        if (first === undefined) return;
        const alone = inhibit([first], { sources, inputs: above });
        expect(alone).toEqual({ conditions: [first], inhibited: new Set() });
      }),
      { numRuns: 500 },
    );
  });
});
