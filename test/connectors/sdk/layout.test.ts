import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertBalance } from '#connectors/sdk/balance.js';
import { createBatchBuilder } from '#connectors/sdk/batch-builder.js';
import { applyLayout } from '#connectors/sdk/layout/apply-layout.js';
import { createLayout } from '#connectors/sdk/layout/create-layout.js';
import { type Layout, LayoutSchema } from '#connectors/sdk/layout/layout-options.js';
import type { Batch, RawCell } from '#connectors/sdk/types.js';

const PLACE = 'sales.csv';
type Table = readonly (readonly RawCell[])[];

/** A file's batches, `null` for a record that the reader before rejected. */
async function* batchesOf(
  table: readonly (readonly RawCell[] | null)[],
  batchRows = 2,
): AsyncGenerator<Batch, string, void> {
  const batches = createBatchBuilder((line) => `${PLACE}:${line}`);
  for (const [index, cells] of table.entries()) {
    const line = index + 2;
    if (cells !== null) batches.addRow(cells, line);
    else
      batches.addReject({
        locator: `${PLACE}:${line}`,
        rule: 'broken_quote',
        raw: '"',
        message: 'broken',
        remedy: 'mend',
      });
    if (batches.size < batchRows) continue;
    const batch = batches.take();
    if (batch !== undefined) yield { ...batch, part: PLACE, repaired: { missing_cells: 1 } };
  }
  const rest = batches.take();
  if (rest !== undefined) yield { ...rest, part: PLACE };
  return 'summary';
}

async function laidOut(
  layout: unknown,
  asked: readonly string[],
  header: readonly string[],
  table: readonly (readonly RawCell[] | null)[],
  batchRows?: number,
) {
  const reader = createLayout(layout === undefined ? undefined : LayoutSchema.parse(layout), asked, PLACE);
  const source = { header: () => ({ names: header, row: 1, locator: `${PLACE}:1` }) };
  const rows: (readonly RawCell[])[] = [];
  const places: string[] = [];
  const rejects: string[] = [];
  const skipped: Record<string, number> = {};
  const parts = new Set<string | undefined>();
  let seen = 0;
  let repaired = 0;
  const laying = applyLayout(batchesOf(table, batchRows), reader, source);
  for (;;) {
    const step = await laying.next();
    if (step.done)
      return { rows, places, rejects, skipped, seen, repaired, parts, summary: step.value, notes: reader.notes() };
    const batch = step.value;
    assertBalance(batch);
    if ('bounds' in batch.rows) throw new TypeError('Rows of a layout are text');
    rows.push(...batch.rows);
    places.push(...batch.rows.map((_, index) => batch.locate(index)));
    rejects.push(...batch.rejects.map(({ locator, rule }) => `${locator} ${rule}`));
    for (const [rule, count] of Object.entries(batch.skipped)) skipped[rule] = (skipped[rule] ?? 0) + count;
    seen += batch.seen;
    repaired += batch.repaired?.['missing_cells'] ?? 0;
    parts.add(batch.part);
  }
}

describe('without a layout', () => {
  it.each([undefined, { kind: 'table' }])('a row is a row, of the asked-for columns (%j)', async (layout) => {
    const read = await laidOut(layout, ['b', 'a'], ['a', 'b', 'c'], [['1', '2', '3'], null, ['4', null, '6']]);
    expect(read.rows).toEqual([
      ['2', '1'],
      [null, '4'],
    ]);
    expect(read).toMatchObject({
      places: ['sales.csv:2', 'sales.csv:4'],
      rejects: ['sales.csv:3 broken_quote'],
      seen: 3,
    });
    expect(read.summary).toBe('summary');
    expect(read.repaired).toBe(1);
    expect([...read.parts]).toEqual([PLACE]);
  });
});

