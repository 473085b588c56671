// Aggregated by MySQL (or MariaDB) and PostgreSQL, and by the rows: equal to the last digit, or the server is not asked.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Aggregation } from '#src/domain/measure/types.js';
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
  type seeded,
} from './pushed-and-local.js';
import {
  mysqlAddress,
  mysqlDatabase,
  postgresAddress,
  postgresDatabase,
  type ServerDatabase,
} from './server-databases.js';

type Random = ReturnType<typeof seeded>;

const manyDigits = (random: Random): string => {
  if (random.below(5) === 0) return random.pick('0', '-0.0000000001', '12', '0.1');
  return `${random.pick('', '-')}${random.digits(27)}1.${random.digits(10)}`;
};

const asked = (change: Partial<Asked> = {}): Asked => ({
  options: { table: 't' },
  columns: GENERATED('UTC'),
  timeColumn: 'happened',
  aggregations: AGGREGATIONS,
  ...change,
});

const SERVERS = [
  {
    name: 'MySQL',
    address: mysqlAddress,
    open: mysqlDatabase,
    moment: 'datetime',
    table: `create table t (happened datetime, amount decimal(38,10), quantity bigint, kind varchar(100), renewed boolean, signed date)
            character set utf8mb4 collate utf8mb4_general_ci`,
  },
  {
    name: 'PostgreSQL',
    address: postgresAddress,
    open: postgresDatabase,
    moment: 'timestamp',
    table:
      'create table t (happened timestamp, amount numeric(38,10), quantity bigint, kind text, renewed boolean, signed date)',
  },
] as const;

