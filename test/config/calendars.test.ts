import { describe, expect, it } from 'vitest';
import type { ConfigProblem, ResolvedConfig } from '#src/config/types.js';
import { changed, read, SOUND } from './support/config-folder.js';

const SITE = 'site.yaml';
const CARD = 'scorecards/company.yaml';
const EXTRACT = 'extracts/contracts.yaml';

const withSite = (lines: string, files = SOUND) => changed(SITE, 'holidays: [2026-12-25]\n', lines, files);
const FISCAL = `calendars:
  fiscal: { kind: fiscal, starts: '04-01', named: end }
`;

async function configOf(files: typeof SOUND): Promise<ResolvedConfig> {
  const { config, problems } = await read(files);
  if (config === undefined) throw new Error(JSON.stringify(problems, null, 2));
  return config;
}

async function errorsOf(files: typeof SOUND): Promise<readonly ConfigProblem[]> {
  const { problems } = await read(files);
  return problems.filter(({ severity }) => severity === 'error');
}

const codes = (problems: readonly ConfigProblem[]) => problems.map(({ code, path }) => [code, path]);

describe('calendars of a site', () => {
  it('are resolved kind by kind', async () => {
    const { site } = await configOf(
      withSite(`calendars:
  fiscal: { kind: fiscal, starts: '10-01', named: end, weeks: { start: sun } }
  us: { kind: weeks, prefix: US, start: sun, first_week_days: 1 }
  shops: { kind: retail, prefix: R, pattern: 4-4-5, year_ends: { on: sat, rule: last, month: 12 }, extra_week: 3 }
  nrf: { kind: nrf }
  terms:
    kind: list
    prefix: T
    frequency: quarterly
    periods: [{ id: 2025-autumn, from: 2025-09-08 }, { id: 2026-spring, from: 2026-01-12 }]
    end: 2026-04-20
`),
    );
    expect(site.periodCalendars).toEqual({
      fiscal: { kind: 'fiscal', prefix: 'FY', month: 10, day: 1, named: 'end', weeks: { start: 7, minimumDays: 4 } },
      us: { kind: 'weeks', prefix: 'US', weeks: { start: 7, minimumDays: 1 } },
      shops: {
        kind: 'retail',
        prefix: 'R',
        pattern: [4, 4, 5],
        yearEnd: { weekday: 6, rule: 'last', month: 12 },
        named: 'start',
        extraWeekIn: 3,
      },
      nrf: {
        kind: 'retail',
        prefix: 'NRF',
        pattern: [4, 5, 4],
        yearEnd: { weekday: 6, rule: 'nearest', month: 1 },
        named: 'start',
        extraWeekIn: 12,
      },
      terms: {
        kind: 'list',
        prefix: 'T',
        frequency: 'quarterly',
        periods: [
          { id: '2025-autumn', start: '2025-09-08' },
          { id: '2026-spring', start: '2026-01-12' },
        ],
        end: '2026-04-20',
      },
    });
  });

  it('are told of with everything wrong in them at once', async () => {
    const errors = await errorsOf(
      withSite(`calendar: lunar
calendars:
  a: { kind: fiscal, starts: '02-29', named: end }
  b: { kind: fiscal, prefix: FYX, starts: '04-01' }
  c:
    kind: list
    prefix: T
    frequency: monthly
    periods: [{ id: x, from: 2026-02-01 }, { id: x, from: 2026-01-01 }, { id: before, from: 2026-02-30 }]
    end: 2026-01-15
`),
    );
    expect(codes(errors).sort()).toEqual(
      [
        ['CONFIG_CALENDAR_LIST', 'calendars.c.periods.1.from'],
        ['CONFIG_CALENDAR_LIST', 'calendars.c.periods.1.id'],
        ['CONFIG_CALENDAR_LIST', 'calendars.c.end'],
        ['CONFIG_CALENDAR_LIST', 'calendars.c.periods.2.id'],
        ['CONFIG_CALENDAR_PREFIX', 'calendars.b.prefix'],
        ['CONFIG_CALENDAR_START', 'calendars.a.starts'],
        ['CONFIG_INVALID_DATE', 'calendars.c.periods.2.from'],
        ['CONFIG_MISSING_KEY', 'calendars.b.named'],
        ['CONFIG_UNKNOWN_CALENDAR', 'calendar'],
      ].sort(),
    );
  });

  it('cannot be called standard', async () => {
    const errors = await errorsOf(withSite(`calendars: { standard: { kind: nrf } }\n`));
    expect(errors.map(({ message }) => message).join()).toContain('always is the standard calendar');
  });

  it('that are not there leave the configuration as it was', async () => {
    const { site, measures, scorecards, extracts } = await configOf(SOUND);
    expect(Object.keys(site)).not.toContain('periodCalendars');
    expect(Object.keys(site)).not.toContain('workingCalendars');
    for (const each of [...measures, ...scorecards, ...extracts]) expect(Object.keys(each)).not.toContain('calendar');
  });
});

