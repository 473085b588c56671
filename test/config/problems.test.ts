import { expect, it } from 'vitest';
import { changed, problemsAfter, read, SOUND } from './support/config-folder.js';

// Each row: what is wrong; the change of a sound configuration that brings it about; then where the problem is told,
// its code, a part of the message that quotes what was written, and a part of the remedy.

const SITE = 'site.yaml';
const PEOPLE = 'people.yaml';
const CONNECTIONS = 'connections.yaml';
const EXTRACTS = 'extracts/contracts.yaml';
const CARD = 'scorecards/company.yaml';

const STORE = 'store: { client: sqlite, file: ../acme.sqlite }';
const MYSQL = 'store: { client: mysql, host: db, database: d, user: u, password: hunter2 }';
const MAIL = `'\${env:SMTP_URL}'`;
const PASSWORD = `'\${env:DB_PASSWORD}'`;
const DAILY = `every: day, at: '06:30'`;
const TARGET = '- { from: 2025-01, value: 85 }';

type Row = readonly [
  what: string,
  file: string,
  from: string,
  to: string,
  at: string,
  code: string,
  says: string,
  remedy: string,
];

const rows: readonly Row[] = [
  [
    'an unknown operator',
    SITE,
    'operator: omar',
    'operator: oma',
    '6:11',
    'UNKNOWN_OPERATOR',
    '"oma"',
    'did you mean "omar"?',
  ],
  [
    'an unknown key',
    SITE,
    'operator: omar',
    'operator: omar\nholidayz: []',
    '7:1',
    'UNKNOWN_KEY',
    '"holidayz"',
    'did you mean "holidays"?',
  ],
  [
    'a missing key',
    SITE,
    'operator: omar\n',
    '',
    '1:1',
    'MISSING_KEY',
    'operator is missing',
    'add operator: Person told',
  ],
  [
    'an unknown time zone',
    SITE,
    'Europe/Berlin',
    'Europe/Berlni',
    '3:12',
    'UNKNOWN_TIME_ZONE',
    '"Europe/Berlni"',
    'Europe/Berlin or UTC',
  ],
  [
    'a holiday that does not exist',
    SITE,
    '2026-12-25',
    '2026-02-30',
    '4:12',
    'INVALID_DATE',
    '"2026-02-30"',
    'a day that exists',
  ],
  [
    'a holiday of another form',
    SITE,
    '2026-12-25',
    '25.12.2026',
    '4:12',
    'INVALID_VALUE',
    '"25.12.2026"',
    'YYYY-MM-DD',
  ],
  [
    'an unknown store',
    SITE,
    'client: sqlite',
    'client: sqllite',
    '5:18',
    'INVALID_VALUE',
    '"sqllite"',
    'did you mean "sqlite"?',
  ],
  [
    'a share above 1',
    SITE,
    'operator: omar',
    'operator: omar\nroll_up: { minimum_coverage: 50 }',
    '7:30',
    'INVALID_VALUE',
    '50',
    'from 0 to 1',
  ],
  [
    'roll-up limits the wrong way round',
    SITE,
    'operator: omar',
    'operator: omar\nroll_up: { at_risk_from: 0.9 }',
    '7:10',
    'ROLL_UP_LIMITS',
    '0.9',
    'the lower of the two',
  ],
  [
    'a number of months that is not whole',
    SITE,
    'operator: omar',
    'operator: omar\nhistory_months: 2.5',
    '7:17',
    'INVALID_VALUE',
    '"2.5"',
    'a whole number from 0',
  ],
  ['an id in capitals', SITE, 'id: acme', 'id: ACME', '1:5', 'INVALID_VALUE', '"ACME"', 'lower-case'],
  [
    'a literal password of the store',
    SITE,
    STORE,
    MYSQL,
    '5:67',
    'LITERAL_SECRET',
    'password of the store',
    '${env:NAME}',
  ],
  [
    'a literal password of the mail server',
    SITE,
    MAIL,
    'smtp://u:hunter2@h',
    '8:29',
    'LITERAL_SECRET',
    'channels.mail.url',
    '${env:NAME}',
  ],
  [
    'a literal secret of a webhook',
    SITE,
    `  mail: {`,
    `  hook: { kind: webhook, url: 'https://hooks.example.com', signing_secret: hunter2-hunter2-hunter2 }\n  mail: {`,
    '8:76',
    'LITERAL_SECRET',
    'channels.hook.signing_secret',
    '${env:NAME}',
  ],
  [
    'a literal url of a Slack room',
    SITE,
    `  mail: {`,
    `  room: { kind: slack, url: 'https://hooks.slack.com/services/hunter2' }\n  mail: {`,
    '8:29',
    'LITERAL_SECRET',
    'channels.room.url',
    '${env:NAME}',
  ],
  [
    'a literal header of a webhook',
    SITE,
    `  mail: {`,
    `  hook: { kind: webhook, url: 'https://h.example.com', signing_secret: '\${env:S}', headers: { X-Key: hunter2 } }\n  mail: {`,
    '8:102',
    'LITERAL_SECRET',
    'channels.hook.headers.X-Key',
    '${env:NAME}',
  ],
  [
    'a header that is not for a channel to set',
    SITE,
    `  mail: {`,
    `  hook: { kind: webhook, url: 'https://h.example.com', signing_secret: '\${env:S}', headers: { Host: '\${env:H}' } }\n  mail: {`,
    '8:95',
    'INVALID_KEY',
    '"Host" is set by the request itself',
    'Authorization',
  ],
  [
    'a host with a scheme',
    SITE,
    `  mail: {`,
    `  hook: { kind: webhook, url: 'https://h.example.com', signing_secret: '\${env:S}', allowed_hosts: ['https://h'] }\n  mail: {`,
    '8:100',
    'INVALID_VALUE',
    '"https://h" is no host',
    '*.example.com',
  ],
  [
    'a broken reference',
    SITE,
    MAIL,
    `'\${env:SMTP URL}'`,
    '8:29',
    'REFERENCE_SYNTAX',
    'channels.mail.url',
    '${file:PATH}',
  ],
  [
    'a reference where none is resolved',
    SITE,
    'name: Acme',
    `name: '\${env:NAME}'`,
    '2:7',
    'REFERENCE_NOT_ALLOWED',
    'name holds',
    'connection options',
  ],

  [
    'an unknown manager',
    PEOPLE,
    'manager: omar',
    'manager: omra',
    '3:39',
    'UNKNOWN_MANAGER',
    '"omra"',
    'did you mean "omar"?',
  ],
  [
    'managers in a circle',
    PEOPLE,
    'omar: {',
    'omar: { manager: amara,',
    '2:20',
    'MANAGER_CYCLE',
    'omar → amara → omar',
    'leave the manager',
  ],
  [
    'a mail address that is none',
    PEOPLE,
    'omar@example.com',
    'omar',
    '2:37',
    'INVALID_VALUE',
    '"omar"',
    'name@example.com',
  ],
  [
    'a key that is no id',
    PEOPLE,
    'amara: {',
    'lena: { name: Lena }\n  Amara O: {',
    '4:3',
    'INVALID_KEY',
    '"Amara O"',
    'lower-case',
  ],
  [
    'a name that is a list',
    PEOPLE,
    'Omar Haddad',
    '[a, b]',
    '2:17',
    'WRONG_TYPE',
    'is a list, expected a text',
    'Name shown',
  ],

  [
    'an unknown owner',
    CONNECTIONS,
    'owner: omar',
    'owner: omr',
    '4:12',
    'UNKNOWN_OWNER',
    '"omr"',
    'did you mean "omar"?',
  ],
  [
    'an unknown connector',
    CONNECTIONS,
    'connector: table',
    'connector: tabel',
    '3:16',
    'UNKNOWN_CONNECTOR',
    '"tabel"',
    'did you mean "table"?',
  ],
  [
    'a literal secret of a connection',
    CONNECTIONS,
    PASSWORD,
    'hunter2',
    '5:60',
    'LITERAL_SECRET',
    'options.password',
    '${env:NAME}',
  ],
  [
    'a literal secret deep in options',
    CONNECTIONS,
    `password: ${PASSWORD}`,
    'login: { token: hunter22 }',
    '5:66',
    'LITERAL_SECRET',
    'options.login.token',
    '${env:NAME}',
  ],
  [
    'an option no connector has',
    CONNECTIONS,
    'port: 3306',
    'prot: 3306',
    '5:38',
    'UNKNOWN_KEY',
    '"prot"',
    'did you mean "port"?',
  ],
  [
    'an option of another type',
    CONNECTIONS,
    'port: 3306',
    'port: x',
    '5:44',
    'WRONG_TYPE',
    '"x", expected a number',
    'Port of the database',
  ],
  [
    'an option out of bounds',
    CONNECTIONS,
    'port: 3306',
    'port: 99999',
    '5:44',
    'INVALID_VALUE',
    '99999',
    'Port of the database',
  ],
  [
    'a word an option does not know',
    CONNECTIONS,
    'port: 3306',
    'tls: of',
    '5:43',
    'INVALID_VALUE',
    '"of"',
    'did you mean "off"?',
  ],

  [
    'an unknown connection',
    EXTRACTS,
    'connection: operations',
    'connection: operation',
    '3:17',
    'UNKNOWN_CONNECTION',
    '"operation"',
    'did you mean "operations"?',
  ],
  ['an unknown cadence', EXTRACTS, 'every: day', 'every: dya', '4:24', 'INVALID_VALUE', '"dya"', 'did you mean "day"?'],
  ['a time of day in short form', EXTRACTS, `'06:30'`, '6:30', '4:33', 'INVALID_VALUE', '"6:30"', `'06:30'`],
  [
    'a day not every month has',
    EXTRACTS,
    DAILY,
    `every: month, day: 29, at: '06:30'`,
    '4:36',
    'INVALID_VALUE',
    '"29"',
    'from 1 to 28',
  ],
  [
    'an unknown zone of a schedule',
    EXTRACTS,
    DAILY,
    `${DAILY}, time_zone: Mars/Base`,
    '4:53',
    'UNKNOWN_TIME_ZONE',
    '"Mars/Base"',
    'IANA',
  ],
  [
    'a time column that is not there',
    EXTRACTS,
    'time: ended_on',
    'time: ended_no',
    '6:11',
    'UNKNOWN_COLUMN',
    '"ended_no"',
    'did you mean "ended_on"?',
  ],
  [
    'a time column that is a number',
    EXTRACTS,
    'time: ended_on',
    'time: amount',
    '6:11',
    'COLUMN_TYPE',
    '"amount" is decimal',
    'date or datetime',
  ],
  [
    'a source its connector does not know',
    EXTRACTS,
    '{ query: select 1 }',
    '{ query: select 1, tpo: 5 }',
    '5:32',
    'UNKNOWN_KEY',
    '"tpo"',
    'did you mean "top"?',
  ],
  [
    'a source key that is missing',
    EXTRACTS,
    '{ query: select 1 }',
    '{ top: 5 }',
    '5:13',
    'MISSING_KEY',
    'source.query is missing',
    'A SELECT.',
  ],
  [
    'an unknown column type',
    EXTRACTS,
    'renewed: boolean',
    'renewed: bool',
    '9:16',
    'INVALID_VALUE',
    '"bool"',
    'boolean',
  ],
  [
    'a column name no filter can hold',
    EXTRACTS,
    'renewed: boolean',
    'renewed: boolean\n      is new: text',
    '10:7',
    'INVALID_KEY',
    '"is new"',
    'as from:',
  ],
  [
    'a locale on a boolean',
    EXTRACTS,
    'renewed: boolean',
    'renewed: { type: boolean, locale: de-DE }',
    '9:33',
    'COLUMN_OPTION',
    'boolean column "renewed"',
    'remove locale',
  ],
  [
    'a word that means both',
    EXTRACTS,
    'renewed: boolean',
    'renewed: { type: boolean, words: { true: [ja], false: [JA] } }',
    '9:40',
    'COLUMN_OPTION',
    '"ja"',
    'one of the two lists',
  ],
  [
    'percent signs on a date',
    EXTRACTS,
    'ended_on: date',
    'ended_on: { type: date, percent: points }',
    '8:31',
    'COLUMN_OPTION',
    'date column "ended_on"',
    'remove percent',
  ],
  [
    'percent signs of another meaning',
    EXTRACTS,
    'required: true',
    'percent: maybe',
    '10:41',
    'INVALID_VALUE',
    '"maybe"',
    'points',
  ],
  [
    'a currency that is none',
    EXTRACTS,
    'required: true',
    'currency: QQQ',
    '10:42',
    'COLUMN_OPTION',
    '"QQQ"',
    'ISO 4217',
  ],
  [
    'percentages that are amounts',
    EXTRACTS,
    'required: true',
    'percent: points, currency: EUR',
    '10:32',
    'COLUMN_OPTION',
    'not both',
    'keep percent',
  ],
  [
    'a locale of a date without month names',
    EXTRACTS,
    'ended_on: date',
    'ended_on: { type: date, pattern: dd.MM.yyyy, locale: de-DE }',
    '8:52',
    'COLUMN_OPTION',
    'no month names',
    'remove locale',
  ],
  [
    'a century of no use',
    EXTRACTS,
    'ended_on: date',
    'ended_on: { type: date, century: 2000 }',
    '8:31',
    'COLUMN_OPTION',
    'a year of two digits',
    'remove century',
  ],
  [
    'two digits of a year without a century',
    EXTRACTS,
    'ended_on: date',
    'ended_on: { type: date, pattern: MMM-yy, locale: en-US }',
    '8:40',
    'BAD_DATE_PATTERN',
    '"MMM-yy"',
    'declare century: 2000',
  ],
  [
    'month names without a language',
    EXTRACTS,
    'ended_on: date',
    'ended_on: { type: date, pattern: MMM-yyyy }',
    '8:40',
    'BAD_DATE_PATTERN',
    '"MMM-yyyy"',
    'declare the locale',
  ],
  [
    'a century that begins in the middle',
    EXTRACTS,
    'ended_on: date',
    'ended_on: { type: date, pattern: dd.MM.yy, century: 1950 }',
    '8:40',
    'BAD_DATE_PATTERN',
    '"dd.MM.yy"',
    'such as 2000',
  ],
  ['an unknown locale', EXTRACTS, 'required: true', 'locale: xx-YY', '10:40', 'BAD_LOCALE', '"xx-YY"', 'BCP 47'],
  [
    'a date pattern that means nothing',
    EXTRACTS,
    'ended_on: date',
    'ended_on: { type: date, pattern: dd.MM.qq }',
    '8:40',
    'BAD_DATE_PATTERN',
    '"dd.MM.qq"',
    'qq',
  ],
  [
    'an unknown key column',
    EXTRACTS,
    'time: ended_on',
    'time: ended_on\n    duplicates: { keep: last, key: [amuont] }',
    '7:37',
    'UNKNOWN_COLUMN',
    '"amuont"',
    'did you mean "amount"?',
  ],
  [
    'duplicates without a key',
    EXTRACTS,
    'time: ended_on',
    'time: ended_on\n    duplicates: { keep: last }',
    '7:17',
    'DUPLICATES_KEY',
    'keep: last',
    'add key:',
  ],
  [
    'an extract without a time column',
    EXTRACTS,
    '    time: ended_on\n',
    '',
    '3:5',
    'MISSING_KEY',
    'time is missing',
    'or snapshot: { takes: last }',
  ],
  [
    'a snapshot with a time column',
    EXTRACTS,
    'time: ended_on',
    'time: ended_on\n    snapshot: { takes: last }',
    '6:5',
    'SNAPSHOT_SETTING',
    'has no time column',
    'remove time',
  ],
  [
    'a snapshot that its source is to aggregate',
    EXTRACTS,
    'time: ended_on',
    'snapshot: { takes: last }\n    push_down: true',
    '7:5',
    'SNAPSHOT_SETTING',
    'never aggregated by its source',
    'remove push_down',
  ],
  [
    'a column of a snapshot with the name of its own',
    EXTRACTS,
    'time: ended_on\n    columns:\n      ended_on: date',
    'snapshot: { takes: first }\n    columns:\n      captured_on: date',
    '8:7',
    'SNAPSHOT_SETTING',
    '"captured_on"',
    'another name',
  ],
  [
    'a snapshot that takes something else',
    EXTRACTS,
    'time: ended_on',
    'snapshot: { takes: lats }',
    '6:24',
    'INVALID_VALUE',
    '"lats"',
    'did you mean "last"?',
  ],
  [
    'a share of rejects above the whole',
    EXTRACTS,
    'time: ended_on',
    'time: ended_on\n    limits: { rejected_percent: 101 }',
    '7:33',
    'INVALID_VALUE',
    '"101"',
    'from 0 to 100',
  ],
  [
    'a key that nothing uses',
    EXTRACTS,
    'time: ended_on',
    'time: ended_on\n    duplicates: { key: [amount] }',
    '7:24',
    'DUPLICATES_KEY',
    'keep: all',
    'remove key',
  ],

  [
    'an unknown extract',
    CARD,
    'extract: contracts',
    'extract: contract',
    '15:16',
    'UNKNOWN_EXTRACT',
    '"contract"',
    'did you mean "contracts"?',
  ],
  [
    'an unknown objective',
    CARD,
    'objective: renewals',
    'objective: renewal',
    '9:16',
    'UNKNOWN_OBJECTIVE',
    '"renewal"',
    'did you mean "renewals"?',
  ],
  [
    'an unknown perspective',
    CARD,
    'perspective: financial',
    'perspective: financal',
    '5:50',
    'UNKNOWN_PERSPECTIVE',
    '"financal"',
    'did you mean "financial"?',
  ],
  [
    'an unknown objective that is driven',
    CARD,
    'owner: amara }',
    'owner: amara, drives: [nothing] }',
    '5:84',
    'UNKNOWN_OBJECTIVE',
    '"nothing"',
    'use one of: renewals',
  ],
  [
    'an objective that drives itself',
    CARD,
    'owner: amara }',
    'owner: amara, drives: [renewals] }',
    '5:84',
    'DRIVES_CYCLE',
    'renewals → renewals',
    'remove one of the links',
  ],
  [
    'an unknown column in a filter',
    CARD,
    'renewed = true',
    'renewd = true',
    '16:36',
    'UNKNOWN_COLUMN',
    '"renewd"',
    'did you mean "renewed"?',
  ],
  [
    'a filter that cannot be read',
    CARD,
    'renewed = true',
    'renewed == true',
    '16:36',
    'BAD_FILTER',
    '"renewed == true", character 9',
    'write =',
  ],
  [
    'a literal of another type',
    CARD,
    'renewed = true',
    'renewed = 5',
    '16:36',
    'BAD_FILTER',
    '"renewed = 5"',
    'compare with',
  ],
  [
    'a sum of booleans',
    CARD,
    'count: renewed = true',
    'sum: renewed',
    '16:34',
    'COLUMN_TYPE',
    '"renewed" is boolean',
    'count: renewed = true',
  ],
  [
    'two aggregations at once',
    CARD,
    'extract: contracts',
    'extract: contracts\n      sum: amount',
    '15:7',
    'INVALID_VALUE',
    'exactly one of sum, avg',
    'keep one of',
  ],
  [
    'a sum and a count in one term',
    CARD,
    'count: all }',
    'count: all, sum: amount }',
    '16:67',
    'INVALID_VALUE',
    'exactly one of sum, count',
    'keep one of',
  ],
  [
    'a where beside a count',
    CARD,
    'count: all }',
    'count: all, where: amount > 0 }',
    '16:88',
    'INVALID_VALUE',
    '"amount > 0"',
    'as the value of count',
  ],
  [
    'a scale of 0',
    CARD,
    'extract: contracts',
    'extract: contracts\n      scale: 0.0',
    '16:14',
    'INVALID_VALUE',
    'scale 0',
    'other than 0',
  ],
  ['a number with an exponent', CARD, 'value: 85', 'value: 1e3', '18:33', 'INVALID_VALUE', '"1e3"', 'without exponent'],
  ['infinity', CARD, 'value: 85', 'value: .inf', '18:33', 'INVALID_VALUE', '".inf"', 'write digits'],
  ['a hexadecimal number', CARD, 'value: 85', 'value: 0x10', '18:33', 'INVALID_VALUE', '"0x10"', 'write digits'],
  [
    'a weight of 0',
    CARD,
    'unit: percent',
    'unit: percent\n    weight: 0',
    '12:13',
    'INVALID_VALUE',
    '0 is not above 0',
    'above 0',
  ],
  [
    'a target in a month that does not exist',
    CARD,
    '2025-01',
    '2025-13',
    '18:17',
    'INVALID_DATE',
    '"2025-13"',
    'a day that exists',
  ],
  ['a target from a date in words', CARD, '2025-01', 'Jan 2025', '18:17', 'INVALID_VALUE', '"Jan 2025"', 'YYYY-MM'],
  [
    'two targets from one day',
    CARD,
    TARGET,
    `${TARGET}\n      - { from: 2025, value: 86 }`,
    '19:17',
    'TARGET_ORDER',
    '2025-01-01',
    'keep one',
  ],
  [
    'targets out of order',
    CARD,
    TARGET,
    `${TARGET}\n      - { from: 2024, value: 86 }`,
    '19:17',
    'TARGET_ORDER',
    '2024-01-01',
    'order of their dates',
  ],
  ['a range for a single value', CARD, 'value: 85', 'low: 1, high: 2', '18:9', 'TARGET_KIND', '1 to 2', 'in-band'],
  ['half a range', CARD, 'value: 85', 'low: 1', '18:9', 'INVALID_VALUE', 'low and high', 'high: 82'],
  [
    'a band that cannot be read',
    CARD,
    '>= 100% of target',
    'about 100',
    '19:24',
    'BAD_BAND',
    '"about 100"',
    'write one of',
  ],
  ['bands on two bases', CARD, '>= 100% of target', '>= 100', '19:12', 'BAD_BANDS', '">= 100"', 'such as on_track'],
  [
    'a score map that goes back',
    CARD,
    'unit: percent',
    'unit: percent\n    score: { basis: value, knots: [[9, 0], [8, 1]] }',
    '12:44',
    'BAD_SCORE',
    'the knot at 8',
    'ascend',
  ],
  [
    'a score map of one knot',
    CARD,
    'unit: percent',
    'unit: percent\n    score: { basis: value, knots: [[9, 0]] }',
    '12:35',
    'INVALID_VALUE',
    'two knots',
    'Pairs',
  ],
  [
    'a score above 1',
    CARD,
    'unit: percent',
    'unit: percent\n    score: { basis: value, knots: [[9, 0], [10, 100]] }',
    '12:49',
    'BAD_SCORE',
    '100 is not between 0 and 1',
    'points: 100',
  ],
  [
    'an unknown frequency',
    CARD,
    'frequency: monthly',
    'frequency: mothly',
    '13:16',
    'INVALID_VALUE',
    '"mothly"',
    'did you mean "monthly"?',
  ],
  [
    'a measure and an objective of one id',
    CARD,
    'id: renewal-rate',
    'id: renewals',
    '7:9',
    'DUPLICATE_ID',
    '"renewals"',
    'another id',
  ],
  ['a key given twice', CARD, 'id: company', 'id: company, id: other', '1:27', 'DUPLICATE_KEY', '"id"', 'keep one'],
  [
    'a quote that is never closed',
    CARD,
    'name: Renewal rate',
    'name: "Renewal rate',
    '20:1',
    'YAML_SYNTAX',
    'closing "quote',
    'mend the line',
  ],
];

