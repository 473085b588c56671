// Whatever finite numbers values, series, knots and bands are: there is a score or a reason, and both are sound.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBand } from '#src/domain/score/bands/parse-band.js';
import { scorePeriod } from '#src/domain/score/score-period.js';
import type { Band, Basis, PeriodScore, Quantity, ScoreMap, ScoreRule, Status } from '#src/domain/score/types.js';
import { canonical, Decimal, decimal, type RoundingMode } from '#src/domain/value/decimal.js';

const NUMBER = /^-?\d+(\.\d+)?$/;
const period = { id: '2026-03', frequency: 'monthly', start: '2026-03-01', end: '2026-04-01' } as const;

const number = fc.oneof(
  fc.constantFrom('0', '1', '-1', '100'),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 12 }))
    .map(([units, places]) => canonical(new Decimal(`${units}e-${places}`))),
  fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }).map(String),
);
const above0 = number.filter((text) => decimal(text).greaterThan(0));
const series = fc.constantFrom('target', 'baseline', 'threshold', 'absent');
const quantity: fc.Arbitrary<Quantity> = fc.oneof(
  number,
  fc
    .record({ series, times: number.filter((times) => times !== '0'), plus: number })
    .map(({ series: name, times, plus }) => ({
      terms: [{ series: name, times }],
      plus,
    })),
);
const basis: fc.Arbitrary<Basis> = fc.oneof(
  fc.constantFrom<Basis>('value', 'percent_of_target', 'distance_from_target', 'status'),
  fc.record({
    kind: fc.constantFrom(
      'percent_of' as const,
      'distance_from' as const,
      'distance_percent_of' as const,
      'variance_from' as const,
      'variance_percent_of' as const,
    ),
    series,
  }),
  fc.record({ kind: fc.constant('progress' as const), from: quantity, to: quantity }),
  fc.record({
    kind: fc.constant('expected_progress' as const),
    from: quantity,
    to: quantity,
    start: fc.constantFrom('2016-01-01', '2026-03-31', '2027-01-01'),
    end: fc.constantFrom('2030-01-01', '2100-06-01'),
    growth: fc.constantFrom('linear' as const, 'compound' as const),
  }),
);
const modes: readonly RoundingMode[] = ['half-even', 'half-up', 'half-down', 'up', 'down', 'ceiling', 'floor'];
const map: fc.Arbitrary<ScoreMap> = fc.record(
  {
    basis,
    knots: fc.array(fc.record({ at: quantity, score: number }), { minLength: 1, maxLength: 5 }),
    descending: fc.constant(true as const),
    points: above0,
    below: number,
    beyond: number,
    round: fc.record(
      { mode: fc.constantFrom(...modes), step: above0, min: number, max: number },
      { requiredKeys: ['mode', 'step'] },
    ),
    limit: fc.constantFrom('scale' as const, 'none' as const),
  },
  { requiredKeys: ['basis', 'knots'] },
);
const rule: fc.Arbitrary<ScoreRule> = fc.oneof(
  map,
  fc.record({ bestOf: fc.array(map, { minLength: 1, maxLength: 3 }) }),
);
const status = fc.constantFrom<Status>('on_track', 'at_risk', 'off_track');
const band: fc.Arbitrary<Band> = fc
  .record({
    status,
    basis: fc.oneof(basis, fc.constant<Basis>('score')),
    operator: fc.constantFrom('>=' as const, '<=' as const, '>' as const, '<' as const, '=' as const),
    limit: quantity,
  })
  .map((parts) => ({ ...parts, text: 'band' }));
const bands = fc
  .tuple(fc.array(band, { maxLength: 3 }), status)
  .map(([some, last]): readonly Band[] => [...some, { status: last, basis: 'value', operator: 'else', text: 'else' }]);
const direction = fc.constantFrom(
  'higher-is-better' as const,
  'lower-is-better' as const,
  'in-band' as const,
  'exact' as const,
);

