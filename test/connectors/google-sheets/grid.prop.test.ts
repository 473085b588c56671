// Laws of places, ids and serial numbers, over generated data.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellName, columnLetters, parseRange, quotedTab, writeRange } from '#connectors/google-sheets/grid/a1.js';
import { type ColumnReading, cellWriter, sheetCell } from '#connectors/google-sheets/grid/cells.js';
import { wallTimeOf } from '#connectors/google-sheets/grid/serials.js';
import { parseKeepingDigits, plainDigits } from '#connectors/google-sheets/upstream/lossless-json.js';
import { addDays } from '#src/domain/period/period-instants.js';
import { createCellReader } from '#src/domain/value/read-cell.js';

const row = fc.integer({ min: 0, max: 9_999_998 });
const column = fc.integer({ min: 0, max: 18_277 });

describe('a place', () => {
  it('is read as it is written', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        row,
        column,
        fc.nat(1000),
        fc.nat(100),
        (tab, top, left, height, width) => {
          const box = { top, left, bottom: top + height + 1, right: Math.min(left + width + 1, 18_278) };
          expect(parseRange(writeRange(tab, box))).toEqual({ kind: 'cells', tab, box });
        },
      ),
    );
  });

  it('of one cell is that cell', () => {
    fc.assert(
      fc.property(row, column, (top, left) => {
        const box = { top, left, bottom: top + 1, right: left + 1 };
        expect(parseRange(`${quotedTab("it's")}!${cellName(top, left)}`)).toEqual({ kind: 'cells', tab: "it's", box });
      }),
    );
  });

  it('or else nothing comes of any text, and no exception', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseRange(text)));
    expect(
      ['A', 'Z', 'AA', 'AZ', 'ZZ', 'AAA'].map((_, index) => columnLetters([0, 25, 26, 51, 701, 702][index] ?? 0)),
    ).toEqual(['A', 'Z', 'AA', 'AZ', 'ZZ', 'AAA']);
  });
});

describe('a serial number', () => {
  it('is the day, and the time of day to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2_900_000 }), fc.nat(86_399_999), (days, milliseconds) => {
        // As Google sends it: the shortest digits of a 64-bit float.
        const wall = wallTimeOf(String(days + milliseconds / 86_400_000));
        const seconds = Math.floor(milliseconds / 1000);
        const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
        const clock = parts.map((part) => String(part).padStart(2, '0')).join(':');
        const fraction = milliseconds % 1000 === 0 ? '' : `.${String(milliseconds % 1000).padStart(3, '0')}`;
        expect(wall).toEqual({ date: addDays('1899-12-30', days), time: clock + fraction });
      }),
    );
  });
});

