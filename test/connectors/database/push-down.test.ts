// Aggregated by SQLite and by the rows: equal to the last digit, or SQLite is not asked and the reason is told.
import { describe, expect, it } from 'vitest';
import { SPREADSHEET_ERRORS } from '#connectors/database/push-down/error-text.js';
import { zoneGaps } from '#connectors/database/push-down/zone-gaps.js';
import { isSpreadsheetError } from '#src/domain/value/error-token.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import {
  AGGREGATIONS,
  type Asked,
  bothWays,
  column,
  filter,
  GENERATED,
  generatedRows,
  NASTY_UNITS,
} from './pushed-and-local.js';
import { SqliteFile } from './sqlite-file.js';

const TABLE = 'create table t (happened text, amount, quantity integer, kind text, renewed boolean, signed date);';
const whole = (random: { below(limit: number): number }): string => String(random.below(4000) - 2000);

const insert = (rows: readonly string[]): string => `${TABLE} insert into t values (${rows.join('), (')});`;

const asked = (change: Partial<Asked> = {}): Asked => ({
  options: { table: 't' },
  columns: GENERATED('UTC'),
  timeColumn: 'happened',
  aggregations: AGGREGATIONS,
  ...change,
});

describe('aggregating in SQLite', () => {
  it.each([1, 2, 3, 4, 5])('equals the rows, over generated data (%i)', async (seed) => {
    using file = new SqliteFile(insert(generatedRows(seed, 400, whole)));
    const { pushed, local, rejected } = await bothWays(file.connection, asked());
    expect(rejected).toBe(0);
    expect(local.length).toBeGreaterThan(20);
    expect(pushed).toMatchObject({ done: true });
    expect(pushed.done && pushed.days).toEqual(local);
  });

  it('equals the rows in a zone with summer time, and with a filter of the extract', async () => {
    const timeZone = 'Australia/Lord_Howe';
    using file = new SqliteFile(insert(generatedRows(9, 300, whole)));
    const options = { table: 'main.t', where: "kind != 'service ' and quantity < 9007199254740994" };
    const { pushed, local } = await bothWays(
      file.connection,
      asked({ options, timeZone, columns: GENERATED(timeZone) }),
    );
    expect(local.length).toBeGreaterThan(10);
    expect(pushed).toMatchObject({ done: true, days: local });
  });

  it('gives no day where no row is', async () => {
    using file = new SqliteFile(TABLE);
    expect((await bothWays(file.connection, asked())).pushed).toMatchObject({ done: true, days: [] });
  });

  it('has the digest of the days it gives', async () => {
    using file = new SqliteFile(insert(generatedRows(4, 50, whole)));
    const digest = async () => {
      const { pushed } = await bothWays(file.connection, asked());
      return pushed.done && pushed.digest;
    };
    const before = await digest();
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest()).toBe(before);
    file.run("insert into t select * from t where happened like '2026-01-%' limit 1");
    expect(await digest()).not.toBe(before);
  });

  it('adds beyond 64 bits', async () => {
    const row = "('2026-01-05', 9223372036854775807), ('2026-01-05', 9223372036854775807), ('2026-01-05', -5)";
    using file = new SqliteFile(`create table t (d text, n integer); insert into t values ${row};`);
    const { pushed, local } = await bothWays(file.connection, {
      options: { table: 't' },
      columns: [column('d', 'date'), column('n', 'integer')],
      timeColumn: 'd',
      aggregations: [{ kind: 'sum', column: 'n', where: [] }],
    });
    expect(pushed).toMatchObject({ done: true, days: local });
    expect(local[0]?.parts[0]?.sum).toBe('18446744073709551609');
  });

  it('leaves out what its own filter and the window leave out, and says what it asked', async () => {
    using file = new SqliteFile(insert(generatedRows(3, 50, whole)));
    const { pushed } = await bothWays(file.connection, asked({ options: { table: 't', where: 'quantity = 3' } }));
    expect(pushed.done && pushed.description.join('\n')).toMatch(
      /table "t".*\n.*sha256 [0-9a-f]{64}\nSELECT .*\n\d+ values bound/,
    );
    expect(pushed.done && pushed.description.join('\n')).not.toMatch(/Service|'3'/);
  });
});