it.each(rows)('tells of %s', async (_what, file, from, to, at, code, says, remedy) => {
  const problems = await problemsAfter(file, from, to);
  const told = problems.filter((problem) => problem.severity === 'error');
  const found = told.find((problem) => problem.code === `CONFIG_${code}`);
  expect(found, JSON.stringify(problems, null, 2)).toBeDefined();
  expect(`${found?.file}:${found?.line}:${found?.column}`).toBe(`${file}:${at}`);
  expect(found?.message).toContain(says);
  expect(found?.remedy).toContain(remedy);
});

it.each(rows.filter(([, , , to]) => to.includes('hunter2')))(
  'does not show the secret of %s',
  async (_what, file, from, to) => {
    expect(JSON.stringify(await problemsAfter(file, from, to))).not.toContain('hunter2');
  },
);

const warnings: readonly Row[] = [
  [
    'an objective without a measure',
    CARD,
    'objectives:',
    'objectives:\n  - { id: idle, name: Idle, perspective: financial, owner: omar }',
    '5:5',
    'OBJECTIVE_WITHOUT_MEASURE',
    '"idle"',
    'add a measure',
  ],
  [
    'a perspective without an objective',
    CARD,
    'objectives:',
    '  - { id: idle, name: Idle }\nobjectives:',
    '4:5',
    'PERSPECTIVE_WITHOUT_OBJECTIVE',
    '"idle"',
    'add an objective',
  ],
  [
    'targets that are missing',
    CARD,
    `    targets:\n      ${TARGET}\n`,
    '',
    '7:5',
    'NO_TARGET',
    '"renewal-rate"',
    'add targets',
  ],
  [
    'a score that falls as the value gets better',
    CARD,
    'unit: percent',
    'unit: percent\n    score: { basis: value, knots: [[1, 1], [2, 0]] }',
    '12:44',
    'SCORE_DIRECTION',
    'falls',
    'order of the scores',
  ],
  [
    'an extract nobody uses',
    EXTRACTS,
    'extracts:',
    `extracts:
  idle:
    connection: operations
    schedule: { every: hour }
    source: { query: select 2 }
    time: at
    columns: { at: datetime }`,
    '2:3',
    'UNUSED_EXTRACT',
    '"idle"',
    'remove the extract',
  ],
];

