// The real client over HTTP against the local stand-in: what becomes of each kind of cell, range and header.
import { describe, expect, it } from 'vitest';
import type { SheetsExtract } from '#connectors/google-sheets/options.js';
import type { Layout } from '#connectors/sdk/layout/layout-options.js';
import type { ReadRequest } from '#connectors/sdk/types.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import type { StandInCell, StandInTab } from '../../../demo/sheets-server/spreadsheet-data.js';
import { readAll, request } from '../read-all.js';
import { extract, failureOf, spreadsheet, tab, withSite } from './sheets-site.js';

const spec = (type: ColumnSpec['type'], change: Partial<ColumnSpec> = {}): ColumnSpec => ({
  name: 'x',
  sourceName: 'x',
  type,
  timeZone: 'Europe/Berlin',
  required: false,
  ...change,
});

const read = (
  tabs: readonly StandInTab[],
  options: SheetsExtract,
  columns: readonly string[],
  change: Partial<ReadRequest<SheetsExtract>> = {},
  sheet: Parameters<typeof spreadsheet>[1] = {},
) => withSite(spreadsheet(tabs, sheet), ({ source }) => readAll(source, request(options, columns, change)));

/** One cell under the heading `x`, read by a column. */
async function cell(value: StandInCell, column?: ColumnSpec, sheet: Parameters<typeof spreadsheet>[1] = {}) {
  const change = column === undefined ? {} : { columnSpecs: [column] };
  const { rows, rejects } = await read(
    [
      tab([
        ['x', 'id'],
        [value, 'a'],
      ]),
    ],
    extract(),
    ['x'],
    change,
    sheet,
  );
  return rejects[0] === undefined ? rows[0]?.[0] : `${rejects[0].rule} ${rejects[0].locator} ${rejects[0].raw}`;
}

describe('cells', () => {
  it.each([
    ['0.1', '0.1'],
    ['-0.30000000000000004', '-0.30000000000000004'],
    ['1.2345678901234568E16', '12345678901234568'],
    ['1.5e-7', '0.00000015'],
    ['9223372036854775808', '9223372036854775808'],
    ['-0', '0'],
    ['1e400', '1e400'.replace('1e400', `1${'0'.repeat(400)}`)],
  ])('keep the digits of the number %s', async (number, expected) => {
    expect(await cell({ number })).toBe(expected);
  });

  it('write a number as its column is read, so that 1.234 is not taken for 1234', async () => {
    expect(await cell(1.234, spec('decimal', { locale: 'de-DE' }))).toBe('1,234');
    expect(await cell(1.234, spec('decimal'))).toBe('1.234');
  });

  it('leave text numbers to the locale of the column', async () => {
    expect(await cell('1.234,50', spec('decimal', { locale: 'de-DE' }))).toBe('1.234,50');
  });

  it('write 1.234 so that no locale can misread it where the locale is not known', async () => {
    const { rows } = await read([tab([['x'], [1.234]])], extract(), ['x'], { columnTypes: ['decimal'] });
    expect(rows).toEqual([['1.2340']]);
  });

  it('are blank and not 0 where there is nothing, and keep 0 where there is 0', async () => {
    expect(await cell(null, spec('decimal'))).toBeNull();
    expect(await cell('', spec('decimal'))).toBeNull();
    expect(await cell(0, spec('decimal'))).toBe('0');
  });

  it('are words for yes and no, those of the column where it has some', async () => {
    expect(await cell(true)).toBe('true');
    expect(await cell(false, spec('boolean', { words: { true: ['ja'], false: ['nein'] } }))).toBe('nein');
  });

  it.each(['#N/A', '#REF!', '#DIV/0!', '#VALUE!', '#NAME?', '#NUM!', '#NULL!', '#ERROR!', 'Loading...'])(
    'reject %s with its code and place',
    async (error) => {
      expect(await cell({ error }, spec('decimal'))).toBe(`error_token Data!A2 ${error}`);
      expect(await cell({ error }, spec('text'))).toBe(`error_token Data!A2 ${error}`);
    },
  );

  it('leave a failed formula alone in a column nobody asked for', async () => {
    const { rows, rejects } = await read(
      [
        tab([
          ['x', 'y'],
          [1, { error: '#N/A' }],
        ]),
      ],
      extract(),
      ['x'],
    );
    expect([rows, rejects]).toEqual([[['1']], []]);
  });
});

