import { describe, expect, it } from 'vitest';
import { cellReader } from '#connectors/database/dialects/postgres-cells.js';

const [BPCHAR, BPCHAR_ARRAY, TEXT] = [1042, 1014, 25];

describe('texts that PostgreSQL pads', () => {
  it.each([
    ['paid      ', 'paid'],
    ['  a b  ', '  a b'],
    ['     ', ''],
    ['', ''],
    ['tab\t ', 'tab\t'],
  ])('lose their padding, and nothing else: "%s"', (printed, text) => {
    expect(cellReader(BPCHAR, true)(printed)).toBe(text);
    expect(cellReader(TEXT, true)(printed)).toBe(printed);
  });

  it.each([
    ['{"paid  ","x     "}', '{paid,x}'],
    ['{"a b   ",NULL,"NULL  ","      "}', '{"a b",NULL,"NULL",""}'],
    ['{"a, \\"b ","c\\\\   "}', '{"a, \\"b","c\\\\"}'],
    ['{{abc,"d  "},{"{  ","e\\" "}}', '{{abc,d},{"{","e\\""}}'],
    ['{}', '{}'],
  ])('are printed in an array as texts without padding would be: %s', (printed, text) => {
    expect(cellReader(BPCHAR_ARRAY, true)(printed)).toBe(text);
  });
});
