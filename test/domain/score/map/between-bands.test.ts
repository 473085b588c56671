import { describe, expect, it } from 'vitest';
import { betweenBands } from '#src/domain/score/map/between-bands.js';
import type { Band } from '#src/domain/score/types.js';
import { decimal } from '#src/domain/value/decimal.js';
import { scoreAt } from './score-at.js';

function bands(basis: Band['basis'], operator: '>=' | '<=', onTrack: string, atRisk: string): readonly Band[] {
  return [
    { status: 'on_track', basis, operator, limit: onTrack, text: `${operator} ${onTrack}` },
    { status: 'at_risk', basis, operator, limit: atRisk, text: `${operator} ${atRisk}` },
    { status: 'off_track', basis, operator: 'else', text: 'else' },
  ];
}

describe('betweenBands', () => {
  it('rises from 0 at 2A − G over a half at A to 1 at G where higher is better', () => {
    expect(betweenBands(bands('percent_of_target', '>=', '100', '92'))).toEqual({
      basis: 'percent_of_target',
      knots: [
        { at: '84', score: '0' },
        { at: '92', score: '0.5' },
        { at: '100', score: '1' },
      ],
    });
  });

  it('falls where lower is better, with knots that still ascend', () => {
    expect(betweenBands(bands('value', '<=', '4', '6')).knots).toEqual([
      { at: '4', score: '1' },
      { at: '6', score: '0.5' },
      { at: '8', score: '0' },
    ]);
  });

  it('falls with the distance outside a range', () => {
    const map = betweenBands(bands('distance_from_target', '<=', '0', '2'));
    const scores = ['0', '1', '2', '4', '9'].map((distance) => scoreAt(map, decimal(distance)).score);
    expect(scores).toEqual(['1', '0.75', '0.5', '0', '0']);
  });

  it('crosses zero and keeps fractions exact', () => {
    const map = betweenBands(bands('value', '>=', '0.1', '-0.2'));
    expect(map.knots.map(({ at }) => at)).toEqual(['-0.5', '-0.2', '0.1']);
  });

  it('throws a defect for bands that were never checked', () => {
    const thrown = expect.objectContaining({ code: 'BUG_BANDS_WITHOUT_MAP', kind: 'defect' });
    expect(() => betweenBands(bands('value', '>=', '5', '5'))).toThrow(thrown);
    expect(() => betweenBands(bands('value', '>=', '5', '4').slice(1))).toThrow(thrown);
    expect(() => betweenBands([])).toThrow(thrown);
  });
});