describe.each(SERVERS)('aggregating in $name', ({ address, open, moment, table }) => {
  describe.skipIf(address === undefined)('of a real server', () => {
    let database: ServerDatabase;
    beforeAll(async () => {
      database = await open();
    });
    afterAll(() => database.drop());

    const fill = async (rows: readonly string[], definition: string = table): Promise<void> => {
      await database.run(`drop table if exists t; ${definition};`);
      if (rows.length > 0) await database.run(`insert into t values (${rows.join('), (')})`);
    };
    const both = (change: Partial<Asked> = {}) => bothWays(database.connection, asked(change));
    const only = (
      type: string,
      spec: ColumnSpec,
      values: readonly string[],
      aggregations: readonly Aggregation[] = AGGREGATIONS.slice(0, 1),
    ) =>
      fill(
        values.map((value) => `'2026-01-05', ${value}`),
        `create table t (d date, x ${type})`,
      ).then(() => both({ columns: [column('d', 'date'), spec], timeColumn: 'd', aggregations }));

    it.each([1, 2, 3])('equals the rows, over generated data (%i)', async (seed) => {
      await fill(generatedRows(seed, 500, manyDigits));
      const { pushed, local, rejected } = await both();
      expect(rejected).toBe(0);
      expect(local.length).toBeGreaterThan(20);
      expect(pushed).toMatchObject({ done: true });
      expect(pushed.done && pushed.days).toEqual(local);
    });

    it('equals the rows in a zone with summer time, and with a filter of the extract', async () => {
      const timeZone = 'Australia/Lord_Howe';
      await fill(generatedRows(7, 300, manyDigits));
      const options = { table: 't', where: "kind != 'service ' and amount < 100000000000000000000000000000" };
      const { pushed, local } = await both({ options, timeZone, columns: GENERATED(timeZone) });
      expect(local.length).toBeGreaterThan(5);
      expect(pushed).toMatchObject({ done: true });
      expect(pushed.done && pushed.days).toEqual(local);
    });

    it('compares texts by what they are, not as the server sorts them', async () => {
      await fill([]);
      await database.run(
        "insert into t (happened, kind) values ('2026-01-05', 'Service'), ('2026-01-05', 'service'), ('2026-01-05', 'Service ')",
      );
      const { pushed } = await both({ aggregations: [{ kind: 'count', where: filter("kind = 'Service'") }] });
      expect(pushed).toMatchObject({ done: true, days: [{ rows: 3, parts: [{ tally: { used: 1, filtered: 2 } }] }] });
    });

    describe('by unit', () => {
      const COUNT: readonly Aggregation[] = [{ kind: 'count', where: [] }];
      const units = async (type: string, spec: ColumnSpec, values: readonly string[]) => {
        const days = values.map((value, index) => `'2026-01-0${1 + (index % 3)}', ${value}`);
        await fill(days, `create table t (d date, x ${type})`);
        return both({ columns: [column('d', 'date'), spec], timeColumn: 'd', unitColumn: 'x', aggregations: COUNT });
      };
      const quoted = (text: string): string =>
        `'${text.replaceAll("'", "''").replaceAll('\\', open === mysqlDatabase ? '\\\\' : '\\')}'`;

      it.each([4, 5])('equals the rows, over generated data with blank units (%i)', async (seed) => {
        await fill(generatedRows(seed, 500, manyDigits));
        for (const unitColumn of ['kind', 'quantity']) {
          const { pushed, local } = await both({ unitColumn });
          expect(local.some(({ unit }) => unit === null)).toBe(true);
          expect(pushed).toMatchObject({ done: true });
          expect(pushed.done && pushed.days).toEqual(local);
        }
      });

      it('tells units apart by their bytes, whatever the collation', async () => {
        const type =
          open === mysqlDatabase ? 'varchar(40) character set utf8mb4 collate utf8mb4_general_ci' : 'varchar(40)';
        const values = [...NASTY_UNITS, ...NASTY_UNITS].map(quoted).concat('null');
        const { pushed, local } = await units(type, column('x', 'text'), values);
        expect(new Set(local.map(({ unit }) => unit))).toEqual(new Set([...NASTY_UNITS, null]));
        expect(pushed).toMatchObject({ done: true });
        expect(pushed.done && pushed.days).toEqual(local);
      });

      it('types a unit as the rows would', async () => {
        const columns = open === mysqlDatabase ? ['int(5) zerofill', 'decimal(10,2)', 'bigint'] : ['numeric', 'bigint'];
        for (const type of columns) {
          const { pushed, local } = await units(type, column('x', 'integer'), ['7', '42', '7', '0']);
          expect(local.map(({ unit }) => unit)).toContain('42');
          expect(pushed).toMatchObject({ done: true, days: local });
        }
        const { pushed, local } = await units('bigint', column('x', 'text'), ['7', '-42', 'null']);
        expect(pushed).toMatchObject({ done: true, days: local });
      });

      it('says no for units that the rows might tell apart otherwise', async () => {
        const reasonFor = async (type: string, spec: ColumnSpec, values: readonly string[]) => {
          const { pushed } = await units(type, spec, values);
          return pushed.done ? '' : pushed.reason;
        };
        expect(await reasonFor('char(5)', column('x', 'text'), ["'a'"])).toMatch(
          open === mysqlDatabase ? /^$/ : /told apart by "x"|is a character/,
        );
        expect(await reasonFor('date', column('x', 'text'), ["'2026-01-01'"])).toMatch(
          /told apart by "x", which is a date/,
        );
        expect(await reasonFor('varchar(20)', column('x', 'text'), ["'a'", "'#N/A'"])).toMatch(/spreadsheet/);
        expect(await reasonFor('decimal(5,1)', column('x', 'integer'), ['1.5'])).toMatch(/fraction/);
        expect(await reasonFor('decimal(5,1)', column('x', 'decimal'), ['1.5'])).toMatch(/neither text nor integer/);
        const long = (end: string): string => `concat(repeat('x', 1100), '${end}')`;
        const { pushed, local } = await units('text', column('x', 'text'), [long('a'), "'y'", "'y'", long('b')]);
        expect(local).toHaveLength(4);
        if (open === mysqlDatabase)
          expect(pushed).toMatchObject({ done: false, reason: expect.stringMatching(/too long/) });
        else expect(pushed).toMatchObject({ done: true, days: local });
      });
    });

    it('gives no day where no row is', async () => {
      await fill([]);
      expect((await both()).pushed).toMatchObject({ done: true, days: [] });
    });

    it('says no for times that the clocks skip, and not for those beside them', async () => {
      const timeZone = 'Europe/Berlin';
      const ask = async (time: string) => {
        await fill([`'${time}', 1, 1, 'x', true, '2026-01-01'`]);
        const window = { start: '2026-03-01', end: '2026-04-01' };
        const { pushed, rejected } = await both({ timeZone, columns: GENERATED(timeZone), window });
        return [pushed.done, rejected];
      };
      expect(await ask('2026-03-29 01:59:59')).toEqual([true, 0]);
      expect(await ask('2026-03-29 02:00:00')).toEqual([false, 1]);
      expect(await ask('2026-03-29 03:00:00')).toEqual([true, 0]);
    });

    it('says no for a row without a time', async () => {
      await fill(["null, 1, 1, 'x', true, '2026-01-01'"]);
      expect(await both()).toMatchObject({
        pushed: { done: false, reason: expect.stringMatching(/no time/) },
        rejected: 1,
      });
    });

    it('says no for a blank in a required column', async () => {
      expect(await only('integer', column('x', 'integer', { required: true }), ['1', 'null'])).toMatchObject({
        pushed: { done: false, reason: '"x" is required and blank (2026-01-05)' },
        rejected: 1,
      });
    });

    it('says no for a fraction in a column of whole numbers, and not for 2.00', async () => {
      const spec = column('x', 'integer');
      const sum = [{ kind: 'sum', column: 'x', where: [] }] as const;
      expect(await only('decimal(10,2)', spec, ['1.00', '2.50'], sum)).toMatchObject({
        pushed: { done: false },
        rejected: 1,
      });
      const { pushed, local } = await only('decimal(10,2)', spec, ['1.00', '2.00'], sum);
      expect(pushed).toMatchObject({ done: true, days: local });
    });

    it('says no for the sum of an approximate column, and not for the count beside it', async () => {
      const spec = column('x', 'decimal');
      const { pushed } = await only('real', spec, ['0.1'], [{ kind: 'sum', column: 'x', where: [] }]);
      expect(pushed).toMatchObject({ done: false, reason: expect.stringMatching(/approximate/) });
      expect((await only('real', spec, ['0.1'])).pushed).toMatchObject({ done: true });
    });

    it.each([
      ['text', column('x', 'decimal'), /not a number/],
      ['varchar(20)', column('x', 'date'), /not a date/],
      ['integer', column('x', 'boolean'), /another number/],
      ['text', column('x', 'text'), /spreadsheet/],
      ['moment', column('x', 'datetime', { timeZone: 'Europe/Berlin' }), /do not exist/],
    ] as const)('says no for %s read as $1.type', async (type, spec, reason) => {
      const value = {
        text: "'\t#DIV/0! '",
        'varchar(20)': "'2026-01-01'",
        integer: '2',
        moment: "'2026-03-29 02:30:00'",
      }[type];
      expect((await only(type === 'moment' ? moment : type, spec, [value])).pushed).toMatchObject({
        done: false,
        reason: expect.stringMatching(reason),
      });
    });
  });
});

