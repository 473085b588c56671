import { describe, expect, it } from 'vitest';
import { betweenBands } from '#src/domain/score/map/between-bands.js';
import { type ScoreQuestion, scorePeriod } from '#src/domain/score/score-period.js';
import type { Band } from '#src/domain/score/types.js';

type Measure = ScoreQuestion['measure'];

function bands(basis: Band['basis'], operator: '>=' | '<=', onTrack: string, atRisk: string): readonly Band[] {
  return [
    { status: 'on_track', basis, operator, limit: onTrack, text: `${operator} ${onTrack}` },
    { status: 'at_risk', basis, operator, limit: atRisk, text: `${operator} ${atRisk}` },
    { status: 'off_track', basis, operator: 'else', text: 'else' },
  ];
}

const percent = bands('percent_of_target', '>=', '100', '92');
const renewal: Measure = {
  address: 'company/contract-renewal-rate',
  direction: 'higher-is-better',
  targets: [{ from: '2026-01-01', target: { kind: 'value', value: '85' } }],
  bands: percent,
  scoreMap: betweenBands(percent),
};
const shown: Measure = { address: 'company/headcount', direction: 'unscored', targets: [], bands: [] };
const march = { id: '2026-03', frequency: 'monthly', start: '2026-03-01', end: '2026-04-01' } as const;

function score(value: string | undefined, more: Partial<ScoreQuestion> = {}) {
  return scorePeriod({ measure: renewal, period: march, value, freshness: 'reported', ...more });
}

describe('scorePeriod with a value', () => {
  it('gives status, score, basis and the target it was held to', () => {
    expect(score('78.2')).toEqual({
      scored: true,
      status: 'at_risk',
      score: '0.5',
      unclamped: '0.5',
      basis: 'percent_of_target',
      basisValue: '92',
      target: { kind: 'value', value: '85' },
    });
  });

  it('clamps the score and keeps what it would be', () => {
    expect(score('102')).toMatchObject({ status: 'on_track', score: '1', unclamped: '2.25' });
    expect(score('0')).toMatchObject({ status: 'off_track', score: '0', unclamped: '-5.25' });
  });

  it('scores the value of an open period too', () => {
    expect(score('85', { freshness: 'open' })).toMatchObject({ status: 'on_track', score: '1' });
  });

  it('scores a value of 0 as any other', () => {
    expect(score('0')).toMatchObject({ scored: true, status: 'off_track' });
  });

  it('is no_target before the first target', () => {
    const period = { id: '2025-12', frequency: 'monthly', start: '2025-12-01', end: '2026-01-01' } as const;
    expect(score('85', { period })).toEqual({
      scored: false,
      status: 'no_target',
      reason: 'no target is in force on 2025-12-01',
    });
  });

  it('is no_target for want of what the target is made of, and says so', () => {
    const lacking = () => 'the baseline has no value: 2025-03 has none';
    expect(score('85', { series: () => undefined, lacking })).toEqual({
      scored: false,
      status: 'no_target',
      reason: 'the baseline has no value: 2025-03 has none',
    });
  });

  it('needs no target where the value itself is judged', () => {
    const onValue = bands('value', '<=', '4', '6');
    const measure: Measure = { ...renewal, targets: [], bands: onValue, scoreMap: betweenBands(onValue) };
    const scored = score('5', { measure });
    expect(scored).toMatchObject({ scored: true, status: 'at_risk', score: '0.75', basis: 'value' });
    expect('target' in scored).toBe(false);
  });

  it('needs a target when only the map asks for one', () => {
    const measure: Measure = { ...renewal, targets: [], bands: bands('value', '>=', '5', '4') };
    expect(score('5', { measure })).toMatchObject({ scored: false, status: 'no_target' });
  });

  it('takes status and score each on its own basis', () => {
    const measure: Measure = {
      ...renewal,
      bands: bands('value', '>=', '80', '70'),
      scoreMap: {
        basis: 'percent_of_target',
        knots: [
          { at: '0', score: '0' },
          { at: '100', score: '1' },
        ],
      },
    };
    expect(score('68', { measure })).toMatchObject({ status: 'off_track', score: '0.8', basisValue: '80' });
  });

  it('scores a value beyond a negative target, on its better side', () => {
    const measure: Measure = { ...renewal, targets: [{ from: '2026-01-01', target: { kind: 'value', value: '-2' } }] };
    expect(score('3', { measure })).toMatchObject({ status: 'on_track', score: '1', basisValue: '350' });
    expect(score('-3', { measure })).toMatchObject({ status: 'off_track', score: '0', basisValue: '50' });
  });

  it('is insufficient_data with a reason where percent of target has no meaning', () => {
    const target = { kind: 'range', low: '72', high: '82' } as const;
    const measure: Measure = { ...renewal, targets: [{ from: '2026-01-01', target }] };
    expect(score('3', { measure })).toEqual({
      scored: false,
      status: 'insufficient_data',
      reason: 'percent of target has no meaning for the range 72 to 82',
      target,
    });
  });

  it('is unscored for a measure that is only shown', () => {
    expect(score('412', { measure: shown })).toMatchObject({ scored: false, status: 'unscored' });
  });

  it('throws a defect for a scored measure without bands', () => {
    const thrown = expect.objectContaining({ code: 'BUG_MEASURE_WITHOUT_BANDS' });
    expect(() => score('1', { measure: { ...shown, direction: 'exact' } })).toThrow(thrown);
  });
});

describe('scorePeriod without a value', () => {
  it.each([
    ['open', 'not_due'],
    ['not_due', 'not_due'],
    ['not_expected', 'not_expected'],
    ['late', 'late'],
    ['missing', 'missing'],
    ['reported', 'insufficient_data'],
  ] as const)('is, when %s, %s and never a score', (freshness, status) => {
    const outcome = score(undefined, { freshness });
    expect(outcome).toMatchObject({ scored: false, status, target: { kind: 'value', value: '85' } });
    expect('score' in outcome).toBe(false);
  });

  it('says why in words', () => {
    const reason = (noValueReason: string): string | undefined => {
      const outcome = score(undefined, { freshness: 'late', noValueReason });
      return outcome.scored ? undefined : outcome.reason;
    };
    expect(reason('zero_denominator')).toBe('no value, past the due date: the denominator is 0');
    expect(reason('no_rows')).toContain('no rows for the period');
    expect(reason('all_blank')).toContain('every value cell is blank');
    expect(reason('the source could not be read')).toContain(': the source could not be read');
  });

  it('is missing for an unscored measure as for any other', () => {
    expect(score(undefined, { measure: shown, freshness: 'missing' })).toMatchObject({ status: 'missing' });
  });
});