describe('dates across', () => {
  const pivot = { kind: 'pivot', keep: ['Indicator'], time: 'month', value: 'amount' };
  const header = ['Indicator', 'Jan-26', 'Feb-26'];

  it('makes a row of each cell under a date, at the place of the cell', async () => {
    const read = await laidOut(pivot, ['month', 'amount', 'Indicator'], header, [
      ['Churn', '1', '2'],
      ['NPS', '30', '31'],
    ]);
    expect(read.rows).toEqual([
      ['Jan-26', '1', 'Churn'],
      ['Feb-26', '2', 'Churn'],
      ['Jan-26', '30', 'NPS'],
      ['Feb-26', '31', 'NPS'],
    ]);
    expect(read.places[1]).toBe('sales.csv:2 column "Feb-26"');
    expect(read.places[2]).toBe('sales.csv:3 column "Jan-26"');
  });

  it('skips blank cells by rule, and never makes them 0', async () => {
    const read = await laidOut(pivot, ['amount'], header, [
      ['Churn', null, ' '],
      ['NPS', '0', ''],
    ]);
    expect(read).toMatchObject({ rows: [['0']], skipped: { blank_cell: 3 }, seen: 4 });
  });

  it('takes a short record for blank at its end', async () => {
    expect(await laidOut(pivot, ['amount'], header, [['Churn', '7']])).toMatchObject({
      rows: [['7']],
      skipped: { blank_cell: 1 },
    });
  });

  it('takes only headings of the pattern, and notes the columns it leaves out', async () => {
    const read = await laidOut(
      { ...pivot, pattern: 'yyyy-MM' },
      ['month', 'amount'],
      ['Total', '2026-01', 'Indicator', '2026-02'],
      [['9', '1', 'Churn', '2']],
    );
    expect(read.rows).toEqual([
      ['2026-01', '1'],
      ['2026-02', '2'],
    ]);
    expect(read.notes).toEqual(['columns that are neither kept nor dates: "Total"']);
    const iso = await laidOut(
      { ...pivot, pattern: 'iso' },
      ['month'],
      ['Indicator', '2026-01-01', 'Sum'],
      [['Churn', '1', '2']],
    );
    expect(iso.rows).toEqual([['2026-01-01']]);
    const serial = await laidOut(
      { ...pivot, pattern: 'serial' },
      ['month'],
      ['Indicator', '46023', '12'],
      [['Churn', '1', '2']],
    );
    expect(serial.rows).toEqual([['46023']]);
  });

  it.each([
    ['two headings that are one text', pivot, ['Indicator', 'Jan-26', 'Jan-26'], '"Jan-26" and "Jan-26" are one date'],
    [
      'two headings that are one date',
      { ...pivot, pattern: 'M/yyyy' },
      ['Indicator', '1/2026', '01/2026'],
      '"1/2026" and "01/2026" are one date',
    ],
    ['no heading that is a date', { ...pivot, pattern: 'yyyy-MM' }, header, 'no heading is written like "yyyy-MM"'],
    ['nothing but kept columns', pivot, ['Indicator'], 'no heading is to the right'],
    ['a kept column that is gone', pivot, ['Indicators', 'Jan-26'], 'did you mean "Indicators"'],
    ['a kept column that is there twice', pivot, ['Indicator', 'Indicator', 'Jan-26'], '"Indicator" is there 2 times'],
  ])('refuses %s', async (_, layout, names, message) => {
    const reading = laidOut(layout, ['amount'], names, [['a', '1', '2']]);
    await expect(reading).rejects.toMatchObject({
      kind: 'layout',
      code: message.endsWith('2 times') ? 'SOURCE_COLUMN_AMBIGUOUS' : 'SOURCE_COLUMN_MISSING',
      message: expect.stringContaining(message),
    });
  });

  it('refuses to be asked for a column that it does not make', () => {
    expect(() => createLayout(LayoutSchema.parse(pivot), ['months'], PLACE)).toThrow('did you mean "month"');
  });

  it('rejects a value without a heading, but not an empty column', async () => {
    const read = await laidOut(pivot, ['amount'], [...header, '', ''], [['Churn', '1', '2', '99', null]]);
    expect(read).toMatchObject({ rejects: ['sales.csv:2 column "" column_count'], seen: 3 });
  });

  it('gives batches of bounded size, however many dates there are', async () => {
    const dates = Array.from({ length: 6_000 }, (_, index) => `d${index}`);
    const reader = createLayout(LayoutSchema.parse(pivot), ['amount'], PLACE);
    const names = ['Indicator', ...dates];
    const source = { header: () => ({ names, row: 1, locator: `${PLACE}:1` }) };
    const sizes: number[] = [];
    for await (const batch of applyLayout(batchesOf([['Churn', ...dates]]), reader, source))
      sizes.push(batch.rows.length);
    expect(sizes).toEqual([5_000, 1_000]);
  });

  it('closes the file when it is left early', async () => {
    let isClosed = false;
    async function* watched(): AsyncGenerator<Batch, string, void> {
      try {
        return yield* batchesOf(
          [
            ['Churn', '1', '2'],
            ['NPS', '1', '2'],
          ],
          1,
        );
      } finally {
        isClosed = true;
      }
    }
    const reader = createLayout(LayoutSchema.parse(pivot), ['amount'], PLACE);
    for await (const _ of applyLayout(watched(), reader, { header: () => ({ names: header, row: 1, locator: '' }) }))
      break;
    expect(isClosed).toBe(true);
  });
});

