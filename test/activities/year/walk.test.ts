// A clock that is set by hand walks through a year, over changes of the clocks and holidays, through the real sweep and store:
// each period is looked at on each of its deadlines and a second later. What to expect is computed apart, by plain-calendar.ts.
import { afterEach, describe, expect, it } from 'vitest';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../../support/small-site.js';
import {
  dayOf,
  days,
  midnight,
  months,
  type PlainPeriod,
  type PlainRule,
  plainDeadlines,
  quarters,
  weeks,
} from './plain-calendar.js';

interface WalkedMeasure {
  readonly id: string;
  readonly frequency: string;
  readonly rule: PlainRule;
  readonly written: string;
  readonly periods: readonly PlainPeriod[];
}

type Span = readonly [from: number, to: number];

interface Zone {
  readonly timeZone: string;
  readonly holidays: readonly string[];
  /** Days whose periods are walked of the measure that is due after a working day, and of the one that is after six hours. */
  readonly daily: readonly Span[];
  readonly hourly: readonly Span[];
}

const around = (month: number, day: number): Span => [dayOf(2026, month, day) - 2, dayOf(2026, month, day) + 3];

const ZONES: readonly Zone[] = [
  {
    timeZone: 'Europe/Berlin',
    holidays: ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-12-25'],
    daily: [
      [dayOf(2026, 3, 24), dayOf(2026, 5, 28)],
      [dayOf(2026, 10, 20), dayOf(2026, 10, 30)],
      [dayOf(2026, 12, 20), dayOf(2027, 1, 1)],
    ],
    hourly: [around(3, 29), around(5, 1), around(10, 25)],
  },
  {
    timeZone: 'America/New_York',
    holidays: ['2026-01-01', '2026-01-19', '2026-05-25', '2026-07-03', '2026-09-07', '2026-11-26', '2026-12-25'],
    daily: [around(3, 8), around(7, 3), around(11, 1), around(11, 26)],
    hourly: [around(3, 8), around(11, 1)],
  },
  {
    // Its clocks change by half an hour.
    timeZone: 'Australia/Lord_Howe',
    holidays: ['2026-01-01', '2026-01-26', '2026-04-03', '2026-04-06', '2026-06-08', '2026-12-25', '2026-12-28'],
    daily: [around(1, 26), around(4, 5), around(6, 8), around(10, 4)],
    hourly: [around(4, 5), around(10, 4)],
  },
];

const measuresIn = ({ daily, hourly }: Zone): readonly WalkedMeasure[] => {
  const daysIn = (spans: readonly Span[]): readonly PlainPeriod[] => spans.flatMap(([from, to]) => days(from, to));
  return [
    {
      id: 'by-hours',
      frequency: 'daily',
      rule: { hours: 6, graceDays: 1 },
      written: 'hours: 6, grace_days: 1',
      periods: daysIn(hourly),
    },
    {
      id: 'by-days',
      frequency: 'daily',
      rule: { businessDays: 1, graceDays: 1 },
      written: 'business_days: 1, grace_days: 1',
      periods: daysIn(daily),
    },
    {
      id: 'week',
      frequency: 'weekly',
      rule: { businessDays: 2, graceDays: 3 },
      written: 'business_days: 2, grace_days: 3',
      periods: weeks,
    },
    {
      id: 'month',
      frequency: 'monthly',
      rule: { businessDays: 5, graceDays: 3 },
      written: 'business_days: 5, grace_days: 3',
      periods: months,
    },
    {
      id: 'quarter',
      frequency: 'quarterly',
      rule: { dayOfMonth: 20, graceDays: 10 },
      written: 'day_of_month: 20, grace_days: 10',
      periods: quarters,
    },
  ];
};

const siteIn = (zone: Zone): Promise<SmallSite> =>
  createSmallSite({
    'site.yaml': `id: small
name: Small site
time_zone: ${zone.timeZone}
holidays: [${zone.holidays.map((day) => `'${day}'`).join(', ')}]
history_months: 3
store: { client: sqlite, file: data/store.sqlite }
operator: robin
`,
    'extracts/sales.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(
      ...measuresIn(zone).map(({ id, frequency, written }) =>
        measureOf(id, 'sales', frequency, `    due: { ${written} }\n`),
      ),
    ),
    // In December every measure has a value; after it none has.
    'sources/sales.csv': 'day,code,amount\n2025-12-28,a,1\n',
  });

interface Look {
  readonly measure: string;
  readonly period: string;
  readonly state: 'not_due' | 'late' | 'missing';
}

/** What is to be seen at each instant; a second after a deadline is the first of the next state. */
function looksOf(zone: Zone): ReadonlyMap<number, readonly Look[]> {
  const holidays = new Set(zone.holidays);
  const looks = new Map<number, Look[]>();
  for (const { id, rule, periods } of measuresIn(zone)) {
    for (const period of periods) {
      const [due, graceEnd] = plainDeadlines(period, rule, holidays, zone.timeZone);
      const states = [
        [due, 'not_due'],
        [due + 1000, 'late'],
        [graceEnd, 'late'],
        [graceEnd + 1000, 'missing'],
      ] as const;
      for (const [at, state] of states) {
        looks.set(at, [...(looks.get(at) ?? []), { measure: `company/${id}`, period: period.id, state }]);
      }
    }
  }
  return looks;
}

const instant = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

let site: SmallSite | undefined;
afterEach(() => site?.dispose());

describe('a year of sweeps', () => {
  it.each(ZONES)(
    'in $timeZone sees each period on time at its deadline, and late or missing a second later',
    async (zone) => {
      site = await siteIn(zone);
      await site.collect(instant(midnight(dayOf(2026, 1, 1), zone.timeZone)));
      const wrong: string[] = [];
      let seen = 0;
      for (const [at, looks] of [...looksOf(zone)].sort(([a], [b]) => a - b)) {
        await site.sweep(instant(at));
        const stored = await site.store.read.currentScores(
          [...new Set(looks.map(({ measure }) => measure))],
          '2025-12-31',
        );
        const states = new Map(stored.map(({ node, period, status }) => [`${node} ${period.id}`, status]));
        for (const { measure, period, state } of looks) {
          const found = states.get(`${measure} ${period}`);
          seen += 1;
          if (found !== state) wrong.push(`${instant(at)} ${measure} ${period}: ${found}, and not ${state}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(seen).toBe(4 * measuresIn(zone).reduce((sum, { periods }) => sum + periods.length, 0));
    },
    120_000,
  );
});