describe('a date cell', () => {
  const base = { name: 'x', sourceName: 'x', timeZone: 'Europe/Berlin', required: false };
  const pieces = fc.record({
    year: fc.constantFrom('yyyy', 'yy'),
    month: fc.constantFrom('MM', 'M', 'MMM', 'MMMM'),
    day: fc.constantFrom('dd', 'd'),
    order: fc.constantFrom('ymd', 'dmy', 'mdy'),
    mark: fc.constantFrom('-', '.', '/', ' ', ". 'of' ", ', '),
    locale: fc.constantFrom('de-DE', 'en-US', 'fr-FR', 'pl-PL', 'tr-TR', 'ru-RU', 'el-GR', 'ar-EG', 'vi-VN'),
  });
  const patterned = pieces.map(({ year, month, day, order, mark, locale }) => {
    const parts = { y: year, m: month, d: day };
    const pattern = [...order].map((part) => parts[part === 'y' ? 'y' : part === 'm' ? 'm' : 'd']).join(mark);
    return { pattern, locale, century: 2000 };
  });
  const fixed = fc
    .constantFrom('serial', 'yyyyMMdd', 'ddMMyyyy', 'iso')
    .map((pattern) => (pattern === 'iso' ? { locale: 'de-DE' } : { pattern, locale: 'de-DE' }));
  // Of the years that all of the patterns can say: 2000 to 2099.
  const days = fc.integer({ min: 36_526, max: 73_050 });

  it('is its day under every pattern', () => {
    fc.assert(
      fc.property(fc.oneof(patterned, fixed), days, (form, day) => {
        const column = { ...base, ...form, type: 'date' as const };
        const written = cellWriter(column, 'UTC')({ digits: String(day) });
        expect(written).toMatchObject({ ok: true });
        const read = createCellReader(column)(written.ok ? written.value : null);
        expect(read).toEqual({ ok: true, value: addDays('1899-12-30', day) });
      }),
      { numRuns: 150 },
    );
  });

  it('is its day or a reject under patterns that cannot say every day, and in any year', () => {
    const some = fc.constantFrom(
      'yyyy-MM',
      'MMMM yyyy',
      'MM/yy',
      'dd.MM.yy',
      'serial',
      'serial-1904',
      'yyyyMM',
      'yyMMdd',
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 2, max: 99_999 }), (pattern, day) => {
        const column = { ...base, type: 'date' as const, pattern, locale: 'en-US', century: 2000 };
        const written = cellWriter(column, 'UTC')({ digits: String(day) });
        if (!written.ok) return;
        const read = createCellReader(column)(written.value);
        expect(read).toEqual({ ok: true, value: addDays('1899-12-30', day) });
      }),
      { numRuns: 150 },
    );
  });

  it('with a time is its instant under every pattern that says it', () => {
    const some = fc.constantFrom('dd.MM.yyyy HH:mm:ss', "d MMM yyyy 'at' HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", 'serial');
    fc.assert(
      fc.property(some, days, fc.nat(86_399), (pattern, day, seconds) => {
        const digits = plainDigits(JSON.stringify(day + seconds / 86_400)) ?? '';
        const plain = { ...base, type: 'datetime' as const, locale: 'en-US' };
        const wanted = cellWriter(plain, base.timeZone)({ digits });
        const column = { ...plain, pattern };
        const written = cellWriter(column, base.timeZone)({ digits });
        expect(written.ok).toBe(wanted.ok);
        if (!wanted.ok || !written.ok) return;
        const exactly = (text: unknown) => String(text).replace(/\.0+Z$/, 'Z');
        const [read, expected] = [createCellReader(column)(written.value), createCellReader(plain)(wanted.value)];
        expect(read.ok && exactly(read.value)).toBe(expected.ok && exactly(expected.value));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a number', () => {
  it('keeps its value on its way, whatever digits it has', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const cell = sheetCell(parseKeepingDigits(JSON.stringify(number)));
        const digits = typeof cell === 'object' && cell !== null ? cell.digits : '';
        expect(digits).not.toMatch(/e/i);
        expect(Number(digits)).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it('is read back as itself by a column of any locale', () => {
    const locale = fc.constantFrom('de-DE', 'en-US', 'fr-FR', 'de-CH', 'en-IN', 'ar-EG', 'sv-SE', undefined);
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(locale, number, (tag, value) => {
        const spec = { name: 'x', sourceName: 'x', type: 'decimal' as const, timeZone: 'UTC', required: false };
        const reading: ColumnReading & typeof spec = tag === undefined ? spec : { ...spec, locale: tag };
        const digits = plainDigits(JSON.stringify(value)) ?? '';
        const written = cellWriter(reading, 'UTC')({ digits });
        const read = createCellReader(reading)(written.ok ? written.value : '');
        expect(read).toEqual({ ok: true, value: digits });
      }),
    );
  });

  it('is read back as itself by a column of fractions in percent, of any locale', () => {
    const locale = fc.constantFrom('de-DE', 'en-US', 'fr-FR', 'de-CH', 'en-IN', 'ar-EG', 'sv-SE', 'he-IL', undefined);
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(locale, number, (tag, value) => {
        const spec = { name: 'x', sourceName: 'x', type: 'decimal' as const, timeZone: 'UTC', required: false };
        const column = { ...spec, percent: 'fraction' as const, ...(tag === undefined ? {} : { locale: tag }) };
        const digits = plainDigits(JSON.stringify(value)) ?? '';
        const written = cellWriter(column, 'UTC')({ digits });
        expect(createCellReader(column)(written.ok ? written.value : '')).toEqual({ ok: true, value: digits });
      }),
    );
  });

  it('is told from a text that looks like one', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const withoutNumbers = (node: unknown): unknown =>
          typeof node === 'number'
            ? [JSON.stringify(node)]
            : Array.isArray(node)
              ? node.map(withoutNumbers)
              : typeof node === 'object' && node !== null
                ? Object.fromEntries(Object.entries(node).map(([key, item]) => [key, withoutNumbers(item)]))
                : node;
        expect(parseKeepingDigits(JSON.stringify(value))).toEqual(withoutNumbers(value));
      }),
    );
  });
});