describe('aggregating by unit in SQLite', () => {
  const COLUMNS = [column('d', 'date'), column('shop', 'text'), column('n', 'integer')];
  const units = (change: Partial<Asked> = {}): Asked => ({
    options: { table: 't' },
    columns: COLUMNS,
    timeColumn: 'd',
    unitColumn: 'shop',
    aggregations: [
      { kind: 'count', where: [] },
      { kind: 'sum', column: 'n', where: [] },
    ],
    ...change,
  });
  const shops = (values: readonly string[], type = 'text collate nocase'): string =>
    `create table t (d text, shop ${type}, n integer);
     insert into t values ${values.map((value, index) => `('2026-01-0${1 + (index % 3)}', ${value}, ${index})`).join(', ')};`;
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

  it.each([1, 2, 3])('equals the rows, over generated data with blank units (%i)', async (seed) => {
    using file = new SqliteFile(insert(generatedRows(seed, 400, whole)));
    for (const unitColumn of ['kind', 'quantity']) {
      const { pushed, local, rejected } = await bothWays(file.connection, asked({ unitColumn }));
      expect(rejected).toBe(0);
      expect(local.some(({ unit }) => unit === null) && local.some(({ unit }) => typeof unit === 'string')).toBe(true);
      expect(pushed).toMatchObject({ done: true });
      expect(pushed.done && pushed.days).toEqual(local);
    }
  });

  it('tells units apart by their bytes, whatever the collation', async () => {
    using file = new SqliteFile(shops([...NASTY_UNITS, ...NASTY_UNITS].map(quoted).concat('null')));
    const { pushed, local } = await bothWays(file.connection, units());
    expect(new Set(local.map(({ unit }) => unit))).toEqual(new Set([...NASTY_UNITS, null]));
    expect(pushed).toMatchObject({ done: true });
    expect(pushed.done && pushed.days).toEqual(local);
  });

  it('says of each day which units it has, and no more', async () => {
    using file = new SqliteFile(shops(["'b'", "'a'", 'null', "'a'"], 'text'));
    const { pushed } = await bothWays(file.connection, units());
    expect(pushed.done && pushed.days.map(({ date, unit, rows }) => [date, unit, rows])).toEqual([
      ['2026-01-01', 'a', 1],
      ['2026-01-01', 'b', 1],
      ['2026-01-02', 'a', 1],
      ['2026-01-03', null, 1],
    ]);
    const { unitColumn: _, ...withoutUnits } = units();
    const { pushed: whole } = await bothWays(file.connection, withoutUnits);
    expect(whole.done && whole.days.map((day) => 'unit' in day)).toEqual([false, false, false]);
  });

  it('has another digest where a row changes its unit', async () => {
    using file = new SqliteFile(shops(["'a'", "'b'"], 'text'));
    const digest = async () => {
      const { pushed } = await bothWays(file.connection, units());
      return pushed.done && pushed.digest;
    };
    const before = await digest();
    file.run("update t set shop = 'B' where shop = 'b'");
    expect(await digest()).not.toBe(before);
  });

  it.each([
    ['numbers beside texts', ["'7'", '7'], 'blob', /"shop" holds numbers beside texts/],
    ['the error of a spreadsheet', ["'a'", "'#REF!'"], 'text', /the error of a spreadsheet/],
    ['a blob', ["'a'", "x'00ff'"], 'text', /"shop" holds/],
    ['bytes that are no text', ["cast(x'fe' as text)", "'x'", "'y'", "cast(x'ff' as text)"], 'text', /tells apart/],
  ])('is not done with %s', async (_what, values, type, reason) => {
    using file = new SqliteFile(shops(values, type));
    const { pushed } = await bothWays(file.connection, units());
    expect(pushed).toEqual({ done: false, reason: expect.stringMatching(reason) });
  });

  it.each([
    ['a decimal', { columns: [column('d', 'date'), column('shop', 'decimal'), column('n', 'integer')] }, /decimal/],
    ['a day', { unitColumn: 'd' }, /"d", which is date/],
    [
      'an integer with a locale',
      { columns: [...COLUMNS, column('x', 'integer', { locale: 'de-DE', sourceName: 'n' })], unitColumn: 'x' },
      /locale/,
    ],
    [
      'a fraction as an integer',
      { columns: [column('d', 'date'), column('shop', 'integer'), column('n', 'integer')] },
      /whole number/,
    ],
  ])('is not done by %s', async (_what, change, reason) => {
    using file = new SqliteFile(shops(['1', '1.5'], 'numeric'));
    const { pushed } = await bothWays(file.connection, units(change));
    expect(pushed).toEqual({ done: false, reason: expect.stringMatching(reason) });
  });
});

