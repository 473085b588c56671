import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TableColumn, textTable } from '#src/cli/render/text-table.js';
import { displayWidth } from '#src/cli/render/text-width.js';

const COLUMNS: readonly TableColumn[] = [
  { heading: 'name', align: 'left', shrinkTo: 6 },
  { heading: 'value', align: 'right' },
  { heading: 'owner', align: 'left', shrinkTo: 5, dropOrder: 1 },
];
const row = (...texts: string[]) => texts.map((text) => ({ text }));
const ROWS = [row('Revenue growth', '1,234.5', 'Amara Osei'), row('Cost', '9', 'Li')];

describe('textTable', () => {
  it('lines columns up, each to its side', () => {
    expect(textTable(COLUMNS, ROWS, 80)).toEqual({
      lines: ['name              value  owner', 'Revenue growth  1,234.5  Amara Osei', 'Cost                  9  Li'],
      leftOut: [],
    });
  });

  it('shortens words first, in proportion to what they can give', () => {
    const { lines, leftOut } = textTable(COLUMNS, ROWS, 28);
    expect(lines[1]).toBe('Revenue g…  1,234.5  Amara…');
    expect(leftOut).toEqual([]);
  });

  it('then leaves columns out and says which', () => {
    const { lines, leftOut } = textTable(COLUMNS, ROWS, 20);
    expect(lines[1]).toBe('Revenue gr…  1,234.5');
    expect(leftOut).toEqual(['owner']);
  });

  it('keeps numbers whole where nothing else can give way', () => {
    expect(textTable(COLUMNS, ROWS, 3).lines[1]).toBe('Reven…  1,234.5');
  });

  it('paints the padded cell, so that colour changes no width', () => {
    const painted = [[{ text: 'up', paint: (text: string) => `<${text}>` }, { text: '1' }, { text: '' }]];
    expect(textTable(COLUMNS, painted, 80).lines[1]).toBe('<up  >      1');
  });

  it('has no line longer than the terminal once that is as wide as its least widths', () => {
    const word = fc.stringMatching(/^[a-zß売上 ]{0,30}$/u);
    const rows = fc.array(fc.tuple(word, fc.stringMatching(/^\d{0,7}$/), word), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 22, max: 90 }), (texts, width) => {
        const { lines } = textTable(
          COLUMNS,
          texts.map((each) => row(...each)),
          width,
        );
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