it.each(warnings)('warns of %s', async (_what, file, from, to, at, code, says, remedy) => {
  const problems = await problemsAfter(file, from, to);
  expect(problems).toHaveLength(1);
  const [found] = problems;
  expect(found?.severity).toBe('warning');
  expect(found?.code).toBe(`CONFIG_${code}`);
  expect(`${found?.file}:${found?.line}:${found?.column}`).toBe(`${file}:${at}`);
  expect(found?.message).toContain(says);
  expect(found?.remedy).toContain(remedy);
});

it('warns of an extract read less often than its measure reports', async () => {
  const weekly = changed(EXTRACTS, 'every: day', 'every: week, on: mon');
  const { config, problems } = await read(changed(CARD, 'frequency: monthly', 'frequency: daily', weekly));
  expect(config).toBeDefined();
  expect(problems).toMatchObject([
    {
      severity: 'warning',
      code: 'CONFIG_SCHEDULE_COARSER',
      file: CARD,
      line: 13,
      column: 16,
      path: 'measures.0.frequency',
    },
  ]);
  expect(problems[0]?.message).toContain('"contracts" is read once a week');
});

it('warns of a decimal without a locale where the source writes text for people', async () => {
  const files = changed(EXTRACTS, 'connection: operations', 'connection: finance');
  const { config, problems } = await read(changed(EXTRACTS, 'query: select 1', 'files: a.csv', files));
  expect(config).toBeDefined();
  expect(problems).toMatchObject([{ severity: 'warning', code: 'CONFIG_LOCALE_UNDECLARED', line: 10, column: 15 }]);
  expect(problems[0]?.message).toContain('"amount"');
});

