import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatProblems } from '#src/config/format-problems.js';
import { readConfig } from '#src/config/read-config.js';
import { collected } from '../support/collected-measure.js';
import { changed, configOf, read, registry, SOUND, withFolder } from './support/config-folder.js';

const SITE = 'site.yaml';
const EXTRACTS = 'extracts/contracts.yaml';
const CARD = 'scorecards/company.yaml';

it('finds no problem in a sound folder', async () => {
  expect((await read(SOUND)).problems).toEqual([]);
});

it('tells every problem of every file in one go, in file order, and gives no configuration', async () => {
  let files = changed(SITE, 'operator: omar', 'operator: nobody\nhollidays: []');
  files = changed('people.yaml', 'manager: omar', 'manager: nobody', files);
  files = changed('connections.yaml', `'\${env:DB_PASSWORD}'`, 'hunter2', files);
  files = changed(EXTRACTS, 'time: ended_on', 'time: started_on', files);
  files = changed(CARD, 'value: 85', 'value: 8e1', files);
  files = changed(CARD, 'owner: omar', 'owner: nobody', files);
  const { config, problems } = await read(files);
  expect(config).toBeUndefined();
  expect(problems.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
    'site.yaml:7 CONFIG_UNKNOWN_KEY',
    'people.yaml:3 CONFIG_UNKNOWN_MANAGER',
    'connections.yaml:5 CONFIG_LITERAL_SECRET',
    'extracts/contracts.yaml:6 CONFIG_UNKNOWN_COLUMN',
    'scorecards/company.yaml:1 CONFIG_UNKNOWN_OWNER',
    'scorecards/company.yaml:18 CONFIG_INVALID_VALUE',
  ]);
});

it('checks the other entries of a file in which one is malformed', async () => {
  const second = `    id: second
    name: Second
    objective: renewals
    owner: nobody
    unit: days
    direction: unscored
    frequency: monthly
    from: { extract: contracts, sum: renewed }
`;
  const text = (SOUND[CARD] ?? '').replace('unit: percent', 'unti: percent').concat(second.replace('    id', '  - id'));
  const { problems } = await read({ ...SOUND, [CARD]: text });
  expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '7 CONFIG_MISSING_KEY',
    '11 CONFIG_UNKNOWN_KEY',
    '23 CONFIG_UNKNOWN_OWNER',
    '27 CONFIG_COLUMN_TYPE',
  ]);
});

it('does not call a name unknown that is defined in a malformed entry or in a file that cannot be read', async () => {
  const malformed = await read(
    changed(
      'people.yaml',
      'amara: { name',
      'amara: { nmae',
      changed('people.yaml', 'manager: omar', 'email: a@example.com'),
    ),
  );
  expect(malformed.problems.map(({ code }) => code)).toEqual(['CONFIG_MISSING_KEY', 'CONFIG_UNKNOWN_KEY']);
  const unreadable = await read({ ...SOUND, 'people.yaml': 'people: {' });
  expect(unreadable.problems.map(({ code }) => code)).toEqual(['CONFIG_YAML_SYNTAX']);
});

it('fills in the defaults of the contract', async () => {
  const { site, extracts, scorecards, measures } = await configOf(SOUND);
  expect(site).toMatchObject({
    calendar: { weekend: [6, 7], holidays: ['2026-12-25'] },
    taskQueue: 'plumbline-acme',
    rollUp: { onTrackFrom: '0.8', atRiskFrom: '0.5', minimumCoverage: '0.5', minimumChildren: 1 },
    historyMonths: 24,
    sweepMinutes: 5,
    deliverMinutes: 1,
  });
  expect(extracts[0]).toMatchObject({
    duplicates: { keep: 'all' },
    limits: { maxRows: 5_000_000, maxBytes: 1_073_741_824, timeoutMs: 300_000 },
    columns: [
      { name: 'ended_on', sourceName: 'ended_on', type: 'date', timeZone: 'Europe/Berlin', required: false },
      { name: 'renewed', type: 'boolean' },
      { name: 'amount', type: 'decimal', required: true },
    ],
  });
  expect(scorecards[0]).toMatchObject({
    frequency: 'monthly',
    perspectives: [{ address: 'company/financial', weight: '1' }],
  });
  expect(measures[0]).toMatchObject({
    address: 'company/renewal-rate',
    objective: 'company/renewals',
    timeZone: 'Europe/Berlin',
    scale: '100',
    weight: '1',
    due: { businessDays: 5, graceDays: 3 },
    restatementPeriods: 3,
    offTrackAfter: 3,
    emptyMeansZero: false,
    decimals: 1,
    targets: [{ from: '2025-01-01', target: { kind: 'value', value: '85' } }],
    scoreMap: {
      basis: 'percent_of_target',
      knots: [
        { at: '84', score: '0' },
        { at: '92', score: '0.5' },
        { at: '100', score: '1' },
      ],
    },
  });
});

