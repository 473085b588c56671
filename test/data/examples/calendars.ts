// Methods that put days into periods: what is read is which periods got a value.
import { parsePeriodId } from '#src/domain/period/period.js';
import { collected, measure } from './case-site.js';
import type { Method, Outcome } from './method.js';

/** The period that a row of each day makes, at a frequency, in a site with these calendars. */
async function periodsOf(days: readonly string[], lines: string, site = ''): Promise<readonly string[]> {
  const periods: string[] = [];
  for (const day of days) {
    const config = {
      site: `history_months: 600\n${site}`,
      measures: [measure('m', `direction: unscored\n${lines}`)],
      rows: [[day, 'm', '1']],
    };
    const [period, ...others] = await collected(config, (ran) => ran.periods('m'));
    if (period === undefined || others.length > 0) throw new Error(`${day} is not of one period`);
    periods.push(period);
  }
  return periods;
}

export const CALENDARS: Readonly<Record<string, Method>> = {
  iso_week: (days: string[]) => periodsOf(days, 'frequency: weekly'),

  fiscal: async ({ start_month: month, d: days }: { start_month: number; d: string[] }) => {
    const first = `${String(month).padStart(2, '0')}-01`;
    const site = `calendars: { fiscal: { kind: fiscal, starts: '${first}', named: start } }\ncalendar: fiscal\n`;
    const quarters = await periodsOf(days, 'frequency: quarterly', site);
    const months = await periodsOf(days, 'frequency: monthly', site);
    return days.map((_, index): Outcome => {
      const [, year = '', quarter = ''] = /^FY(\d{4})-Q(\d)$/.exec(quarters[index] ?? '') ?? [];
      const [, period = ''] = /^FY\d{4}-P0?(\d+)$/.exec(months[index] ?? '') ?? [];
      return [year, quarter, period];
    });
  },

  // Where a week of Plumbline begins: none is cut at the 8th, 15th and 22nd of a month.
  week_slot_1_8_15_22: async ({ days }: { days: number[] }) => {
    const dates = days.map((day) => `2026-01-${String(day).padStart(2, '0')}`);
    const weeks = await periodsOf(dates, 'frequency: weekly');
    return weeks.map((id) => parsePeriodId(id).start);
  },
};