describe.skipIf(mysqlAddress === undefined)('what only MySQL has', () => {
  let database: ServerDatabase;
  beforeAll(async () => {
    database = await mysqlDatabase();
  });
  afterAll(() => database.drop());

  const ask = async (
    definition: string,
    values: readonly string[],
    columns: readonly ColumnSpec[],
    change: Partial<Asked> = {},
  ) => {
    await database.run(
      `drop table if exists t; create table t (${definition}); insert into t values (${values.join('), (')})`,
    );
    return bothWays(
      database.connection,
      asked({ columns, timeColumn: 'd', aggregations: AGGREGATIONS.slice(0, 1), ...change }),
    );
  };

  it.each(["'0000-00-00'", "'2026-01-00'", "'2026-00-10'", "'2026-02-31'"])('days that are none: %s', async (day) => {
    const window = { start: '2026-01-01', end: '2026-03-05' };
    const columns = [column('d', 'date'), column('x', 'date')];
    const good = "'2026-01-05', '2026-01-05'";
    const asDate = await ask('d date, x date', [good, `'2026-01-06', ${day}`], columns, { window });
    expect(asDate).toMatchObject({ pushed: { done: false }, rejected: 1 });
    const asTime = await ask('d date, x date', [good, `${day}, '2026-01-06'`], columns, { window });
    expect(asTime).toMatchObject({ pushed: { done: false }, rejected: 1 });
    const asDateTime = await ask(
      'd datetime, x date',
      [good, `${day}, '2026-01-06'`],
      [column('d', 'datetime'), column('x', 'date')],
      { window },
    );
    expect(asDateTime).toMatchObject({ pushed: { done: false }, rejected: 1 });
  });

  it('texts in another character set, and sums of unsigned and narrow numbers', async () => {
    const columns = [column('d', 'datetime'), column('x', 'text'), column('n', 'integer'), column('s', 'decimal')];
    const { pushed, local } = await ask(
      'd timestamp null, x varchar(20) character set latin1, n bigint unsigned, s decimal(45,30)',
      [
        "'2026-01-05 23:59:59', 'Größe', 18446744073709551615, 0.000000000000000000000000000001",
        "'2026-01-05', 'GRÖSSE', 18446744073709551615, 999999999999999.999999999999999999999999999999",
      ],
      columns,
      {
        aggregations: [
          { kind: 'count', where: filter("x = 'Größe'") },
          { kind: 'sum', column: 'n', where: [] },
          { kind: 'sum', column: 's', where: [] },
        ],
      },
    );
    expect(pushed).toMatchObject({ done: true, days: local });
    expect(local[0]?.parts.map(({ sum }) => sum)).toEqual([undefined, '36893488147419103230', '1000000000000000']);
  });

  it('reads a TIMESTAMP as the instant it is, and leaves its days to the rows outside UTC', async () => {
    await database.run("set time_zone = '+00:00'");
    const berlin = [column('d', 'datetime', { timeZone: 'Europe/Berlin' }), column('x', 'integer')];
    const values = ["'2026-07-31 22:30:00', 100", "'2026-07-31 21:59:59', 7", "'2026-03-29 02:30:00', 1"];
    const change = {
      window: { start: '2026-03-01', end: '2026-09-01' },
      aggregations: [{ kind: 'sum', column: 'x', where: [] }] as const,
    };
    const inBerlin = await ask('d timestamp null, x int', values, berlin, { ...change, timeZone: 'Europe/Berlin' });
    expect(inBerlin.rejected).toBe(0);
    expect(inBerlin.local.map(({ date, parts }) => [date, parts[0]?.sum])).toEqual([
      ['2026-03-29', '1'],
      ['2026-07-31', '7'],
      ['2026-08-01', '100'],
    ]);
    expect(inBerlin.pushed).toEqual({
      done: false,
      reason: 'column "d" has its days in UTC, the site in Europe/Berlin',
    });
    const inUtc = await ask('d timestamp null, x int', values, berlin, change);
    expect(inUtc.local.map(({ date }) => date)).toEqual(['2026-03-29', '2026-07-31']);
    expect(inUtc.pushed).toMatchObject({ done: true, days: inUtc.local });
  });

  it('says no for a TIMESTAMP read as a day, whose rows are rejected', async () => {
    const { pushed, rejected } = await ask('d timestamp null', ["'2026-01-05 00:00:00'"], [column('d', 'date')]);
    expect(pushed).toEqual({ done: false, reason: 'column "d" is a timestamp, not a date' });
    expect(rejected).toBe(1);
  });

  it('says no for a sum that could pass the 65 digits it has', async () => {
    const columns = [column('d', 'date'), column('n', 'decimal')];
    const sum = [{ kind: 'sum', column: 'n', where: [] }] as const;
    const { pushed } = await ask('d date, n decimal(65,0)', [`'2026-01-05', ${'9'.repeat(65)}`], columns, {
      aggregations: sum,
    });
    expect(pushed).toMatchObject({ done: false, reason: expect.stringMatching(/all its digits/) });
  });
});