it('takes what a measure leaves out from the site', async () => {
  const files = changed(
    SITE,
    'operator: omar',
    'operator: omar\ndue: { business_days: 2 }\nalerts: { off_track_after: 0 }',
  );
  const { measures } = await configOf(
    changed(CARD, 'unit: percent', 'unit: percent\n    due: { grace_days: 9 }', files),
  );
  expect(measures[0]).toMatchObject({ due: { businessDays: 2, graceDays: 9 }, offTrackAfter: 0 });
});

it('takes so many off-track periods of so many, and no more than those', async () => {
  const written = (rule: string) =>
    changed(SITE, 'operator: omar', `operator: omar\nalerts: { off_track_after: ${rule} }`);
  const { measures } = await configOf(written('{ periods: 3, of: 5 }'));
  expect(measures[0]).toMatchObject({ offTrackAfter: { periods: 3, of: 5 } });
  const inCard = changed(CARD, 'unit: percent', 'unit: percent\n    off_track_after: { periods: 2, of: 3 }');
  expect((await configOf(inCard)).measures[0]).toMatchObject({ offTrackAfter: { periods: 2, of: 3 } });
  for (const [rule, message] of [
    ['{ periods: 4, of: 3 }', 'there cannot be more periods off track than are looked at'],
    ['{ periods: 3, of: 37 }', '"37" is not between 1 and 36'],
    ['1001', '"1001" is not between 0 and 1000'],
    ['{ periods: 3 }', 'of'],
  ] as const) {
    const { problems } = await read(written(rule));
    expect([rule, problems.map((each) => each.message)]).toEqual([rule, [expect.stringContaining(message)]]);
  }
});

it('takes times to hold alerts back by kind, and has none where none is set', async () => {
  const written = (alerts: string) => changed(SITE, 'operator: omar', `operator: omar\nalerts: ${alerts}`);
  const timed = await configOf(written('{ pending_minutes: { source_failed: 30 }, hold_minutes: { off_track: 60 } }'));
  expect(timed.site.alertTiming).toEqual({
    pendingMs: { source_failed: 1_800_000 },
    holdMs: { off_track: 3_600_000 },
  });
  expect((await configOf(written('{ off_track_after: 3 }'))).site).not.toHaveProperty('alertTiming');
  const { problems } = await read(written('{ pending_minutes: { offtrack: 30 } }'));
  expect(problems).toMatchObject([{ file: SITE, message: expect.stringContaining('offtrack') }]);
});

it('leaves secret references as they are, and the defaults of a connector filled in', async () => {
  const files = changed('connections.yaml', ', port: 3306', '');
  const { connections, site } = await configOf(files);
  expect(connections[0]?.options).toEqual({
    host: 'db.example.com',
    port: 3306,
    tls: 'off',
    password: `\${env:DB_PASSWORD}`,
  });
  expect(site.channels[0]).toEqual({
    id: 'mail',
    kind: 'email',
    options: { url: `\${env:SMTP_URL}`, from: 'Plumbline <plumbline@example.com>' },
  });
});

it('allows a reference within the address of a mail server', async () => {
  for (const url of [
    'smtp://bot:${env:PW}@mail:587',
    'smtp://${env:USER}:${file:pw}@mail',
    'smtp://mail.local:25',
    'smtp://bot@mail',
  ]) {
    expect((await read(changed(SITE, `\${env:SMTP_URL}`, url))).problems).toEqual([]);
  }
});

it('makes the path of the store absolute, from the config folder', async () => {
  await withFolder(SOUND, async (folder) => {
    const { config } = await readConfig(folder, registry);
    expect(config?.folder).toBe(folder);
    expect(config?.site.store).toEqual({ client: 'sqlite', file: join(folder, '..', 'acme.sqlite') });
  });
});