it('needs bands where the direction has no default', async () => {
  const bands = "    bands: { on_track: '>= 100% of target', at_risk: '>= 92% of target' }\n";
  const files = changed(CARD, 'higher-is-better', 'exact', changed(CARD, bands, ''));
  expect((await read(files)).problems).toMatchObject([
    { code: 'CONFIG_MISSING_KEY', line: 7, column: 5, remedy: expect.stringContaining('within 0 of target') },
  ]);
});

it('wants low below high', async () => {
  const inBand = changed(CARD, 'higher-is-better', 'in-band', changed(CARD, 'value: 85', 'low: 82, high: 82.0'));
  const files = changed(CARD, '>= 100% of target', 'within 0 of target', inBand);
  expect((await read(changed(CARD, '>= 92% of target', 'within 5 of target', files))).problems).toMatchObject([
    { code: 'CONFIG_TARGET_RANGE', line: 18, column: 31, message: 'low 82 is not below high 82' },
  ]);
});

it('wants neither targets nor bands nor score for an unscored measure', async () => {
  const problems = await problemsAfter(CARD, 'higher-is-better', 'unscored');
  expect(problems.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
    '17:5 CONFIG_UNSCORED',
    '19:5 CONFIG_UNSCORED',
  ]);
});

it('tells of an extract and a scorecard defined in two files, and where the first stands', async () => {
  const copies = { 'extracts/more.yaml': SOUND[EXTRACTS] ?? '', 'scorecards/z.yml': SOUND[CARD] ?? '' };
  const { problems } = await read({ ...SOUND, ...copies });
  expect(problems).toMatchObject([
    {
      code: 'CONFIG_DUPLICATE_ID',
      file: 'extracts/more.yaml',
      line: 2,
      message: expect.stringContaining('extracts/contracts.yaml:2'),
    },
    { code: 'CONFIG_DUPLICATE_ID', file: 'scorecards/z.yml', line: 1, message: expect.stringContaining(`${CARD}:1`) },
  ]);
});