describe('percentages', () => {
  const percent = (type: 'points' | 'fraction', change: Partial<ColumnSpec> = {}): ColumnSpec =>
    spec('decimal', { percent: type, ...change });

  it('stored as numbers are written with their sign, as the fraction they are', async () => {
    expect(await cell(0.12, percent('fraction'))).toBe('12%');
    expect(await cell({ number: '-0.125' }, percent('fraction', { locale: 'de-DE' }))).toBe('-12,5%');
    expect(await cell({ number: '1.5e-7' }, percent('fraction'))).toBe('0.000015%');
    expect(await cell(7, percent('fraction'))).toBe('700%');
    expect(await cell('12 %', percent('fraction'))).toBe('12 %');
  });

  it('in points may be a hundredth of them, and are rejected, save 0 and texts', async () => {
    expect(await cell(0.12, percent('points'))).toBe('ambiguous_number Data!A2 0.12');
    expect(await cell(12, percent('points'))).toBe('ambiguous_number Data!A2 12');
    expect(await cell(0, percent('points'))).toBe('0');
    expect(await cell('12 %', percent('points'))).toBe('12 %');
  });

  it('beyond all numbers are left to the column to reject, and never 0', async () => {
    const written = (await cell({ number: '1e9999' }, percent('fraction'))) ?? '';
    expect(createCellReader(percent('fraction'))(written)).toMatchObject({ ok: false });
  });
});

describe('dates', () => {
  const serial = (value: number | string): StandInCell => ({ serial: value, shown: 'as shown' });

  it.each([
    [46_023, '2026-01-01'],
    [2, '1900-01-01'],
    [60, '1900-02-28'],
    [61, '1900-03-01'],
    [2_958_465, '9999-12-31'],
  ])('are days since 1899-12-30: %s', async (value, expected) => {
    expect(await cell(serial(value), spec('date'))).toBe(expected);
  });

  it.each([1.5, -3, 0, 2_958_466, '1e300'])('are rejected before 1900 and after 9999: %s', async (value) => {
    expect(await cell(serial(value), spec('date'))).toMatch(/^impossible_date Data!A2 /);
  });

  it('with a time of day are rejected in a column of days', async () => {
    expect(await cell(serial(46_023.5), spec('date'))).toBe('date_grammar Data!A2 46023.5');
  });

  it('are written by the pattern of the column', async () => {
    expect(await cell(serial(46_027), spec('date', { pattern: 'd.M.yyyy' }))).toBe('5.1.2026');
    expect(await cell(serial(46_023), spec('date', { pattern: "yyyy-'W'MM" }))).toBe('2026-W01');
  });

  it('in digits alone are read by the pattern and not as serials', async () => {
    expect(await cell(202_603, spec('date', { pattern: 'yyyyMM' }))).toBe('202603');
    expect(await cell(20_260_301, spec('date', { pattern: 'yyyyMMdd' }))).toBe('20260301');
  });

  it.each(['dd.MM.yy', 'd MMMM yyyy', 'd. MMM yyyy', 'serial', 'yyyyMMdd', undefined])(
    'are dates whatever pattern the column has for its texts: %s',
    async (pattern) => {
      const column = spec('date', { century: 2000, locale: 'de-DE', ...(pattern === undefined ? {} : { pattern }) });
      const written = (await cell(serial(46_082), column)) ?? '';
      expect(createCellReader(column)(written)).toEqual({ ok: true, value: '2026-03-01' });
    },
  );

  it('that a pattern cannot say are rejected', async () => {
    expect(await cell(serial(46_083), spec('date', { pattern: 'yyyy-MM' }))).toBe('date_grammar Data!A2 46083');
    const old = spec('date', { pattern: 'dd.MM.yy', century: 2000 });
    expect(await cell(serial(36_000), old)).toBe('date_grammar Data!A2 36000');
  });

  it('counted from 1904 by the column, and by the spreadsheet from 1899, are rejected', async () => {
    expect(await cell(serial(46_082), spec('date', { pattern: 'serial-1904' }))).toBe('ambiguous_number Data!A2 46082');
    expect(await cell('44620', spec('date', { pattern: 'serial-1904' }))).toBe('44620');
  });

  it.each([1900, 2026, 2199])('that look like a bare year are rejected: %s', async (year) => {
    for (const column of [spec('date'), spec('datetime'), spec('date', { pattern: 'serial' })])
      expect(await cell(year, column)).toBe(`ambiguous_number Data!A2 ${year}`);
    expect(await cell(year, spec('integer'))).toBe(String(year));
  });

  it('beside bare years are dates: 1899 and 2200 days', async () => {
    expect(await cell(serial(1899), spec('date'))).toBe('1905-03-13');
    expect(await cell(serial(2200), spec('date'))).toBe('1906-01-08');
  });

  it('with a time are written to the second or minute of the pattern, and as they are by serial', async () => {
    const half = '46082.50052083333';
    const at = (pattern: string) => cell(serial(half), spec('datetime', { pattern }));
    expect(await at('dd.MM.yyyy HH:mm:ss')).toBe('01.03.2026 12:00:45');
    expect(await at('dd.MM.yyyy HH:mm')).toBe('01.03.2026 12:00');
    expect(await at('serial')).toBe(half);
    expect(await cell(serial(46_110 + 2.5 / 24), spec('datetime', { pattern: 'dd.MM.yyyy HH:mm' }))).toMatch(
      /^zone_gap/,
    );
  });

  it('as text stay text for the pattern', async () => {
    expect(await cell('01.03.2026', spec('date', { pattern: 'dd.MM.yyyy' }))).toBe('01.03.2026');
  });

  it.each([
    ['Europe/Berlin', 46_023.5, '2026-01-01T11:00:00Z'],
    ['Etc/GMT', 46_023.5, '2026-01-01T12:00:00Z'],
    ['GMT-07:00', 46_023.5, '2026-01-01T12:00:00-07:00'],
    ['America/New_York', '46023.750011574', '2026-01-01T23:00:01Z'],
    ['UTC', '46023.0000000057', '2026-01-01T00:00:00Z'],
    ['UTC', '46023.0000000058', '2026-01-01T00:00:00.001Z'],
    ['UTC', '46023.999999999', '2026-01-02T00:00:00Z'],
  ])('with a time are instants of the zone of the spreadsheet: %s %s', async (timeZone, value, expected) => {
    expect(await cell(serial(value), spec('datetime'), { timeZone })).toBe(expected);
  });

  it('in the hour that the clocks skip are rejected, in the hour that comes twice the first is taken', async () => {
    expect(await cell(serial(46_110 + 2.5 / 24), spec('datetime'))).toMatch(/^zone_gap Data!A2/);
    expect(await cell(serial('46320.1041666667'), spec('datetime'))).toBe('2026-10-25T00:30:00Z');
  });

  it('in a column of an unknown type are numbers', async () => {
    expect(await cell(serial(46_023))).toBe('46023');
  });
});