it('groups extracts of one connection that are read at the same times', async () => {
  const extract = (id: string, connection: string, schedule: string): string => `  ${id}:
    connection: ${connection}
    schedule: { ${schedule} }
    source: ${connection === 'finance' ? '{ files: a.csv }' : '{ query: select 1 }'}
    time: at
    columns: { at: date }
`;
  const { config } = await read({
    ...SOUND,
    'extracts/more.yaml': `extracts:\n${[
      extract('also-daily', 'operations', `every: day, at: '06:30', time_zone: Europe/Berlin`),
      extract('elsewhere', 'operations', `every: day, at: '06:30', time_zone: America/New_York`),
      extract('sheet', 'finance', `every: day, at: '06:30'`),
      extract('hourly', 'operations', 'every: hour, minute: 5'),
      extract('weekly', 'operations', `every: week, on: monday, at: '23:05'`),
      extract('monthly', 'operations', `every: month, day: 3, at: '00:00'`),
    ].join('')}`,
  });
  expect(config?.pullGroups.map(({ id, extracts }) => [id, ...extracts])).toEqual([
    ['finance-day-0630', 'sheet'],
    ['operations-day-0630', 'also-daily', 'contracts'],
    ['operations-day-0630-america-new-york', 'elsewhere'],
    ['operations-hour-05', 'hourly'],
    ['operations-month-day3-0000', 'monthly'],
    ['operations-week-mon-2305', 'weekly'],
  ]);
  expect(config?.pullGroups.at(-1)?.cadence).toEqual({
    every: 'week',
    weekday: 1,
    hour: 23,
    minute: 5,
    timeZone: 'Europe/Berlin',
  });
});

it('joins the filter of a count with that of its measure', async () => {
  const ratio = 'ratio: { numerator: { count: renewed = true }, denominator: { count: all } }';
  const files = changed(CARD, ratio, "count: renewed = true\n      where: amount > 0 and ended_on >= '2026-01-01'");
  expect(collected((await configOf(files)).measures[0]).aggregation).toMatchObject({
    kind: 'count',
    where: [
      { column: 'amount', value: '0' },
      { column: 'ended_on', value: '2026-01-01' },
      { column: 'renewed', value: true },
    ],
  });
});

it('shares blocks by anchors', async () => {
  const files = changed(CARD, 'unit: percent', 'unit: percent\n    due: &monthly { business_days: 7 }');
  const text = `${files[CARD]}  - id: again
    name: Again
    objective: renewals
    owner: amara
    unit: contracts
    direction: unscored
    frequency: monthly
    due: *monthly
    from: { extract: contracts, count: all }
`;
  expect((await configOf({ ...files, [CARD]: text })).measures[1]?.due.businessDays).toBe(7);
});

it('prints a block for each problem and a line that counts', async () => {
  const { problems } = await read(changed(EXTRACTS, 'time: ended_on', 'time: ended_no'));
  expect(formatProblems(problems)).toBe(
    `extracts/contracts.yaml:6:11 error CONFIG_UNKNOWN_COLUMN  extracts.contracts.time: there is no column "ended_no"
  → did you mean "ended_on"?
1 error, 0 warnings
`,
  );
  expect(formatProblems([])).toBe('0 errors, 0 warnings\n');
});

it('reads 2,500 measures, and places 2,500 problems, without getting slow', async () => {
  const [head = '', measure = ''] = (SOUND[CARD] ?? '').split('measures:\n');
  const many = Array.from({ length: 2500 }, (_, index) =>
    measure.replace('renewal-rate', `renewal-rate-${index}`),
  ).join('');
  const files = { ...SOUND, [CARD]: `${head}measures:\n${many}` };
  const start = process.cpuUsage();
  expect((await configOf(files)).measures).toHaveLength(2500);
  const { problems } = await read({ ...files, [CARD]: files[CARD].replaceAll('value: 85', 'value: 1e3') });
  expect(problems).toHaveLength(2500);
  // Some ten times what it takes, so that only a mistake in kind fails on a busy machine.
  expect(process.cpuUsage(start).user / 1_000_000).toBeLessThan(40);
});
