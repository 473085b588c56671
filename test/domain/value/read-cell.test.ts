import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBoolean } from '#src/domain/value/boolean-grammar.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { ColumnSpec, Reading, TypedCell } from '#src/domain/value/types.js';
import { anyText, column } from './arbitraries.js';

const outcome = (reading: Reading<TypedCell>): TypedCell => (reading.ok ? reading.value : reading.problem.rule);
const read = (raw: string | null, spec: ColumnSpec) => outcome(createCellReader(spec)(raw));

const TYPES = ['decimal', 'integer', 'text', 'date', 'datetime', 'boolean'] as const;

describe('createCellReader()', () => {
  it.each(TYPES)('reads a null %s as blank, never as 0, and rejects it where it is required', (type) => {
    expect(read(null, column(type))).toBeNull();
    expect(read(null, column(type, { required: true }))).toBe('blank_required');
  });

  it.each(TYPES.filter((type) => type !== 'text'))('reads white space in a %s column as blank', (type) => {
    for (const raw of ['', '  ', '\u00a0\t']) {
      expect(read(raw, column(type))).toBeNull();
      expect(read(raw, column(type, { required: true }))).toBe('blank_required');
    }
  });

  it('keeps text as it is', () => {
    expect(read('', column('text', { required: true }))).toBe('');
    expect(read('  a ', column('text'))).toBe('  a ');
    expect(read('#hashtag', column('text'))).toBe('#hashtag');
    expect(read('NaN', column('text'))).toBe('NaN');
    expect(read('Loading...', column('text'))).toBe('Loading...');
    expect(read('Loading...', column('date'))).toBe('error_token');
  });

  it.each(TYPES)('does not take #N/A for a %s', (type) => {
    expect(read('#N/A', column(type))).toBe('error_token');
  });

  it('reads each type by its own grammar', () => {
    expect(read('1.234,50', column('decimal', { locale: 'de-DE' }))).toBe('1234.5');
    expect(read('1,234', column('decimal'))).toBe('ambiguous_number');
    expect(read('01.03.2026', column('date', { pattern: 'dd.MM.yyyy' }))).toBe('2026-03-01');
    expect(read('2026-03-01 12:00:00', column('datetime'))).toBe('2026-03-01T11:00:00Z');
    expect(read('ja', column('boolean', { words: { true: ['ja'], false: ['nein'] } }))).toBe(true);
  });

  it('takes what a column declares of its numbers and dates', () => {
    expect(read('12 %', column('decimal', { percent: 'fraction' }))).toBe('0.12');
    expect(read('12', column('decimal', { percent: 'fraction' }))).toBe('ambiguous_number');
    expect(read('12 %', column('decimal'))).toBe('number_grammar');
    expect(read('12 %', column('integer', { percent: 'fraction' }))).toBe('not_an_integer');
    expect(read('1.5k €', column('integer', { magnitudes: true, currency: 'EUR' }))).toBe('1500');
    expect(read('46082', column('date', { pattern: 'serial' }))).toBe('2026-03-01');
    expect(read('46082.5', column('datetime', { pattern: 'serial' }))).toBe('2026-03-01T11:00:00Z');
    expect(read('Jan-26', column('date', { pattern: 'MMM-yy', locale: 'en-US', century: 2000 }))).toBe('2026-01-01');
    expect(read(' ', column('decimal', { percent: 'fraction' }))).toBeNull();
  });

  it.each([
    ['12', '12'],
    ['12.0', '12'],
    ['12.000', '12'],
    ['-0.0', '0'],
    ['1e3', '1000'],
    ['12.5', 'not_an_integer'],
    ['0.0001', 'not_an_integer'],
    ['12a', 'number_grammar'],
    ['9007199254740993', '9007199254740993'],
  ])('of an integer column makes %s to %s', (raw, expected) => {
    expect(read(raw, column('integer'))).toBe(expected);
  });

  it('finds a column that cannot be read before its first cell', () => {
    expect(() => createCellReader(column('decimal', { locale: 'xx-YY' }))).toThrow('"xx-YY"');
    expect(() => createCellReader(column('date', { pattern: 'dd.MM.yy' }))).toThrow('"dd.MM.yy"');
    expect(() => createCellReader(column('datetime', { timeZone: 'Mars/Base' }))).toThrow('"Mars/Base"');
  });

  it('gives a reading for any text in any column', () => {
    const readers = TYPES.flatMap((type) => [
      createCellReader(column(type)),
      createCellReader(column(type, { required: true, locale: 'fr-FR' })),
    ]);
    fc.assert(
      fc.property(anyText, fc.constantFrom(...readers), (text, reader) => {
        const reading = reader(text);
        expect(reading.ok || reading.problem.remedy !== '').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('readBoolean()', () => {
  it.each(['true', 'TRUE', ' Yes ', '1', 't', 'Y'])('takes %j for true', (text) => {
    expect(outcome(readBoolean(text))).toBe(true);
  });

  it.each(['false', 'No', '0', 'F', 'n'])('takes %j for false', (text) => {
    expect(outcome(readBoolean(text))).toBe(false);
  });

  it.each(['', '2', '-1', '1.0', 'ja', 'on', 'truee'])('takes %j for neither', (text) => {
    expect(outcome(readBoolean(text))).toBe('boolean_word');
  });

  it('knows only the declared words where there are some, however accents are spelled', () => {
    const words = { true: ['é', 'JA'], false: ['nein'] };
    expect(outcome(readBoolean('e\u0301', words))).toBe(true);
    expect(outcome(readBoolean('ja', words))).toBe(true);
    expect(outcome(readBoolean('true', words))).toBe('boolean_word');
  });
});
