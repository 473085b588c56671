import { describe, expect, it } from 'vitest';
import { parseBand } from '#src/domain/score/bands/parse-band.js';

const quantityOf = (series: string) => ({ terms: [{ series, times: '1' }], plus: '0' });
const way = { kind: 'progress', from: quantityOf('baseline'), to: quantityOf('target') } as const;

describe('parseBand', () => {
  it.each([
    ['>= 85', 'value', '>=', '85'],
    ['<=5', 'value', '<=', '5'],
    ['> -1.50', 'value', '>', '-1.5'],
    ['  < 0  ', 'value', '<', '0'],
    ['>= 92% of target', 'percent_of_target', '>=', '92'],
    ['<= 110.5 %  of  target', 'percent_of_target', '<=', '110.5'],
    ['within 2 of target', 'distance_from_target', '<=', '2'],
    ['within 0 of target', 'distance_from_target', '<=', '0'],
    ['= 0', 'value', '=', '0'],
    ['value >= 3', 'value', '>=', '3'],
    ['score >= 70', 'score', '>=', '70'],
    ['percent of target >= 95%', 'percent_of_target', '>=', '95'],
    ['percent of target >= 95', 'percent_of_target', '>=', '95'],
    ['distance from target > 2', 'distance_from_target', '>', '2'],
    ['>= 92% of benchmark', { kind: 'percent_of', series: 'benchmark' }, '>=', '92'],
    ['within 5% of target', { kind: 'distance_percent_of', series: 'target' }, '<=', '5'],
    ['within 5 of last-year', { kind: 'distance_from', series: 'last-year' }, '<=', '5'],
    ['variance from target >= 0', { kind: 'variance_from', series: 'target' }, '>=', '0'],
    ['variance percent of forecast < -10%', { kind: 'variance_percent_of', series: 'forecast' }, '<', '-10'],
    ['progress >= 50%', way, '>=', '0.5'],
    ['progress >= 0.5', way, '>=', '0.5'],
    ['>= threshold', 'value', '>=', { terms: [{ series: 'threshold', times: '1' }], plus: '0' }],
    ['< target - 2.50', 'value', '<', { terms: [{ series: 'target', times: '1' }], plus: '-2.5' }],
  ])('reads %j', (text, basis, operator, limit) => {
    expect(parseBand(text)).toEqual({ ok: true, basis, operator, limit });
  });

  it.each([
    ['', 'cannot read the band ""', 'write one of'],
    ['85', 'cannot read the band "85"', 'write one of'],
    ['== 85', 'cannot read the band', 'write one of'],
    ['target', 'cannot read the band', 'write one of'],
    ['profit >= 85', 'cannot read the band', 'write one of'],
    ['>= target -5', 'cannot read the band', 'threshold + 2'],
    ['between 20 and 10', '20 is above 10', 'lower end first'],
    ['between 20 and 30 and 40', 'cannot read', 'write one of'],
    ['>= 20 and score < 30', 'cannot read', 'write one of'],
    ['progress >= 95% of expected', 'expected progress', 'expected_progress'],
    [">= 'AA-'", 'has no labels', 'add labels'],
    ['=> 85', 'cannot read the band', 'write one of'],
    ['>= 85 of target', 'cannot read the band', 'write one of'],
    ['>= 92%', '"92%" in the band ">= 92%"', "'>= 92% of target'"],
    ['>= 1,000', '"1,000"', 'digits'],
    ['>= 1e3', '"1e3"', 'digits'],
    ['within -1 of target', 'is negative', '0 or more'],
    ['within x of target', '"x"', "own unit: 'within 2 of target'"],
    ['within 5', 'cannot read the band', 'write one of'],
  ])('refuses %j with a remedy', (text, message, remedy) => {
    const reading = parseBand(text);
    expect(reading.ok).toBe(false);
    if (reading.ok) return;
    expect(reading.message).toContain(message);
    expect(reading.remedy).toContain(remedy);
  });

  it.each([
    ['between 10 and 20', 'value', '>=', '10', '<=', '20'],
    ['score between 10 and 20', 'score', '>=', '10', '<=', '20'],
    ['between 90% and 110% of target', 'percent_of_target', '>=', '90', '<=', '110'],
    ['between 90% of target and 110% of target', 'percent_of_target', '>=', '90', '<=', '110'],
    ['> 10 and <= 20', 'value', '>', '10', '<=', '20'],
    ['progress >= 25% and < 50%', way, '>=', '0.25', '<', '0.5'],
  ])('reads both ends of %j', (text, basis, operator, limit, second, high) => {
    expect(parseBand(text)).toEqual({ ok: true, basis, operator, limit, also: { operator: second, limit: high } });
  });

  it('takes a label for its place from 1, in quotes of either kind', () => {
    const labels = ['B', 'BBB', 'AA-', 'AAA'];
    expect(parseBand(">= 'AA-'", { labels })).toMatchObject({ ok: true, basis: 'value', operator: '>=', limit: '3' });
    expect(parseBand('between "B" and "BBB"', { labels })).toMatchObject({ limit: '1', also: { limit: '2' } });
    const unknown = parseBand(">= 'AA'", { labels });
    expect(unknown).toMatchObject({ ok: false, remedy: "use one of 'B', 'BBB', 'AA-', 'AAA'" });
  });

  it('takes progress for that of the measure', () => {
    const progress = { kind: 'progress', from: '0', to: '10' } as const;
    const expected = {
      ...progress,
      kind: 'expected_progress',
      start: '2026-01-01',
      end: '2027-01-01',
      growth: 'linear',
    } as const;
    expect(parseBand('progress >= 95%', { progress })).toMatchObject({ basis: progress, limit: '0.95' });
    expect(parseBand('progress >= 95% of expected', { progress, expected })).toMatchObject({ basis: expected });
  });
});
