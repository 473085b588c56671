import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordinalPlace, ordinalReader } from '#src/domain/value/ordinal-grammar.js';
import { createCellReader } from '#src/domain/value/read-cell.js';

const RATINGS = ['B', 'BB', 'BBB', 'A-', 'A', 'AA-', 'AA'];

describe('ordinalReader()', () => {
  const read = ordinalReader(RATINGS);

  it('gives the place of a word, the worst being 1', () => {
    expect(read('B')).toEqual({ ok: true, value: '1' });
    expect(read(' AA- ')).toEqual({ ok: true, value: '6' });
  });

  it.each(['AAA', 'aa', '7', 'A −'])('rejects %j, and says which words there are', (text) => {
    expect(read(text)).toMatchObject({ ok: false, problem: { rule: 'ordinal_word' } });
    const reading = read(text);
    expect(reading.ok ? '' : reading.problem.remedy).toContain('B, BB, BBB, A-, A, AA-, AA');
  });

  it('takes the error of a spreadsheet for one', () => {
    expect(read('#N/A')).toMatchObject({ ok: false, problem: { rule: 'error_token' } });
  });

  it('does not mind whether an accent is a character of its own', () => {
    expect(ordinalPlace('tre\u0300s bien', ['bien', 'tr\u00e8s bien'])).toBe('2');
  });

  it('gives a reading for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const reading = read(text);
        expect(reading.ok).toBe(ordinalPlace(text, RATINGS) !== undefined);
      }),
    );
  });
});

it('a blank cell of an ordinal column is blank, and a reject where the column is required', () => {
  const column = { name: 'r', sourceName: 'r', type: 'ordinal', order: RATINGS, timeZone: 'UTC' } as const;
  expect(createCellReader({ ...column, required: false })(' ')).toEqual({ ok: true, value: null });
  expect(createCellReader({ ...column, required: true })(null)).toMatchObject({
    ok: false,
    problem: { rule: 'blank_required' },
  });
});
