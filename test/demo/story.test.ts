import { beforeAll, describe, expect, it } from 'vitest';
import { deadlines } from '#src/domain/freshness/deadlines.js';
import { freshness } from '#src/domain/freshness/freshness.js';
import { periodContaining } from '#src/domain/period/period.js';
import { startInstant } from '#src/domain/period/period-instants.js';
import type { WorkingCalendar } from '#src/domain/period/types.js';
import { correctedLine, financeResults } from '../../demo/company/finance-results.js';
import { DEMO_SEED } from '../../demo/company/generate-sources.js';
import { correctionExpected, expectations, STANDING } from '../../demo/company/story.js';
import { addDays, addMonths, createTimeline } from '../../demo/company/timeline.js';
import { periodId, RULES, statusesOf } from './company-values.js';

// The story must be the same on whatever day it is told, so it is worked out again for many days: every 17th day of two years,
// which meets each weekday, and the edges of weeks, months, quarters, years, leap days and holidays.
const ODD_DAYS = [
  '2026-01-01',
  '2026-01-05',
  '2026-03-01',
  '2026-03-30',
  '2026-04-01',
  '2026-04-07',
  '2026-05-31',
  '2026-10-26',
  '2026-12-28',
  '2026-12-31',
  '2027-01-01',
  '2027-01-04',
  '2027-03-30',
  '2027-12-31',
  '2028-02-29',
  '2028-03-01',
];
const TODAYS = [...Array.from({ length: 45 }, (_, index) => addDays('2026-01-03', index * 17)), ...ODD_DAYS];

const ZONE = 'Europe/Berlin';
const CALENDAR: WorkingCalendar = {
  weekend: [6, 7],
  holidays: ['2026-04-03', '2026-04-06', '2026-05-25', '2026-12-25', '2027-01-01', '2027-03-26', '2027-03-29'],
};
const PLATFORM = {
  'training-hours': { frequency: 'daily', due: { businessDays: 1, graceDays: 40 } },
  'knowledge-articles-reused': { frequency: 'weekly', due: { businessDays: 1, graceDays: 0 } },
} as const;

const bare = (address: string): string => address.replace('company/', '');

/** State of a platform measure's period that has no value, at both ends of the day. */
function stateWithout(measure: keyof typeof PLATFORM, day: string, today: string): readonly string[] {
  const { frequency, due } = PLATFORM[measure];
  const period = periodContaining(day, frequency);
  const question = { period, deadlines: deadlines(period, due, CALENDAR, ZONE), hasActual: false, timeZone: ZONE };
  // The first and nearly the last moment of the day.
  return [startInstant(today, ZONE), `${today}T21:59:00Z`].map((now) => freshness({ ...question, now }));
}

/** Days of which the periods before today are made, newest first. */
function daysBack(today: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => addDays(today, -1 - index));
}

describe.each(TODAYS)('the story told on %s', (today) => {
  let statuses: ReturnType<typeof statusesOf>;
  beforeAll(() => {
    statuses = statusesOf(today, DEMO_SEED);
  });

  it('keeps every promise', () => {
    for (const { measure, period, status } of expectations(today)) {
      const shown = statuses.get(bare(measure))?.get(period);
      if (status === 'late' || status === 'missing') expect(shown, `${measure} ${period}`).toBeUndefined();
      else expect(shown, `${measure} ${period}`).toBe(status);
    }
  });

  it('is late for training hours and has missed the weeks of article reuse', () => {
    const silentFrom = createTimeline(today).platformSilentFrom;
    for (const day of [silentFrom, addDays(silentFrom, 6), addDays(silentFrom, 7), addDays(silentFrom, 13)]) {
      expect(stateWithout('training-hours', day, today)).toEqual(['late', 'late']);
      expect(stateWithout('knowledge-articles-reused', day, today)).toEqual(['missing', 'missing']);
    }
    for (const day of daysBack(today, 7)) {
      expect(['not_due', 'late']).toEqual(expect.arrayContaining([...stateWithout('training-hours', day, today)]));
    }
    for (const day of daysBack(today, 7)) {
      const states = stateWithout('knowledge-articles-reused', day, today);
      expect(['open', 'not_due', 'missing']).toEqual(expect.arrayContaining([...states]));
    }
  });

  it('has a month that the correction turns from on track to at risk', () => {
    const results = financeResults(createTimeline(today), DEMO_SEED);
    const { month, before, after } = correctedLine(results);
    const { period } = correctionExpected(today);
    expect(month.id).toBe(period);
    expect(statuses.get('profit-margin')?.get(period)).toBe('on_track');
    const lines = results.find((each) => each.month.id === period)?.lines ?? [];
    const revenue = lines.reduce((sum, line) => sum + line.revenue, 0);
    const profit = lines.reduce((sum, line) => sum + (line === before ? after : line).profit, 0);
    expect((100 * profit) / revenue).toBeCloseTo(17, 3);
    expect(after.profit).toBeGreaterThan(0);
  });

  it('has a value in every closed period, stands on the newest as promised, and has no other run of three off track', () => {
    const standing = new Map(STANDING.map(({ measure, status }) => [bare(measure), status]));
    const oldest = addMonths(`${today.slice(0, 7)}-01`, -24);
    const days = daysBack(today, 740).filter((day) => day >= oldest);
    for (const [measure, { frequency }] of Object.entries(RULES)) {
      if (measure in PLATFORM) continue;
      const open = periodId(today, frequency);
      const periods = [...new Set(days.map((day) => periodId(day, frequency)))].filter((period) => period !== open);
      const history = periods.map((period) => statuses.get(measure)?.get(period));
      expect(history, measure).not.toContain(undefined);
      expect(history[0], measure).toBe(standing.get(measure));
      const runs = history.map((status) => (status === 'off_track' ? 'x' : '.')).join('');
      expect(runs.slice(measure === 'project-delivery-time' ? 3 : 0), measure).not.toContain('xxx');
    }
  });
});

it('tells of one measure in each of the four troubled states and of all others on track', () => {
  const troubled = STANDING.filter(({ status }) => status !== 'on_track').map(({ status }) => status);
  expect(troubled.sort()).toEqual(['at_risk', 'late', 'missing', 'off_track']);
  expect(STANDING.map(({ measure }) => bare(measure)).sort()).toEqual(Object.keys(RULES).sort());
});
