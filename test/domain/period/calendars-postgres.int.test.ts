// ISO weeks and calendar periods against PostgreSQL's own calendar.
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { periodContaining } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { WeeksCalendar } from '#src/domain/period/types.js';
import { postgresAddress } from '../../connectors/database/server-databases.js';

const DAYS = `
  select to_char(day, 'YYYY-MM-DD') as date,
    to_char(extract(isoyear from day), 'FM0000') || '-W' || to_char(extract(week from day), 'FM00') as week_id,
    to_char(date_trunc('week', day), 'YYYY-MM-DD') as week,
    to_char(date_trunc('week', day + 1) - interval '1 day', 'YYYY-MM-DD') as sunday_week,
    to_char(date_trunc('month', day), 'YYYY-MM-DD') as month,
    to_char(date_trunc('quarter', day), 'YYYY-MM-DD') as quarter,
    to_char(date_trunc('year', day), 'YYYY-MM-DD') as year
  from (select date '1995-01-01' + n as day from generate_series(0, 16000) as n) as days order by day`;

const sundays: WeeksCalendar = { kind: 'weeks', prefix: 'US', weeks: { start: 7, minimumDays: 1 } };

describe.skipIf(postgresAddress === undefined)('periods of the standard calendar', () => {
  it('are those of date_trunc and isoyear, on 16,001 days', async () => {
    const client = new pg.Client({ connectionString: `${postgresAddress}/postgres` });
    await client.connect();
    const { rows } = await client.query<Record<string, string>>(DAYS).finally(() => client.end());
    expect(rows).toHaveLength(16_001);
    const ours = rows.map((_, index) => {
      const date = addDays('1995-01-01', index);
      const week = periodContaining(date, 'weekly');
      return {
        date,
        week_id: week.id,
        week: week.start,
        sunday_week: periodContaining(date, { frequency: 'weekly', calendar: sundays }).start,
        month: periodContaining(date, 'monthly').start,
        quarter: periodContaining(date, 'quarterly').start,
        year: periodContaining(date, 'yearly').start,
      };
    });
    expect(ours).toEqual(rows);
  });
});
