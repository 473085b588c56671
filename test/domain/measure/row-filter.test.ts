import { describe, expect, it } from 'vitest';
import { columnAccess } from '#src/domain/measure/folds/column-access.js';
import { createRowSieve } from '#src/domain/measure/folds/row-sieve.js';
import { createObservationBlock } from '#src/domain/measure/observation-block.js';
import {
  checkRowFilter,
  MAX_FILTER_CONDITIONS,
  MAX_FILTER_DEPTH,
  parseRowFilter,
} from '#src/domain/measure/row-filter.js';
import type { RowFilter } from '#src/domain/measure/types.js';
import type { ColumnSpec, ColumnType, TypedCell } from '#src/domain/value/types.js';

const TYPES: Readonly<Record<string, ColumnType>> = {
  amount: 'decimal',
  pieces: 'integer',
  kind: 'text',
  day: 'date',
  at: 'datetime',
  renewed: 'boolean',
};
const NAMES = Object.keys(TYPES);
const COLUMNS: readonly ColumnSpec[] = NAMES.map((name) => ({
  name,
  sourceName: name,
  type: TYPES[name] ?? 'text',
  timeZone: 'UTC',
  required: false,
}));

function parsed(text: string): RowFilter {
  const reading = parseRowFilter(text);
  if (!reading.ok) throw new Error(`${reading.position}: ${reading.message}`);
  return reading.filter;
}

function passes(text: string | undefined, cells: Readonly<Record<string, TypedCell>>): boolean {
  const sieve = createRowSieve(text === undefined ? [] : parsed(text), columnAccess(COLUMNS));
  const rows = createObservationBlock(COLUMNS, 1);
  const day = '2026-03-01';
  rows.add({ cells: NAMES.map((name) => cells[name] ?? null), date: day, time: day, locator: 'rows.csv:1' });
  return sieve(rows.block, rows.take()).count === 1;
}

function refusal(text: string): { position: number; message: string; remedy: string } {
  const reading = parseRowFilter(text);
  if (reading.ok) throw new Error(`"${text}" was read`);
  return { position: reading.position, message: reading.message, remedy: reading.remedy };
}