describe('SQLite is not asked to aggregate', () => {
  const GOOD = "'2026-01-05 10:00:00', 1, 2, 'x', true, '2026-01-05'";
  const row = (change: Partial<Record<'happened' | 'amount' | 'quantity' | 'kind' | 'renewed' | 'signed', string>>) =>
    Object.values({
      ...{
        happened: "'2026-01-05 10:00:00'",
        amount: '1',
        quantity: '2',
        kind: "'x'",
        renewed: 'true',
        signed: "'2026-01-05'",
      },
      ...change,
    }).join(', ');

  it.each([
    ['no time', { happened: 'null' }],
    ['a day that does not exist', { happened: "'2026-01-32 10:00:00'" }],
    ['a time that does not exist', { happened: "'2026-01-05 25:00:00'" }],
    ['a time in another form', { happened: "'5.1.2026'" }],
    ['a time as a number', { happened: '1767607200' }],
    ['a REAL where a sum is asked for', { amount: '0.1' }],
    ['a number as text', { quantity: "'x2'" }],
    ['an infinite number', { amount: '9e999' }],
    ['a boolean that is neither', { renewed: '2' }],
    ['a boolean as text', { renewed: "'maybe'" }],
    ['a date that does not exist', { signed: "'2026-02-30'" }],
    ['a date in another form', { signed: "'05.01.2026'" }],
    ['the error of a spreadsheet', { kind: "' #REF! '" }],
    ['a blob as text', { kind: "x'00ff'" }],
  ])('of rows that might be rejected: %s', async (_what, change) => {
    using file = new SqliteFile(insert([GOOD, row(change)]));
    const { pushed, rejected, local } = await bothWays(file.connection, asked());
    expect(pushed).toMatchObject({ done: false, reason: expect.stringMatching(/\w+ /) });
    expect(rejected + (local[0]?.rows ?? 0)).toBe(2);
  });

  it('of rows whose required cell is blank', async () => {
    using file = new SqliteFile(insert([GOOD, row({ amount: 'null' })]));
    const columns = GENERATED('UTC').map((each) => (each.name === 'amount' ? { ...each, required: true } : each));
    const { pushed, rejected } = await bothWays(file.connection, asked({ columns }));
    expect(pushed).toEqual({ done: false, reason: '"amount" is required and blank (2026-01-05)' });
    expect(rejected).toBe(1);
  });

  it('of times that the clocks skip, and is of those beside them', async () => {
    const timeZone = 'Europe/Berlin';
    const window = { start: '2026-03-01', end: '2026-04-01' };
    const ask = async (time: string) => {
      using file = new SqliteFile(insert([row({ happened: `'${time}'` })]));
      const columns = GENERATED(timeZone);
      const both = await bothWays(file.connection, asked({ timeZone, columns, window }));
      return [both.pushed.done, both.rejected];
    };
    expect(await ask('2026-03-29 01:59:59')).toEqual([true, 0]);
    expect(await ask('2026-03-29 02:00:00')).toEqual([false, 1]);
    expect(await ask('2026-03-29 02:59:59')).toEqual([false, 1]);
    expect(await ask('2026-03-29 03:00:00')).toEqual([true, 0]);
  });

  it('looks at rows outside the window only as far as they are read', async () => {
    using file = new SqliteFile(
      insert([GOOD, row({ happened: "'2026-02-01 00:00:00'", amount: '0.5', kind: "'#N/A'" })]),
    );
    const { pushed, local } = await bothWays(file.connection, asked());
    expect(pushed).toMatchObject({ done: true, days: local });
  });

  const one = (spec: ColumnSpec): readonly ColumnSpec[] =>
    GENERATED('UTC').map((each) => (each.name === spec.name ? spec : each));
  it.each<[string, Partial<Asked>, RegExp]>([
    ['a query', { options: { query: 'select * from t' } }, /query/],
    ['the newest row', { aggregations: [{ kind: 'last', column: 'amount', where: [] }] }, /needs the rows/],
    ['a locale', { columns: one(column('amount', 'decimal', { locale: 'de-DE' })) }, /"amount" is read by a locale/],
    ['a pattern', { columns: one(column('signed', 'date', { pattern: 'dd.MM.yyyy' })) }, /pattern/],
    ['words', { columns: one(column('renewed', 'boolean', { words: { true: ['1'], false: ['0'] } })) }, /words/],
    ['another zone than the site', { timeZone: 'Europe/Berlin' }, /times of UTC, the site those of Europe\/Berlin/],
    ['texts in order', { aggregations: [{ kind: 'count', where: filter("kind > 'a'") }] }, /order of texts/],
    ['a fraction it cannot hold', { aggregations: [{ kind: 'count', where: filter('amount > 0.1') }] }, /digits/],
  ])('for %s', async (_what, change, reason) => {
    using file = new SqliteFile(insert([GOOD]));
    const { pushed } = await bothWays(file.connection, asked(change));
    expect(pushed).toEqual({ done: false, reason: expect.stringMatching(reason) });
  });

  it('knows every error of a spreadsheet that text columns refuse', () => {
    expect(SPREADSHEET_ERRORS.every(isSpreadsheetError)).toBe(true);
  });
});

describe('times that clocks skip', () => {
  it.each([
    ['Europe/Berlin', '2026-03-01', '2026-12-01', ['2026-03-29 02:00:00 to 2026-03-29 03:00:00']],
    ['Australia/Lord_Howe', '2026-09-01', '2026-11-01', ['2026-10-04 02:00:00 to 2026-10-04 02:30:00']],
    ['America/Santiago', '2026-09-01', '2026-10-01', ['2026-09-06 00:00:00 to 2026-09-06 01:00:00']],
    ['Pacific/Apia', '2011-12-28', '2012-01-02', ['2011-12-30 00:00:00 to 2011-12-31 00:00:00']],
    ['UTC', '2026-01-01', '2027-01-01', []],
    ['Africa/Monrovia', '1972-01-01', '1972-02-01', ['1972-01-07 00:00:00 to 1972-01-07 00:44:30']],
  ])('are found to the second: %s', (zone, start, end, gaps) => {
    expect(zoneGaps({ start, end }, zone).map(({ from, to }) => `${from} to ${to}`)).toEqual(gaps);
  });
});