describe('tables', () => {
  it('pad ragged rows, skip and count blank ones, keep hidden ones', async () => {
    const cells = [['a', 'b', 'c'], [1, 2, 3], [4], [], [null, null, null], [5, null, 6]];
    const result = await read([tab(cells, { hiddenRows: [2] })], extract(), ['a', 'b', 'c']);
    expect(result.rows).toEqual([
      ['1', '2', '3'],
      ['4', null, null],
      ['5', null, '6'],
    ]);
    expect([result.skipped, result.seen]).toEqual([{ blank_line: 2 }, 5]);
    expect(result.places).toEqual(['Data!A2', 'Data!A3', 'Data!A6']);
  });

  it('are found away from A1, by cells or with the blank rows above counted', async () => {
    const tabs = [
      tab(
        [
          ['a', 'b'],
          [1, { error: '#REF!' }],
          [2, 3],
        ],
        { at: 'C5', title: "Q1 'net'" },
      ),
    ];
    const byCells = await read(tabs, extract({ tab: "Q1 'net'", range: 'C5:D' }), ['b']);
    expect(byCells.rows).toEqual([['3']]);
    expect(byCells.rejects.map(({ locator }) => locator)).toEqual(["'Q1 ''net'''!D6"]);
    const whole = await read(tabs, extract({ tab: "Q1 'net'" }), ['a']);
    expect([whole.rows, whole.skipped]).toEqual([[['1'], ['2']], { blank_line: 4 }]);
  });

  it('are found by the number of a tab, and by a named range', async () => {
    const tabs = [tab([['other']]), tab([['x'], [7]], { sheetId: 815, title: 'Renamed', at: 'B2' })];
    expect((await read(tabs, extract({ tab: undefined, sheet_id: 815 }), ['x'])).rows).toEqual([['7']]);
    const named = { namedRanges: { sales: { tab: 'Renamed', range: 'B2:B3' } } };
    const result = await read(tabs, extract({ range: 'sales' }), ['x'], {}, named);
    expect([result.rows, result.places]).toEqual([[['7']], ['Renamed!B3']]);
  });

  it('without rows below the header have no rows; an empty range has no header', async () => {
    expect((await read([tab([['x']])], extract(), ['x'])).rows).toEqual([]);
    const failure = await failureOf(read([tab([])], extract(), ['x']));
    expect(failure).toMatchObject({ kind: 'layout', code: 'SOURCE_HEADER_UNREADABLE' });
    expect(failure.message).toContain('Data!A1');
  });

  it('name the nearest column where one is missing', async () => {
    const failure = await failureOf(
      read(
        [
          tab([
            ['Revenue', 'x'],
            [1, 2],
          ]),
        ],
        extract(),
        ['Revenu'],
      ),
    );
    expect(failure).toMatchObject({ kind: 'layout', code: 'SOURCE_COLUMN_MISSING' });
    expect(failure.message).toContain('did you mean "Revenue"');
  });

  it('mind a duplicate heading only where it is asked for, and columns without one never', async () => {
    const cells = [
      ['x', 'twice', null, 'twice'],
      [1, 2, 3, 4],
    ];
    expect((await read([tab(cells)], extract(), ['x'])).rows).toEqual([['1']]);
    const failure = await failureOf(read([tab(cells)], extract(), ['twice']));
    expect(failure.message).toContain('"twice" is there 2 times');
  });

  it('join a header of several rows, a heading merged across counting for each column', async () => {
    const cells = [
      ['Region', 'North', null, 'South'],
      [null, 'plan', 'actual', 'plan '],
      ['EU', 1, 2, 3],
    ];
    const options = extract({ header_rows: 2, header_join: ' / ' });
    const result = await read([tab(cells, { merges: ['B1:C1'] })], options, [
      'Region',
      'North / actual',
      'South / plan',
    ]);
    expect(result.rows).toEqual([['EU', '2', '3']]);
  });

  it('without a header name their columns by letters', async () => {
    const options = extract({ header_rows: 0, range: 'B2:C', tab: 'Data' });
    const result = await read(
      [
        tab(
          [
            [1, 2],
            [3, 4],
          ],
          { at: 'B2' },
        ),
      ],
      options,
      ['C'],
    );
    expect(result.rows).toEqual([['2'], ['4']]);
  });

  it('have the value of merged cells in the first of them alone, and say so', async () => {
    const result = await read(
      [
        tab(
          [
            ['x', 'y'],
            ['a', 1],
            [null, 2],
          ],
          { merges: ['A2:A3'] },
        ),
      ],
      extract(),
      ['x', 'y'],
    );
    expect(result.rows).toEqual([
      ['a', '1'],
      [null, '2'],
    ]);
    expect(result.summary.notes).toEqual([expect.stringContaining("'Data'!A2:A3")]);
  });

  it('give the same digest when nothing changed, another when a cell did', async () => {
    const digest = async (value: number) => (await read([tab([['x'], [value]])], extract(), ['x'])).summary.digest;
    expect(await digest(1)).toBe(await digest(1));
    expect(await digest(1)).not.toBe(await digest(2));
  });

  it('come in bounded batches, and stop at the limit of rows', async () => {
    const cells = [['x'], ...Array.from({ length: 12_000 }, (_, index) => [index])];
    const result = await read([tab(cells)], extract(), ['x']);
    expect([result.batches, result.seen]).toEqual([3, 12_000]);
    const limits = { maxRows: 100, maxBytes: 10_000_000, timeoutMs: 30_000 };
    expect(await failureOf(read([tab(cells)], extract(), ['x'], { limits }))).toMatchObject({
      kind: 'data',
      code: 'SOURCE_LIMIT_EXCEEDED',
    });
  });
});

