import { describe, expect, it } from 'vitest';
import {
  exactFigure,
  figure,
  heldFigure,
  readableFigure,
  scoreFigure,
  shareFigure,
  targetFigure,
  valueFigure,
} from '#src/cli/render/figures.js';
import { daysBetween, localTime } from '#src/cli/render/time-words.js';

describe('figure', () => {
  it.each([
    ['0', 0, '0'],
    ['1234567.5', 2, '1,234,567.50'],
    ['-1234.5', 0, '-1,234'],
    ['-123', 1, '-123.0'],
    ['-0.04', 1, '0.0'],
    ['0.5', 0, '0'],
    ['123456789012345678901234.5', 1, '123,456,789,012,345,678,901,234.5'],
  ])('of %s with %i places is %s', (value, places, shown) => {
    expect(figure(value, places)).toBe(shown);
  });

  it('keeps all decimals where it is to be exact, and says "about" where it leaves some out', () => {
    expect(exactFigure('1234.56789')).toBe('1,234.56789');
    expect(readableFigure('92.125')).toBe('92.125');
    expect(readableFigure('88.88888888888888888889')).toBe('about 88.8889');
  });

  it('shows scores from 0 to 100, and values with their unit', () => {
    expect(scoreFigure('0.60526315789473684211')).toBe('60.5');
    expect(scoreFigure('-0.25')).toBe('-25.0');
    expect(valueFigure('78.44', { unit: 'percent', decimals: 1 })).toBe('78.4 %');
  });

  it('shows a value and a target of words in an order by their words, without a unit', () => {
    const rating = { unit: 'grade', decimals: 1, labels: ['B', 'A-', 'AA'] };
    expect([valueFigure('2', rating), valueFigure('4', rating)]).toEqual(['A-', '4.0 grade']);
    expect([heldFigure('3', rating), heldFigure('2..3', rating)]).toEqual(['AA', 'A-–AA']);
    expect(heldFigure('2.5', rating)).toBe('2.5 grade');
  });

  it('rounds a share down, so that only a full one is 100 %', () => {
    expect(['0', '0.004', '0.5', '0.999', '1'].map(shareFigure)).toEqual(['0 %', '<1 %', '50 %', '99 %', '100 %']);
  });

  it('shows both ends of a target range', () => {
    expect(targetFigure('4000')).toBe('4,000');
    expect(targetFigure('-2..1500.5')).toBe('-2–1,500.5');
  });
});

describe('days and times', () => {
  it('counts calendar days, and none for a day that is still to come', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2026-03-02', '2026-03-01')).toBe(0);
  });

  it('are those on the wall of the zone', () => {
    expect(localTime('2026-03-28T23:30:45.5Z', 'Europe/Berlin')).toBe('2026-03-29 00:30');
    expect(localTime('2026-07-01T12:00:00Z', 'Asia/Kathmandu')).toBe('2026-07-01 17:45');
  });
});
