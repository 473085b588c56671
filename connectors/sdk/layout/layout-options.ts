import { z } from 'zod';
import { checkDatePattern } from '#src/domain/value/date-pattern.js';

const ColumnText = z.string().min(1).max(200);
/** A place as spreadsheets write it. */
const CELL = /^[A-Z]{1,3}[1-9]\d{0,6}$/;

const TableLayout = z.strictObject({
  kind: z
    .literal('table')
    .describe('A row for each row, long or wide: a measure names the column or filters the rows.'),
});

const PivotLayout = z
  .strictObject({
    kind: z.literal('pivot').describe('Dates across: each cell under a date becomes a row of its own.'),
    keep: z
      .array(ColumnText)
      .default([])
      .describe('Columns that stay columns, such as the name of the indicator; every new row carries them.'),
    time: ColumnText.default('time').describe('Name of the new column that holds the heading of the cell, the date.'),
    value: ColumnText.default('value').describe('Name of the new column that holds the cell.'),
    pattern: z
      .string()
      .optional()
      .describe(
        'Which headings are dates: those written like this (yyyy-MM; iso for YYYY-MM-DD; serial for the day numbers of spreadsheets). Left out: all to the right of the kept columns.',
      ),
  })
  .superRefine((layout, context) => {
    const { keep, time, value, pattern } = layout;
    const names = [...keep, time, value];
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      const message = `"${twice}" would be the name of two columns: give time and value names of their own`;
      context.addIssue({ code: 'custom', path: [keep.includes(value) ? 'value' : 'time'], message });
    }
    const wrong = pattern === undefined || pattern === 'iso' ? undefined : checkDatePattern(pattern, 'date');
    if (wrong !== undefined)
      context.addIssue({ code: 'custom', path: ['pattern'], message: `is no date pattern: ${wrong}` });
  });

const CellLayout = z.strictObject({
  kind: z.literal('cell').describe('Single cells: a value at a place, its date at another; together one row.'),
  cells: z
    .record(
      ColumnText,
      z.string().regex(CELL, { error: 'must be a place such as B7: the column in capital letters, then the row' }),
    )
    .refine((cells) => Object.keys(cells).length > 0, { error: 'must name at least one cell' })
    .describe(
      'Place of each column’s only cell: B7. Row 1 is the first of the file or range; the first place is where rejects point.',
    ),
});

const KeyValueLayout = z
  .strictObject({
    kind: z
      .literal('key_value')
      .describe('A column of keys beside a column of values: together one row, its columns named by the keys.'),
    keys: ColumnText.describe('Column that holds the keys.'),
    values: ColumnText.describe('Column that holds the values.'),
  })
  .refine((layout) => layout.keys !== layout.values, { path: ['values'], error: 'must be another column than keys' });

/** How the cells of a file or sheet make rows. */
export const LayoutSchema = z.discriminatedUnion('kind', [TableLayout, PivotLayout, CellLayout, KeyValueLayout]);
export type Layout = z.infer<typeof LayoutSchema>;
export type PivotLayout = z.infer<typeof PivotLayout>;
export type CellLayout = z.infer<typeof CellLayout>;
export type KeyValueLayout = z.infer<typeof KeyValueLayout>;

/** To be spread into the extract schema of a connector whose sources people lay out. */
export const layoutShape = {
  layout: LayoutSchema.optional().describe('How the cells make rows: table (default), pivot, cell or key_value.'),
};
