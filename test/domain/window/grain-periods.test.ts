import { describe, expect, it } from 'vitest';
import { parsePeriodId } from '#src/domain/period/period.js';
import { after, before, home, periodsAtHome, sameLastYear } from '#src/domain/window/grain-periods.js';

const yearly = { frequency: 'yearly' } as const;
const monthly = { frequency: 'monthly' } as const;
const weekly = { frequency: 'weekly' } as const;

describe('the home of a period', () => {
  it.each([
    ['2026-W53', 'yearly', '2026'],
    ['2027-W01', 'yearly', '2027'],
    ['2026-W01', 'yearly', '2026'],
    ['2026-W05', 'monthly', '2026-01'],
    ['2026-W18', 'monthly', '2026-04'],
    ['2026-W40', 'quarterly', '2026-Q4'],
    ['2026-03', 'quarterly', '2026-Q1'],
    ['2026-02-28', 'monthly', '2026-02'],
  ] as const)('%s belongs, %s, to %s', (id, frequency, expected) => {
    expect(home(parsePeriodId(id), { frequency }).id).toBe(expected);
  });

  it('is one for each period, and none is left over', () => {
    const ids = ['2026-01', '2026-02', '2026-03', '2026-04'].flatMap((id) =>
      periodsAtHome(parsePeriodId(id), monthly, weekly).map((week) => week.id),
    );
    expect(ids).toEqual(Array.from({ length: 18 }, (_, index) => `2026-W${String(index + 1).padStart(2, '0')}`));
  });

  it('gives a long ISO year its 53 weeks', () => {
    expect(periodsAtHome(parsePeriodId('2026'), yearly, weekly)).toHaveLength(53);
    expect(periodsAtHome(parsePeriodId('2025'), yearly, weekly)).toHaveLength(52);
  });
});

describe('the same period last year', () => {
  it.each([
    ['2026-03', '2025-03'],
    ['2026-Q4', '2025-Q4'],
    ['2026-H1', '2025-H1'],
    ['2026', '2025'],
    ['2026-03-01', '2025-03-01'],
    ['2024-02-29', undefined],
    ['2025-W01', '2024-W01'],
    ['2027-W10', '2026-W10'],
    ['2026-W53', undefined],
    ['2027-W52', '2026-W52'],
    ['2026-W52', '2025-W52'],
    ['0001', undefined],
    ['0001-05', undefined],
  ])('of %s is %s', (id, expected) => {
    const period = parsePeriodId(id);
    expect(sameLastYear(period, { frequency: period.frequency })?.id).toBe(expected);
  });
});

describe('where the calendar ends', () => {
  it('has nothing before its first periods and nothing after its last', () => {
    expect(before(parsePeriodId('0001-01'), monthly)).toBeUndefined();
    expect(before(parsePeriodId('0001-01-01'), { frequency: 'daily' })).toBeUndefined();
    expect(before(parsePeriodId('0001'), yearly)).toBeUndefined();
    expect(after(parsePeriodId('9999-12'), monthly)).toBeUndefined();
    expect(after(parsePeriodId('9999'), yearly)).toBeUndefined();
  });
});
