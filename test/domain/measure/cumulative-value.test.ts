import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Aggregate } from '#src/domain/actual/types.js';
import { cumulativeValue } from '#src/domain/measure/cumulative-value.js';
import type { CumulativeReset } from '#src/domain/measure/types.js';
import { parsePeriodId } from '#src/domain/period/period.js';
import type { PeriodCalendar } from '#src/domain/period/types.js';

const total = (cumulative: string | undefined): Aggregate => ({
  ...(cumulative === undefined ? { reason: 'all_blank' } : { reason: 'cumulative_gap', cumulative }),
  rowsUsed: cumulative === undefined ? 0 : 1,
  rowsFiltered: 0,
  rowsBlank: cumulative === undefined ? 1 : 0,
});

function value(
  id: string,
  own: string | undefined,
  before: string | undefined | 'none',
  resets: CumulativeReset = 'yearly',
  scale = '1',
  calendar?: PeriodCalendar,
) {
  const previous = before === 'none' ? undefined : total(before);
  return cumulativeValue({ period: parsePeriodId(id), aggregate: total(own), previous, resets, calendar, scale });
}

describe('cumulativeValue()', () => {
  it('is what the running total grew by, both totals kept beside it', () => {
    expect(value('2026-02', '310.25', '100.1')).toMatchObject({
      value: '210.15',
      cumulative: '310.25',
      previousCumulative: '100.1',
    });
    expect(value('2026-02', '310.25', '100.1').reason).toBeUndefined();
    expect(value('2026-02', '310.25', '310.25').value).toBe('0');
  });

  it('is the total itself in the first period after a reset, whatever came before', () => {
    expect(value('2026-01', '120', '9999')).toMatchObject({ value: '120', cumulative: '120' });
    expect(value('2026-01', '120', 'none').previousCumulative).toBeUndefined();
    expect(value('2026-04', '120', '300', 'quarterly').value).toBe('120');
    expect(value('2026-05', '120', '100', 'quarterly').value).toBe('20');
    expect(value('2026-07', '120', '300', 'half-yearly').value).toBe('120');
  });

  it('starts anew with the years of the calendar of the measure', () => {
    const fiscal: PeriodCalendar = { kind: 'fiscal', prefix: 'FY', month: 4, day: 1, named: 'end' };
    expect(value('2026-04', '120', '9999', 'yearly', '1', fiscal).value).toBe('120');
    expect(value('2026-01', '120', '100', 'yearly', '1', fiscal).value).toBe('20');
    const list: PeriodCalendar = { kind: 'list', prefix: 'P', frequency: 'monthly', periods: [], end: '2026-02-01' };
    expect(value('2026-01', '120', '9999', 'yearly', '1', list).value).toBe('120');
  });

  it('has none without the total of the period before', () => {
    expect(value('2026-02', '310', 'none')).toMatchObject({ reason: 'cumulative_gap', cumulative: '310' });
    expect(value('2026-02', '310', undefined).reason).toBe('cumulative_gap');
    expect(value('2026-02', '310', undefined).value).toBeUndefined();
  });

  it('has none where the total fell and nothing starts anew', () => {
    expect(value('2026-02', '90', '100')).toMatchObject({ reason: 'cumulative_drop', previousCumulative: '100' });
    expect(value('2026-02', '90', '100').value).toBeUndefined();
    expect(value('2026-01', '90', '100', 'never').reason).toBe('cumulative_drop');
    expect(value('2026-01', '101', '100', 'never').value).toBe('1');
  });

  it('has none in a week that begins in the old year', () => {
    expect(value('2026-W01', '5', '100').reason).toBe('cumulative_reset_inside');
    expect(value('2026-W02', '9', '5').value).toBe('4');
    // 2029-01-01 is a Monday: that year starts with a week of its own.
    expect(value('2029-W01', '5', '100').value).toBe('5');
  });

  it('says what the rows say where the period has no total', () => {
    expect(value('2026-02', undefined, '100')).toMatchObject({ reason: 'all_blank', rowsBlank: 1 });
  });

  it('scales the difference and not the totals', () => {
    expect(value('2026-02', '3', '1', 'yearly', '1000')).toMatchObject({ value: '2000', cumulative: '3' });
  });

  it('adds up to the last total of the year', () => {
    const growths = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(growths, (months) => {
        let [running, sum] = [0, 0];
        months.forEach((growth, index) => {
          const before = index === 0 ? 'none' : String(running);
          running += growth;
          const found = value(`2026-${String(index + 1).padStart(2, '0')}`, String(running), before).value;
          sum += Number.parseInt(found ?? '', 10);
        });
        expect(sum).toBe(running);
      }),
    );
  });
});
