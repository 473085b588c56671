// The months of the retail year 2018 as the National Retail Federation published them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePeriodId, periodsWithin } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { RetailCalendar } from '#src/domain/period/types.js';

const data = process.env['PLUMBLINE_TEST_DATA'];
if (data === undefined) process.stderr.write('PLUMBLINE_TEST_DATA names no folder: tests on real data are left out.\n');

const calendar: RetailCalendar = {
  kind: 'retail',
  prefix: 'NRF',
  pattern: [4, 5, 4],
  yearEnd: { weekday: 6, rule: 'nearest', month: 1 },
  named: 'start',
  extraWeekIn: 12,
};

describe.skipIf(data === undefined)('the calendar of the NRF', () => {
  it('has the months of 2018 that were published', () => {
    const [, ...lines] = readFileSync(join(data ?? '', 'nrf', 'nrf_2018_months.csv'), 'utf8')
      .trim()
      .split('\n');
    const published = lines.map((line) => line.trim().split(',').slice(1));
    const months = periodsWithin(parsePeriodId('NRF2018', [calendar]), { frequency: 'monthly', calendar });
    expect(months.map(({ start, end }) => [start, addDays(end, -1)])).toEqual(published);
  });
});