describe('any score', () => {
  it('is finite decimals, or a reason in words', () => {
    fc.assert(
      fc.property(
        number,
        number,
        number,
        number,
        rule,
        bands,
        direction,
        (value, target, baseline, threshold, scoreMap, by, way) => {
          const values: Readonly<Record<string, string>> = { target, baseline, threshold };
          const outcome = scorePeriod({
            measure: { address: 'company/any', direction: way, targets: [], bands: by, scoreMap },
            period,
            value,
            freshness: 'reported',
            series: (name) => (values[name] === undefined ? undefined : { kind: 'value', value: values[name] }),
          });
          if (outcome.scored) {
            const { score, unclamped, basisValue, points = '0' } = outcome;
            for (const text of [score, unclamped, basisValue, points]) expect(text).toMatch(NUMBER);
          } else {
            expect(['no_target', 'insufficient_data']).toContain(outcome.status);
            expect(outcome.reason).toMatch(/\w/);
            expect(outcome.reason).not.toMatch(/NaN|Infinity|undefined/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

const amount = (min: bigint, max: bigint): fc.Arbitrary<string> =>
  fc
    .tuple(fc.bigInt({ min, max }), fc.integer({ min: 0, max: 6 }))
    .map(([units, places]) => canonical(new Decimal(`${units}e-${places}`)));
const positive = amount(1n, 10n ** 9n);
const any = amount(-(10n ** 9n), 10n ** 9n);

const quantityOf = (name: string): Quantity => ({ terms: [{ series: name, times: '1' }], plus: '0' });

/** Points for achievement between a threshold and a benchmark, as hospitals get them. */
function achievement(value: string, threshold: string, benchmark: string): PeriodScore {
  const higher = decimal(threshold).lessThan(benchmark);
  const values: Readonly<Record<string, string>> = { threshold, benchmark };
  return scorePeriod({
    measure: {
      address: 'company/any',
      direction: higher ? 'higher-is-better' : 'lower-is-better',
      targets: [],
      bands: [{ status: 'on_track', basis: 'value', operator: 'else', text: 'else' }],
      scoreMap: {
        basis: 'value',
        knots: [
          { at: quantityOf('threshold'), score: '0.5' },
          { at: quantityOf('benchmark'), score: '9.5' },
        ],
        ...(higher ? {} : { descending: true }),
        points: '10',
        below: '0',
        beyond: '10',
        round: { mode: 'half-up', step: '1', min: '1', max: '9' },
      },
    },
    period,
    value,
    freshness: 'reported',
    series: (name) => (values[name] === undefined ? undefined : { kind: 'value', value: values[name] }),
  });
}

function pointsOf(outcome: PeriodScore): Decimal {
  if (!outcome.scored) throw new Error(outcome.reason);
  return decimal(outcome.points ?? outcome.score);
}

describe('a rounded map with knots on series', () => {
  const apart = fc.tuple(any, any).filter(([a, b]) => a !== b);

  it('never gives less for a better value, whichever way is better', () => {
    fc.assert(
      fc.property(any, apart, positive, (value, [threshold, benchmark], gain) => {
        const better = decimal(threshold).lessThan(benchmark) ? decimal(value).plus(gain) : decimal(value).minus(gain);
        const before = pointsOf(achievement(value, threshold, benchmark));
        expect(pointsOf(achievement(canonical(better), threshold, benchmark)).greaterThanOrEqualTo(before)).toBe(true);
      }),
    );
  });

  it('gives the same when value and series are measured in another unit', () => {
    fc.assert(
      fc.property(any, apart, positive, (value, [threshold, benchmark], factor) => {
        const times = (text: string): string => canonical(decimal(text).times(factor));
        const scaled = achievement(times(value), times(threshold), times(benchmark));
        expect(pointsOf(scaled).equals(pointsOf(achievement(value, threshold, benchmark)))).toBe(true);
      }),
    );
  });

  it('gives 1 on the threshold, 10 on the benchmark and 0 a hair before the threshold', () => {
    fc.assert(
      fc.property(apart, ([threshold, benchmark]) => {
        const hair = decimal(threshold).lessThan(benchmark)
          ? '-0.00000000000000000000000001'
          : '0.00000000000000000000000001';
        expect(pointsOf(achievement(threshold, threshold, benchmark)).toString()).toBe('1');
        expect(pointsOf(achievement(benchmark, threshold, benchmark)).toString()).toBe('10');
        const under = canonical(decimal(threshold).plus(hair));
        expect(pointsOf(achievement(under, threshold, benchmark)).toString()).toBe('0');
      }),
    );
  });
});

describe('a map on progress', () => {
  const either = fc.constantFrom('higher-is-better' as const, 'lower-is-better' as const);
  const kind = fc.constantFrom('progress' as const, 'linear' as const, 'compound' as const);

  function scoreOf(
    of: 'progress' | 'linear' | 'compound',
    way: 'higher-is-better' | 'lower-is-better',
    value: string,
    values: Readonly<Record<string, string>>,
  ): PeriodScore {
    const ends = { from: quantityOf('baseline'), to: quantityOf('target') };
    const time = { start: '2026-01-01', end: '2031-01-01' };
    const asked: Basis =
      of === 'progress' ? { kind: of, ...ends } : { kind: 'expected_progress', ...ends, ...time, growth: of };
    return scorePeriod({
      measure: {
        address: 'company/any',
        direction: way,
        targets: [],
        bands: [
          { status: 'on_track', basis: asked, operator: '>=', limit: '1', text: '>= 1' },
          { status: 'off_track', basis: 'value', operator: 'else', text: 'else' },
        ],
        scoreMap: {
          basis: asked,
          knots: [
            { at: '0', score: '0' },
            { at: '1', score: '1' },
          ],
          limit: 'none',
        },
      },
      period,
      value,
      freshness: 'reported',
      series: (name) => (values[name] === undefined ? undefined : { kind: 'value', value: values[name] }),
    });
  }

  it('never gives less, nor a worse status, for a better value, wherever baseline and target are', () => {
    fc.assert(
      fc.property(kind, either, any, any, any, positive, (of, way, value, baseline, target, gain) => {
        const better = way === 'higher-is-better' ? decimal(value).plus(gain) : decimal(value).minus(gain);
        const before = scoreOf(of, way, value, { baseline, target });
        const after = scoreOf(of, way, canonical(better), { baseline, target });
        if (!before.scored || !after.scored) return;
        expect(decimal(after.score).greaterThanOrEqualTo(before.score)).toBe(true);
        expect(before.status === 'on_track' && after.status !== 'on_track').toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('has a score exactly where the way leads to what is better', () => {
    fc.assert(
      fc.property(either, any, any, any, (way, value, baseline, target) => {
        const step = decimal(target).comparedTo(baseline);
        const outcome = scoreOf('progress', way, value, { baseline, target });
        expect(outcome.scored).toBe(way === 'higher-is-better' ? step >= 0 : step <= 0);
      }),
    );
  });
});

describe('a value on a limit', () => {
  const held = (text: string, value: string, target: string, way: 'higher-is-better' | 'lower-is-better'): string => {
    const reading = parseBand(text);
    if (!reading.ok) throw new Error(reading.message);
    const { ok: _ok, ...parts } = reading;
    const outcome = scorePeriod({
      measure: {
        address: 'company/any',
        direction: way,
        targets: [{ from: '2026-01-01', target: { kind: 'value', value: target } }],
        bands: [
          { status: 'on_track', ...parts, text },
          { status: 'off_track', basis: 'value', operator: 'else', text: 'else' },
        ],
        scoreMap: {
          basis: 'status',
          knots: [
            { at: '0', score: '0' },
            { at: '1', score: '1' },
          ],
        },
      },
      period,
      value,
      freshness: 'reported',
    });
    return outcome.status;
  };

  it('lands on the side that the operator says, for targets above and below 0', () => {
    fc.assert(
      fc.property(
        any.filter((text) => text !== '0'),
        amount(1n, 3000n),
        (target, percent) => {
          const size = decimal(target).abs();
          const limit = decimal(target).plus(size.times(decimal(percent).minus(100)).times('0.01'));
          const hair = decimal('0.0000000000000000000000000000000001');
          const on = (operator: string, value: Decimal): string =>
            held(
              `${operator} ${percent}% of target`,
              canonical(value),
              target,
              operator.startsWith('>') ? 'higher-is-better' : 'lower-is-better',
            );
          expect(['>=', '>', '<=', '<'].map((operator) => on(operator, limit))).toEqual([
            'on_track',
            'off_track',
            'on_track',
            'off_track',
          ]);
          expect([on('>=', limit.minus(hair)), on('>', limit.plus(hair))]).toEqual(['off_track', 'on_track']);
          expect([on('<=', limit.plus(hair)), on('<', limit.minus(hair))]).toEqual(['off_track', 'on_track']);
        },
      ),
    );
  });
});
