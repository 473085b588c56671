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