describe('layouts', () => {
  it('pivot dates that stand across, as serials too', async () => {
    const head: StandInCell[] = ['Measure', { serial: 46_023, shown: 'Jan' }, { serial: 46_054, shown: 'Feb' }];
    const options = extract({ layout: { kind: 'pivot', keep: ['Measure'] } });
    const result = await read(
      [tab([head, ['sales', 1.5, null], ['cost', 2, 3]])],
      options,
      ['Measure', 'time', 'value'],
      {
        columnSpecs: [spec('text'), spec('date'), spec('decimal', { locale: 'de-DE' })],
      },
    );
    expect(result.rows).toEqual([
      ['sales', '2026-01-01', '1,5'],
      ['cost', '2026-01-01', '2'],
      ['cost', '2026-02-01', '3'],
    ]);
    expect(result.places).toEqual(['Data!B2', 'Data!B3', 'Data!C3']);
    expect(result.skipped).toEqual({ blank_cell: 1 });
  });

  it('reject the cells under a heading that is a bare year, or failed', async () => {
    const head: StandInCell[] = ['Measure', 2025, { error: '#REF!' }, { serial: 46_054, shown: 'Feb' }];
    const result = await read(
      [tab([head, ['sales', 1, 2, 3], ['cost', null, null, 4]])],
      extract({ layout: { kind: 'pivot', keep: ['Measure'] } }),
      ['time', 'value'],
      { columnSpecs: [spec('date', { pattern: 'serial' }), spec('decimal')] },
    );
    expect(result.rows).toEqual([
      ['46054', '3'],
      ['46054', '4'],
    ]);
    expect(result.rejects.map(({ locator, rule, raw }) => `${locator} ${rule} ${raw}`)).toEqual([
      'Data!B2 ambiguous_number 2025',
      'Data!C2 error_token #REF!',
    ]);
  });

  it.each([
    [{ error: 'Loading...' }, spec('text'), 'error_token Loading...'],
    [{ error: '#N/A' }, spec('decimal'), 'error_token #N/A'],
    [0.12, spec('decimal', { percent: 'points' }), 'ambiguous_number 0.12'],
    [2026, spec('date'), 'ambiguous_number 2026'],
  ] satisfies readonly (readonly [StandInCell, ColumnSpec, string])[])(
    'reject %o wherever it stands',
    async (bad, column, expected) => {
      const outcome = async (cells: readonly StandInCell[][], layout: Layout, columns: readonly string[]) => {
        const columnSpecs = columns.map((name) => (name === 'x' ? column : spec('text')));
        const { rows, rejects } = await read([tab(cells)], extract({ layout }), columns, { columnSpecs });
        expect(rows).toEqual([]);
        return rejects.map(({ locator, rule, raw }) => `${locator} ${rule} ${raw}`);
      };
      const across: StandInCell[][] = [
        ['k', 'Jan'],
        ['a', bad],
      ];
      const pivot: Layout = { kind: 'pivot', keep: ['k'], time: 'month', value: 'x' };
      expect(await outcome(across, pivot, ['k', 'x'])).toEqual([`Data!B2 ${expected}`]);
      const kept: Layout = { kind: 'pivot', keep: ['x'], time: 'month', value: 'v' };
      expect(
        await outcome(
          [
            ['x', 'Jan'],
            [bad, '1'],
          ],
          kept,
          ['x', 'v'],
        ),
      ).toEqual([`Data!B2 ${expected}`]);
      const cells: Layout = { kind: 'cell', cells: { y: 'A1', x: 'B2' } };
      expect(await outcome(across, cells, ['y', 'x'])).toEqual([`Data!B2 ${expected}`]);
      const first: Layout = { kind: 'cell', cells: { x: 'A1' } };
      expect(await outcome([[bad]], first, ['x'])).toEqual([`Data!A1 ${expected}`]);
      const keys: Layout = { kind: 'key_value', keys: 'k', values: 'Jan' };
      expect(
        await outcome(
          [
            ['k', 'Jan'],
            ['x', bad],
          ],
          keys,
          ['x'],
        ),
      ).toEqual([`Data!B2 ${expected}`]);
    },
  );

  it('take single cells, and keys beside values', async () => {
    const single = await read(
      [tab([['As of', { serial: 46_023, shown: '' }], [], ['Total', 7]], { at: 'B2' })],
      extract({ range: 'B2:C', tab: 'Data', layout: { kind: 'cell', cells: { total: 'B3', day: 'B1' } } }),
      ['day', 'total'],
      { columnSpecs: [spec('date'), spec('decimal')] },
    );
    expect(single.rows).toEqual([['2026-01-01', '7']]);
    const keyed = await read(
      [
        tab([
          ['key', 'value'],
          ['day', { serial: 46_023, shown: '' }],
          ['total', 7],
        ]),
      ],
      extract({ layout: { kind: 'key_value', keys: 'key', values: 'value' } }),
      ['total', 'day'],
      { columnSpecs: [spec('decimal'), spec('date')] },
    );
    expect(keyed.rows).toEqual([['7', '2026-01-01']]);
  });
});