describe('parseRowFilter', () => {
  it('reads every operator and every kind of literal', () => {
    expect(
      parsed("renewed = true and amount >= -12.50 AND kind != 'it''s' and day < '2026-03-01' and at = NULL"),
    ).toEqual([
      { column: 'renewed', operator: '=', value: true },
      { column: 'amount', operator: '>=', value: '-12.5', literal: 'number' },
      { column: 'kind', operator: '!=', value: "it's", literal: 'text' },
      { column: 'day', operator: '<', value: '2026-03-01', literal: 'text' },
      { column: 'at', operator: '=', value: null },
    ]);
  });

  it('needs no spaces around operators', () => {
    expect(parsed("amount<=-5 and kind='x'")).toMatchObject([{ operator: '<=', value: '-5' }, { value: 'x' }]);
  });

  it('reads column names with letters of any language', () => {
    expect(parsed('Größe_2 > 1')).toMatchObject([{ column: 'Größe_2' }]);
  });

  it('keeps the word and inside a text', () => {
    expect(parsed("kind = 'sell and lease'")).toMatchObject([{ value: 'sell and lease' }]);
  });

  it('binds not before and, and and before or', () => {
    const [a, b, c] = parsed("kind = 'a' and amount = 1 and renewed = true");
    expect(parsed("kind = 'a' or amount = 1 and not renewed = true")).toEqual([{ anyOf: [[a], [b, { not: [c] }]] }]);
    expect(parsed("(kind = 'a' or amount = 1) and not renewed = true")).toEqual([{ anyOf: [[a], [b]] }, { not: [c] }]);
    expect(parsed("not (kind = 'a' or amount = 1 and renewed = true)")).toEqual([{ not: [{ anyOf: [[a], [b, c]] }] }]);
  });

  it('has one form for parentheses that change nothing', () => {
    const plain = parsed("kind = 'a' and amount = 1 and renewed = true");
    expect(parsed("(kind = 'a' and (amount = 1)) and ((renewed = true))")).toEqual(plain);
    expect(parsed("kind = 'a' or (amount = 1 or (renewed = true))")).toEqual(
      parsed("kind = 'a' or amount = 1 or renewed = true"),
    );
  });

  it('reads sets and tests for blanks', () => {
    expect(parsed("kind in ('a', 'b''c') and amount not in (1, -2.50) AND day IS NULL and at is not null")).toEqual([
      {
        column: 'kind',
        operator: 'in',
        values: [
          { value: 'a', literal: 'text' },
          { value: "b'c", literal: 'text' },
        ],
      },
      {
        column: 'amount',
        operator: 'not in',
        values: [
          { value: '1', literal: 'number' },
          { value: '-2.5', literal: 'number' },
        ],
      },
      { column: 'day', operator: '=', value: null },
      { column: 'at', operator: '!=', value: null },
    ]);
  });

  it('still takes a word of the grammar for a column where an operator follows it', () => {
    expect(parsed('not = true and or != false and in > 1 and is < 2')).toMatchObject([
      { column: 'not' },
      { column: 'or' },
      { column: 'in' },
      { column: 'is' },
    ]);
  });

  it('takes filters of a stated depth and size, and none beyond', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}amount > 1${')'.repeat(depth)}`;
    expect(parsed(nested(MAX_FILTER_DEPTH))).toHaveLength(1);
    expect(refusal(nested(MAX_FILTER_DEPTH + 1)).message).toContain('nested deeper');
    expect(refusal(`${'not '.repeat(MAX_FILTER_DEPTH + 1)}amount > 1`).message).toContain('nested deeper');
    expect(refusal('('.repeat(100_000)).message).toContain('nested deeper');
    const list = (count: number): string => `amount in (${Array.from({ length: count }, () => '1').join(', ')})`;
    expect(parsed(list(MAX_FILTER_CONDITIONS))).toHaveLength(1);
    expect(refusal(list(MAX_FILTER_CONDITIONS + 1)).message).toContain(`may have ${MAX_FILTER_CONDITIONS}`);
  });

  it.each([
    ['', 0, 'end of the filter', 'write conditions'],
    ['   ', 3, 'end of the filter', 'write conditions'],
    ['renewed', 7, 'expected an operator', 'use one of'],
    ['renewed =', 9, 'expected a value', 'give a number'],
    ['renewed == true', 8, 'unknown operator "=="', 'write ='],
    ['renewed <> true', 8, 'unknown operator "<>"', 'write !='],
    ['kind is 5', 8, '"is" asks for null alone, found "5"', 'write is null'],
    ["kind is not 'x'", 12, '"is" asks for null alone', 'is not null'],
    ['kind ~ 5', 5, '"~ 5"', 'use one of'],
    ['kind = service', 7, 'found "service"', "'service'"],
    ['kind = "service"', 7, '"service"', 'single quotes'],
    ["kind = 'service", 7, "'service", 'close the quote'],
    ['amount > 1,000', 9, '"1,000" is not a plain number', 'digits'],
    ['amount > 1e5', 9, '"1e5" is not a plain number', 'digits'],
    ['amount > 5 %', 11, 'found "%"', 'write conditions'],
    ['amount > +5', 9, '"+5"', 'digits'],
    ['amount > .5', 9, '".5"', 'digits'],
    ['amount > 5 or', 13, 'end of the filter', 'write conditions'],
    ['or amount < 1', 0, 'name of a column', 'write conditions'],
    ['(amount > 5', 11, 'expected ")"', 'write conditions'],
    ['amount > 5)', 10, 'found ")"', 'write conditions'],
    ['()', 1, 'name of a column', 'write conditions'],
    ['not', 3, 'name of a column', 'write conditions'],
    ['kind in', 7, 'expected "("', "write in ('a', 'b')"],
    ['kind in ()', 9, 'expected a value, found ")"', 'give a number'],
    ["kind in ('a' 'b')", 13, 'expected "," or ")"', "write in ('a', 'b')"],
    ["kind in ('a',)", 13, 'expected a value, found ")"', 'give a number'],
    ["kind not in ('a', null)", 18, 'null cannot stand in a set', 'kind is null'],
    ['amount in (1,000)', 11, '"1,000" is not a plain number', 'a space after each comma'],
    ["kind not = 'a'", 5, 'expected an operator, found "not"', 'not in'],
    ['amount > 5 kind = 1', 11, 'expected "and"', 'write conditions'],
    ['amount > 5 and', 14, 'end of the filter', 'write conditions'],
    ['and amount > 5', 0, 'name of a column', 'write conditions'],
    ['amount > null', 9, 'null, which has no order', '= or != with null'],
    ['renewed < true', 10, 'true, which has no order', '= or !='],
    ['5 = amount', 0, 'name of a column', 'write conditions'],
  ])('refuses %j at its place, with a remedy', (text, position, message, remedy) => {
    const refused = refusal(text);
    expect(refused.position).toBe(position);
    expect(refused.message).toContain(message);
    expect(refused.remedy).toContain(remedy);
  });
});

describe('createRowSieve()', () => {
  it('compares decimals as numbers, not as text', () => {
    expect(passes('amount > 9', { amount: '10' })).toBe(true);
    expect(passes('amount > -9', { amount: '-10' })).toBe(false);
    expect(passes('amount < 0.5', { amount: '-0.5' })).toBe(true);
    expect(passes('amount >= 12.50', { amount: '12.5' })).toBe(true);
    expect(passes('pieces <= 100000000000000000001', { pieces: '100000000000000000000' })).toBe(true);
  });

  it('compares days and text by their order', () => {
    expect(passes("day >= '2026-03-01'", { day: '2026-03-01' })).toBe(true);
    expect(passes("day < '2026-03-01'", { day: '2026-03-01' })).toBe(false);
    expect(passes("kind < 'b'", { kind: 'a' })).toBe(true);
    expect(passes("kind = 'Service'", { kind: 'service' })).toBe(false);
  });

  it('places fractions of a second after the whole second', () => {
    expect(passes("at > '2026-03-01T00:00:00Z'", { at: '2026-03-01T00:00:00.5Z' })).toBe(true);
  });

  it('takes a time with an offset for the instant it is', () => {
    expect(passes("at = '2026-03-01T01:00:00+01:00'", { at: '2026-03-01T00:00:00Z' })).toBe(true);
  });

  it.each(['!=', '<', '<=', '>', '>=', '='])('lets a blank cell fail %s with a value', (operator) => {
    expect(passes(`amount ${operator} 0`, { amount: null })).toBe(false);
  });

  it('finds blank cells by = null and all others by != null', () => {
    expect(passes('kind = null', { kind: null })).toBe(true);
    expect(passes('kind = null', { kind: '' })).toBe(false);
    expect(passes('kind != null', { kind: '' })).toBe(true);
    expect(passes('kind != null', { kind: null })).toBe(false);
    expect(passes('renewed != true', { renewed: false })).toBe(true);
  });

  it('lets a blank cell satisfy neither a set nor its opposite', () => {
    expect(passes("kind in ('a', 'b')", { kind: 'b' })).toBe(true);
    expect(passes("kind not in ('a', 'b')", { kind: 'c' })).toBe(true);
    expect(passes("kind in ('a', 'b')", { kind: null })).toBe(false);
    expect(passes("kind not in ('a', 'b')", { kind: null })).toBe(false);
    expect(passes('amount in (1.50, 2)', { amount: '1.5' })).toBe(true);
    expect(passes("at in ('2026-03-01T01:00:00+01:00')", { at: '2026-03-01T00:00:00Z' })).toBe(true);
    expect(passes('renewed in (true)', { renewed: false })).toBe(false);
  });

  it('turns round what holds, so that a blank cell satisfies not of a comparison', () => {
    expect(passes('not (amount > 5)', { amount: null })).toBe(true);
    expect(passes('not (amount > 5)', { amount: '6' })).toBe(false);
    expect(passes('not (not (amount > 5))', { amount: null })).toBe(false);
    expect(passes("not kind in ('a')", { kind: null })).toBe(true);
  });

  it('joins alternatives and conditions in any depth', () => {
    const text = "(kind = 'a' or amount > 5) and not (renewed = true and (pieces = 1 or pieces = 2))";
    expect(passes(text, { kind: 'a', renewed: true, pieces: '3' })).toBe(true);
    expect(passes(text, { kind: 'b', amount: '6', renewed: true, pieces: '2' })).toBe(false);
    expect(passes(text, { kind: 'b', amount: '5', renewed: false })).toBe(false);
  });

  it('compares words in an order by that, and knows no others', () => {
    const rating = { name: 'rating', sourceName: 'rating', type: 'ordinal', timeZone: 'UTC', required: false } as const;
    const column: ColumnSpec = { ...rating, order: ['B', 'BB', 'A-', 'AA'] };
    const rows = createObservationBlock([column], 1);
    const holds = (text: string, cell: TypedCell): boolean => {
      rows.add({ cells: [cell], date: '2026-03-01', time: '2026-03-01', locator: 'r:1' });
      return createRowSieve(parsed(text), columnAccess([column]))(rows.block, rows.take()).count === 1;
    };
    expect(holds("rating >= 'A-'", '3')).toBe(true);
    expect(holds("rating >= 'A-'", '2')).toBe(false);
    expect(holds("rating in ('B', 'AA')", '4')).toBe(true);
    expect(checkRowFilter(parsed("rating = 'AAA' or rating > 2"), [column])).toEqual([
      "column \"rating\" is ordinal; 'AAA' must be one of 'B', 'BB', 'A-', 'AA'",
      "column \"rating\" is ordinal; 2 must be one of 'B', 'BB', 'A-', 'AA'",
    ]);
  });

  it('needs every condition to hold, and none of an empty filter', () => {
    expect(passes("amount > 1 and kind = 'a' and renewed = true", { amount: '2', kind: 'a', renewed: true })).toBe(
      true,
    );
    expect(passes("amount > 1 and kind = 'a' and renewed = true", { amount: '2', kind: 'a', renewed: false })).toBe(
      false,
    );
    expect(passes(undefined, {})).toBe(true);
  });

  it('throws a defect for a literal that was never checked', () => {
    expect(() => passes("amount > 'x'", {})).toThrow(
      expect.objectContaining({ code: 'BUG_UNFIT_LITERAL', kind: 'defect' }),
    );
  });
});

describe('checkRowFilter', () => {
  const problems = (text: string): string[] => checkRowFilter(parsed(text), COLUMNS);

  it('finds nothing wrong with literals that fit', () => {
    expect(
      problems(
        "amount > 1.5 and pieces = 2.0 and kind = '' and day = '2028-02-29' and at < '2026-01-01T00:00:00Z' and renewed != false and kind != null",
      ),
    ).toEqual([]);
  });

  it('names the columns there are when one is unknown', () => {
    expect(problems('amuont > 1')).toEqual([
      'unknown column "amuont"; the extract has: amount, pieces, kind, day, at, renewed',
    ]);
  });

  it.each([
    ["amount = '5'", 'a number without quotes'],
    ['amount = true', 'a number without quotes'],
    ['pieces > 1.5', 'a whole number'],
    ['kind = 49', 'a text between single quotes'],
    ["day = '2026-02-30'", 'a day between single quotes'],
    ["day = '2026-3-1'", 'a day between single quotes'],
    ['day > 2026', 'a day between single quotes'],
    ["at > '2026-03-01'", 'a time with its zone'],
    ["at > '2026-03-01T00:00:00'", 'a time with its zone'],
    ["renewed = 'yes'", 'true or false'],
    ['renewed < 1', 'has no order'],
  ])('says what %s should be', (text, expected) => {
    const [problem, ...more] = problems(text);
    expect(problem).toContain(expected);
    expect(more).toEqual([]);
  });

  it('reports every problem, in the order of the filter', () => {
    expect(problems("ghost = 1 and amount = 'x'").length).toBe(2);
  });
});
