import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertAfter } from '#src/domain/alert/alert-after.js';
import { alertKey, conditionKey } from '#src/domain/alert/alert-key.js';
import { assessAlerts } from '#src/domain/alert/assess.js';
import { inhibit } from '#src/domain/alert/inhibit.js';
import { canFollow } from '#src/domain/alert/transitions.js';
import type { AlertCondition, AlertEvent, AlertRecord, FoundCondition } from '#src/domain/alert/types.js';

const measureCondition: fc.Arbitrary<FoundCondition> = fc.record({
  kind: fc.constantFrom('late', 'missing', 'off_track'),
  subject: fc.constantFrom('measure/a/x', 'measure/a/y'),
  period: fc.constantFrom('2026-09', '2026-10', '2026-11'),
  through: fc.constantFrom('2026-11-01', '2026-12-01'),
  owner: fc.constant('amara'),
  summary: fc.string(),
  details: fc.constant([]),
});
const sourceCondition: fc.Arbitrary<FoundCondition> = fc.record({
  kind: fc.constant('source_failed'),
  subject: fc.constantFrom('connection/erp', 'extract/orders'),
  period: fc.constantFrom('2026-11-01T06:00:00Z', '2026-11-02T06:00:00Z'),
  through: fc.constantFrom('2026-11-01T06:00:00Z', '2026-11-02T06:00:00Z'),
  owner: fc.constant('omar'),
  summary: fc.string(),
  details: fc.constant([]),
});
const conditions = fc.array(fc.oneof({ weight: 4, arbitrary: measureCondition }, sourceCondition), { maxLength: 8 });
/** One evaluation: what it finds, and the subjects it looks at. */
const evaluation = fc.record({
  found: conditions,
  looksAt: fc.subarray(['measure/a/x', 'measure/a/y', 'connection/erp', 'extract/orders']),
});
const sources = new Map([
  ['measure/a/x', ['connection/erp']],
  ['measure/a/y', ['connection/erp', 'extract/orders']],
]);

type Evaluation = typeof evaluation extends fc.Arbitrary<infer T> ? T : never;

/** What a store does with events; it refuses what the table of transitions does not allow. */
function stored(known: readonly AlertRecord[], events: readonly AlertEvent[]): readonly AlertRecord[] {
  const byKey = new Map(known.map((record) => [keyOf(record), record]));
  for (const event of events) {
    const before = byKey.get(keyOf(event.condition));
    expect(canFollow(event.transition, before?.state ?? 'none')).toBe(true);
    expect(event.sequence).toBe(before?.events ?? 0);
    byKey.set(keyOf(event.condition), alertAfter(event, before));
  }
  return [...byKey.values()];
}

function events({ found, looksAt }: Evaluation, known: readonly AlertRecord[], at: string): AlertEvent[] {
  const seen = found.filter(({ subject }) => looksAt.includes(subject));
  const { conditions: left, inhibited } = inhibit(seen, { sources });
  return assessAlerts({ conditions: left, known, at, scope: ({ subject }) => looksAt.includes(subject), inhibited });
}

function keyOf({ kind, subject, period }: AlertCondition): string {
  return alertKey(kind, subject, period);
}

describe('assessAlerts', () => {
  it('has nothing to say when asked again', () => {
    fc.assert(
      fc.property(fc.array(evaluation, { minLength: 1, maxLength: 6 }), (run) => {
        let known: readonly AlertRecord[] = [];
        for (const [index, each] of run.entries()) {
          known = stored(known, events(each, known, `2026-11-0${index + 1}T00:00:00Z`));
          expect(events(each, known, '2026-12-01T00:00:00Z')).toEqual([]);
        }
      }),
    );
  });

  it('keeps at most one alert open for a kind and subject, in any sequence of evaluations', () => {
    fc.assert(
      fc.property(fc.array(evaluation, { maxLength: 10 }), (run) => {
        let known: readonly AlertRecord[] = [];
        for (const [index, each] of run.entries()) {
          known = stored(known, events(each, known, `2026-11-${10 + index}T00:00:00Z`));
          const open = known
            .filter(({ state }) => state === 'open')
            .map(({ kind, subject }) => conditionKey(kind, subject));
          expect(new Set(open).size).toBe(open.length);
        }
      }),
    );
  });
});