describe.skipIf(postgresAddress === undefined)('what only PostgreSQL has', () => {
  let database: ServerDatabase;
  beforeAll(async () => {
    database = await postgresDatabase();
  });
  afterAll(() => database.drop());

  const ask = async (
    definition: string,
    values: readonly string[],
    columns: readonly ColumnSpec[],
    change: Partial<Asked> = {},
  ) => {
    await database.run(
      `drop table if exists t; create table t (${definition}); insert into t values (${values.join('), (')})`,
    );
    return bothWays(
      database.connection,
      asked({ columns, timeColumn: 'd', aggregations: AGGREGATIONS.slice(0, 1), ...change }),
    );
  };

  it.each([
    ['numeric', "'NaN'", 'decimal'],
    ['real', "'NaN'", 'decimal'],
    ['double precision', "'-Infinity'", 'decimal'],
    ['numeric', `1e1000 + 1`, 'decimal'],
    ['date', "'infinity'", 'date'],
    ['date', "'0044-03-15 BC'", 'date'],
    ['timestamptz', "'-infinity'", 'datetime'],
    ['numeric', "'NaN'", 'text'],
    ['timestamp', "'infinity'", 'text'],
  ] as const)('says no for a %s that is %s, in the window and beside it', async (type, value, readAs) => {
    const columns = [column('d', 'datetime'), column('x', readAs)];
    const inside = await ask(`d timestamp, x ${type}`, [`'2026-01-05', ${value}`], columns);
    expect(inside).toMatchObject({ pushed: { done: false }, rejected: 1 });
    const beside = await ask(`d timestamp, x ${type}`, [`'2026-02-01', ${value}`], columns);
    expect(beside.pushed.done).toBe(beside.rejected === 0);
  });

  it('takes instants in UTC, and says no for the days of another zone', async () => {
    const columns = [column('d', 'datetime', { timeZone: 'Europe/Berlin' }), column('x', 'integer')];
    const rows = ["'2026-01-05 00:30:00+02', 1", "'2026-01-04 23:59:59.999999+00', 2", "'2026-02-01 00:00:00+01', 3"];
    const { pushed, local } = await ask('d timestamptz, x smallint', rows, columns);
    expect(local.map(({ date, rows: count }) => [date, count])).toEqual([
      ['2026-01-04', 2],
      ['2026-01-31', 1],
    ]);
    expect(pushed).toMatchObject({ done: true, days: local });
    const elsewhere = await ask('d timestamptz, x smallint', rows, columns, { timeZone: 'Europe/Berlin' });
    expect(elsewhere.pushed).toEqual({
      done: false,
      reason: 'column "d" has its days in UTC, the site in Europe/Berlin',
    });
  });

  it('compares padded texts by the rows, without their padding', async () => {
    const aggregations = [{ kind: 'count', where: filter("x = 'paid'") }] as const;
    const columns = [column('d', 'date'), column('x', 'text')];
    const { local } = await ask('d date, x char(10)', ["'2026-01-05', 'paid'", "'2026-01-05', 'open'"], columns, {
      aggregations,
    });
    expect(local[0]?.parts[0]?.tally).toEqual({ used: 1, filtered: 1, blank: 0 });
  });

  it('places an instant in the days of the site, whatever zone its column declares', async () => {
    const columns = [column('d', 'datetime', { timeZone: 'Europe/Berlin' })];
    const window = { start: '2026-07-01', end: '2026-09-01' };
    const rows = ["'2026-07-31 22:30:00+00'", "'2026-07-31 21:59:59.999999+00'"];
    const { local } = await ask('d timestamptz', rows, columns, { timeZone: 'Europe/Berlin', window });
    expect(local.map(({ date }) => date)).toEqual(['2026-07-31', '2026-08-01']);
  });

  it('says no for padded texts, arrays and money', async () => {
    for (const [type, value] of [
      ['char(5)', "'a'"],
      ['text[]', "'{a}'"],
      ['money', '1'],
    ] as const) {
      const { pushed } = await ask(
        `d date, x ${type}`,
        [`'2026-01-05', ${value}`],
        [column('d', 'date'), column('x', 'text')],
      );
      expect(pushed).toMatchObject({ done: false, reason: expect.stringMatching(/column "x" is a/) });
    }
  });
});