describe('the calendar of a measure', () => {
  const inCard = (calendar: string, files: typeof SOUND) =>
    changed(CARD, 'owner: omar }', `owner: omar, calendar: ${calendar} }`, files);
  const inMeasure = (calendar: string, files: typeof SOUND) =>
    changed(CARD, 'frequency: monthly\n', `frequency: monthly\n    calendar: ${calendar}\n`, files);
  const prefixes = async (files: typeof SOUND) => {
    const { measures, scorecards } = await configOf(files);
    return [scorecards[0]?.calendar?.prefix, measures[0]?.calendar?.prefix];
  };

  it('is its own, else the scorecard’s, else the site’s', async () => {
    const site = withSite(`${FISCAL}  nrf: { kind: nrf }\ncalendar: fiscal\n`);
    expect(await prefixes(site)).toEqual(['FY', 'FY']);
    expect(await prefixes(inCard('nrf', site))).toEqual(['NRF', 'NRF']);
    expect(await prefixes(inMeasure('nrf', site))).toEqual(['FY', 'NRF']);
    expect(await prefixes(inMeasure('standard', inCard('nrf', site)))).toEqual(['NRF', undefined]);
  });

  it('is part of what decides its values', async () => {
    const digest = async (files: typeof SOUND) => (await configOf(files)).measures[0]?.valueDigest;
    const site = withSite(FISCAL);
    expect(await digest(site)).toBe(await digest(SOUND));
    expect(await digest(inMeasure('fiscal', site))).not.toBe(await digest(SOUND));
  });

  it('has to be there, and to offer its frequency', async () => {
    const terms = `calendars:
  terms: { kind: list, prefix: T, frequency: quarterly, periods: [{ id: a, from: 2026-01-01 }], end: 2026-04-01 }
`;
    expect(codes(await errorsOf(inMeasure('fiscall', withSite(FISCAL))))).toEqual([
      ['CONFIG_UNKNOWN_CALENDAR', 'measures.0.calendar'],
    ]);
    expect(codes(await errorsOf(inMeasure('terms', withSite(terms))))).toEqual([
      ['CONFIG_CALENDAR_FREQUENCY', 'measures.0.calendar'],
    ]);
  });
});