it.each([
  ['empty', ''],
  ['a list', '- omar\n'],
  ['without people', 'people:\n'],
])('tells of a people file that is %s once, and not of everybody who is named elsewhere', async (_what, people) => {
  const { problems } = await read({ ...SOUND, [PEOPLE]: people });
  expect(problems.map(({ code, file }) => [code, file])).toEqual([['CONFIG_WRONG_TYPE', PEOPLE]]);
});

it('offers the right name for a file that ends in .yml', async () => {
  const { [PEOPLE]: people = '', ...others } = SOUND;
  const { problems } = await read({ ...others, 'people.yml': people });
  expect(problems).toMatchObject([
    { code: 'CONFIG_FILE_MISSING', file: PEOPLE, remedy: 'rename people.yml to people.yaml' },
  ]);
});

it('says how decimals are written to somebody who writes them with a comma', async () => {
  const problems = await problemsAfter(CARD, 'value: 85', 'value: 4,5');
  expect(problems).toMatchObject([{ code: 'CONFIG_UNKNOWN_KEY', remedy: expect.stringContaining('with a point') }]);
});

it('refuses to take an empty period for 0 where the query leaves unchanged rows out', async () => {
  const empty = changed(CARD, 'unit: percent', 'unit: percent\n    empty_means_zero: true');
  const since = (query: string) => changed(EXTRACTS, 'select 1', query, empty);
  const { config, problems } = await read(since('"select 1 from t where at > :since"'));
  expect(config).toBeUndefined();
  expect(problems[0]).toMatchObject({
    severity: 'error',
    code: 'CONFIG_SINCE_EMPTY_ZERO',
    file: CARD,
    path: 'measures.0.empty_means_zero',
  });
  expect(problems[0]?.message).toContain('would become 0');
  // A cast is no parameter.
  expect((await read(since('"select 1::since"'))).problems).toEqual([]);
});