describe('single cells', () => {
  const layout = { kind: 'cell', cells: { amount: 'B3', as_of: 'A1', far: 'AA2' } };

  it('makes one row of them, at the place of the first', async () => {
    const wide = Array.from({ length: 27 }, (_, index) => `c${index}`);
    const read = await laidOut(
      layout,
      ['as_of', 'amount', 'far'],
      ['2026-01-31', 'x'],
      [wide, ['y', '42'], ['z', '43']],
    );
    expect(read).toMatchObject({ rows: [['2026-01-31', '42', 'c26']], skipped: { outside_cells: 1 }, seen: 2 });
    expect(read.places).toEqual(['sales.csv:3 column "x"']);
  });

  it('takes places below the last row for blank and says so', async () => {
    const read = await laidOut(layout, ['as_of', 'amount'], ['2026-01-31'], []);
    expect(read.rows).toEqual([['2026-01-31', null]]);
    expect(read.notes).toContain('"amount": B3 lies below the last row (1), taken as blank');
  });

  it('makes no row of nothing', async () => {
    expect(await laidOut(layout, ['amount'], [], [])).toMatchObject({ rows: [], seen: 0 });
  });

  it('makes no row when a cell may be in a record that was rejected', async () => {
    expect(await laidOut(layout, ['amount'], ['2026-01-31'], [['a', 'b'], null])).toMatchObject({
      rows: [],
      skipped: { incomplete_row: 1 },
      rejects: ['sales.csv:3 broken_quote'],
    });
  });
});

describe('keys beside values', () => {
  const layout = { kind: 'key_value', keys: 'Item', values: 'Amount' };
  const header = ['Item', 'Note', 'Amount'];
  const table: Table = [
    ['As of', '', '2026-01-31'],
    ['Churn', 'x', '3'],
    ['', '', ''],
    ['NPS', '', '30'],
  ];

  it('makes one row, its columns named by the keys', async () => {
    const read = await laidOut(layout, ['Churn', 'As of'], header, table);
    expect(read).toMatchObject({ rows: [['3', '2026-01-31']], skipped: { blank_key: 1, other_key: 1 }, seen: 3 });
    expect(read.places).toEqual(['sales.csv:3 column "Amount"']);
  });

  it.each([
    ['a key that is gone', ['Churns'], table, 'did you mean "Churn"'],
    ['a key that is there twice', ['NPS'], [...table, ['NPS', '', '31']], '"NPS" is there 2 times'],
  ])('refuses %s', async (_, asked, records, message) => {
    await expect(laidOut(layout, asked, header, records)).rejects.toMatchObject({
      code: message.endsWith('2 times') ? 'SOURCE_COLUMN_AMBIGUOUS' : 'SOURCE_COLUMN_MISSING',
      message: expect.stringContaining(message),
    });
  });

  it('makes no row when a key may be in a record that was rejected, and none of an empty file', async () => {
    expect(await laidOut(layout, ['NPS', 'Gone'], header, [...table, null])).toMatchObject({
      rows: [],
      skipped: { incomplete_row: 1, other_key: 2 },
    });
    expect(await laidOut(layout, ['NPS'], header, [])).toMatchObject({ rows: [], seen: 0 });
  });
});

describe('the layout option', () => {
  it.each([
    [{ kind: 'pivot', keep: ['value'] }, 'value'],
    [{ kind: 'pivot', time: 'x', value: 'x' }, 'time'],
    [{ kind: 'pivot', pattern: 'MM' }, 'pattern'],
    [{ kind: 'cell', cells: { a: 'b7' } }, 'cells.a'],
    [{ kind: 'cell', cells: {} }, 'cells'],
    [{ kind: 'key_value', keys: 'a', values: 'a' }, 'values'],
    [{ kind: 'table', keep: [] }, ''],
    [{ kind: 'wide' }, 'kind'],
  ])('refuses %j at %j', (layout, path) => {
    const parsed = LayoutSchema.safeParse(layout);
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});

describe('any table', () => {
  const anyCell = fc.option(fc.constantFrom('', ' ', '0', '1,5', 'n/a', 'Churn'), { nil: null });
  const anyLayout: fc.Arbitrary<readonly [Layout | undefined, readonly string[]]> = fc.constantFrom(
    [undefined, ['k', 'a']],
    [{ kind: 'pivot', keep: ['k'], time: 'time', value: 'value' }, ['value', 'k', 'time']],
    [{ kind: 'cell', cells: { x: 'B2', y: 'C4' } }, ['y', 'x']],
  );

  it('is accounted for: seen = rows + rejects + skipped, cell for cell in a pivot', async () => {
    const anyTable = fc.array(fc.option(fc.array(anyCell, { minLength: 3, maxLength: 3 }), { nil: null, freq: 6 }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        anyLayout,
        anyTable,
        fc.integer({ min: 1, max: 4 }),
        async ([layout, asked], table, batchRows) => {
          const read = await laidOut(layout, asked, ['k', 'a', 'b'], table, batchRows);
          const skips = Object.values(read.skipped).reduce((sum, count) => sum + count, 0);
          expect(read.rows.length + read.rejects.length + skips).toBe(read.seen);
          const records = table.filter((cells) => cells !== null).length;
          expect(read.rejects).toHaveLength(table.length - records);
          if (layout === undefined) expect(read.rows).toHaveLength(records);
          if (layout?.kind === 'pivot') expect(read.rows.length + skips).toBe(2 * records);
          // Both rows that hold a cell became part of the one row, or of none if one was rejected.
          if (layout?.kind === 'cell') expect(read.rows.length + (read.skipped['incomplete_row'] ?? 0)).toBe(1);
        },
      ),
    );
  });
});