describe('working days', () => {
  const calendarOf = async (lines: string) => (await configOf(withSite(lines))).site.calendar;

  it('may be listed as ranges and half days', async () => {
    expect(await calendarOf('holidays: [2026-12-30..2027-01-01, 2026-12-25]\nhalf_days: [2026-12-24]\n')).toEqual({
      weekend: [6, 7],
      holidays: ['2026-12-25', '2026-12-30', '2026-12-31', '2027-01-01'],
      halfDays: ['2026-12-24'],
    });
  });

  it.each([
    ['SA', [5, 6]],
    ['DE', [6, 7]],
    ['IN', [7]],
    ['IR', [5]],
  ])('follow the weekend of %s', async (country, weekend) => {
    expect((await calendarOf(`weekend_of: ${country}\n`)).weekend).toEqual(weekend);
  });

  it('have the public holidays of a region, for fifty years', async () => {
    const { holidays } = await calendarOf('public_holidays: DE-BY\nholidays: [2026-12-24]\n');
    // Epiphany and All Saints are holidays of Bavaria; Easter Monday moves.
    for (const day of ['2026-01-06', '2026-11-01', '2026-04-06', '2050-12-25', '2026-12-24'])
      expect(holidays).toContain(day);
    expect(holidays).not.toContain('2026-10-31');
    expect(holidays.every((day) => day >= '2000-01-01' && day < '2051-01-01')).toBe(true);
  });

  it('count each day of a feast of several days', async () => {
    const { holidays } = await calendarOf('public_holidays: SA\n');
    expect(['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22'].every((day) => holidays.includes(day))).toBe(true);
  });

  it('may be named by a due rule', async () => {
    const files = changed(
      CARD,
      'frequency: monthly\n',
      'frequency: monthly\n    due: { calendar: plant }\n',
      withSite('working_calendars: { plant: { working_week: [mon, tue, wed, thu, fri, sat] } }\n'),
    );
    const { site, measures } = await configOf(files);
    expect(measures[0]?.due).toEqual({ businessDays: 5, graceDays: 3, calendar: 'plant' });
    expect(site.workingCalendars).toEqual({ plant: { weekend: [7], holidays: [] } });
    expect(codes(await errorsOf(changed(SITE, 'plant:', 'plan:', files)))).toEqual([
      ['CONFIG_UNKNOWN_CALENDAR', 'measures.0.due.calendar'],
    ]);
  });

  it('are told of with everything wrong in them at once', async () => {
    const errors = await errorsOf(
      withSite(`working_week: [mon]
weekend_of: QQ
holidays: [2026-12-31..2026-12-24, 2026-02-30, 2026-01-01..2036-01-01]
half_days: [2026-12-24..2026-12-32]
public_holidays: DE-XX
`),
    );
    expect(codes(errors)).toEqual(
      expect.arrayContaining([
        ['CONFIG_WORKING_WEEK', 'weekend_of'],
        ['CONFIG_UNKNOWN_REGION', 'weekend_of'],
        ['CONFIG_INVALID_DATE', 'holidays.0'],
        ['CONFIG_INVALID_DATE', 'holidays.1'],
        ['CONFIG_INVALID_DATE', 'holidays.2'],
        ['CONFIG_INVALID_DATE', 'half_days.0'],
        ['CONFIG_UNKNOWN_REGION', 'public_holidays'],
      ]),
    );
    expect(errors).toHaveLength(7);
  });
});

describe('labels of a source', () => {
  it('are read in a calendar of the site', async () => {
    const files = changed(
      EXTRACT,
      'ended_on: date',
      `ended_on: { type: date, calendar: fiscal, pattern: "'FY'yyyy 'P'MM" }`,
      withSite(FISCAL),
    );
    expect((await configOf(files)).extracts[0]?.columns[0]?.calendar?.prefix).toBe('FY');
    expect(codes(await errorsOf(changed(EXTRACT, "'P'MM", "'P'MM dd", files)))).toEqual([
      ['CONFIG_BAD_DATE_PATTERN', 'extracts.contracts.columns.ended_on.pattern'],
    ]);
    expect(codes(await errorsOf(changed(EXTRACT, 'calendar: fiscal', 'calendar: fiscall', files)))).toEqual([
      ['CONFIG_UNKNOWN_CALENDAR', 'extracts.contracts.columns.ended_on.calendar'],
    ]);
  });

  it('have a calendar only in columns of dates', async () => {
    const files = changed(
      EXTRACT,
      'renewed: boolean',
      'renewed: { type: boolean, calendar: fiscal }',
      withSite(FISCAL),
    );
    expect(codes(await errorsOf(files))).toEqual([
      ['CONFIG_COLUMN_OPTION', 'extracts.contracts.columns.renewed.calendar'],
    ]);
  });

  it('may stand for whole periods, which no finer measure can use', async () => {
    const grain = (frequency: string) =>
      changed(EXTRACT, 'time: ended_on\n', `time: ended_on\n    grain: { frequency: ${frequency}, label: end }\n`);
    expect((await configOf(grain('weekly'))).extracts[0]?.grain).toEqual({ frequency: 'weekly', label: 'end' });
    const errors = await errorsOf(grain('quarterly'));
    expect(codes(errors)).toEqual([['CONFIG_COARSE_SOURCE', 'measures.0.frequency']]);
    expect(errors[0]?.message).toContain('a coarse source never splits');
  });
});