it.each(['last: amount', 'sum: amount', 'count: all', 'avg: amount\n      averaged_ratio: equal weights'])(
  'refuses %s over the changed rows alone, and takes it over whole periods',
  async (aggregation) => {
    const card = changed(
      CARD,
      'ratio: { numerator: { count: renewed = true }, denominator: { count: all } }',
      aggregation,
      changed(CARD, 'unit: percent', 'unit: contracts'),
    );
    const since = (more: string) => changed(EXTRACTS, 'query: select 1', `query: "select :since"${more}`, card);
    const { config, problems } = await read(since(''));
    expect(config).toBeUndefined();
    expect(problems).toMatchObject([
      { severity: 'error', code: 'CONFIG_SINCE_PART_OF_PERIOD', file: CARD, path: 'measures.0.from.extract' },
    ]);
    expect(problems[0]?.message).toContain('would replace the value of the whole period');
    expect(problems[0]?.remedy).toContain('returns: whole_periods');
    expect((await read(since(', watermark: { returns: whole_periods }'))).problems).toEqual([]);
  },
);

it('refuses to tell duplicates apart over files that another run does not read', async () => {
  const CSV = {
    ...SOUND,
    [EXTRACTS]: (SOUND[EXTRACTS] ?? '').replace('query: select 1', 'query: select 1, take: { keep: all_in_window }'),
  };
  const keyed = (key: string) =>
    changed(EXTRACTS, 'time: ended_on', `time: ended_on\n    duplicates: { keep: last, key: [${key}] }`, CSV);
  const { problems } = await read(keyed('amount'));
  expect(problems).toMatchObject([
    { severity: 'error', code: 'CONFIG_DUPLICATES_KEY', file: EXTRACTS, path: 'extracts.contracts.duplicates.key' },
  ]);
  expect(problems[0]?.remedy).toContain('add ended_on to the key');
  expect((await read(keyed('amount, ended_on'))).problems).toEqual([]);
  expect((await read(CSV)).problems).toEqual([]);
});
