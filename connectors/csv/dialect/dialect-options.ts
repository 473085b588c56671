import { z } from 'zod';
import { isTextEncoding } from '../text/encodings.js';

/** Repairs an extract can allow, each the name under which mended rows are counted. */
export const REPAIRS = [
  'missing_cells',
  'extra_cells',
  'lose_extra_content',
  'stray_quote',
  'inner_quote',
  'unclosed_quote',
  'nul_bytes',
] as const;
export type Repair = (typeof REPAIRS)[number];

const headerRows = z.strictObject({
  row: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Which record is the header, counted from 1 after the skipped lines, without blank lines. Default: 1.'),
  find: z
    .literal(true)
    .optional()
    .describe(
      'The header is the first line that holds all asked-for columns; lines before it are skipped as preamble.',
    ),
  rows: z
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe('Header rows below each other; the names of a column are joined from top to bottom. Default: 1.'),
  join: z.string().max(10).optional().describe('Text between the joined names. Default: a space.'),
  fill: z
    .boolean()
    .optional()
    .describe(
      'An empty cell of an upper header row repeats the one to its left, as merged headings need. Default: false.',
    ),
});

/** How the files are written: the fields of an extract that say so. What is absent is detected, or has its default. */
export const dialectShape = {
  delimiter: z
    .union([
      z.enum(['tab', 'none']),
      z.string().regex(/^[^"\r\n\0\uD800-\uDFFF]$/, { error: 'must be one character, or the word tab or none' }),
    ])
    .optional()
    .describe("Character between fields, or 'tab', or 'none' for files of one column. Default: detected."),
  quote: z
    .union([
      z.literal('none'),
      z.string().regex(/^[^\r\n\0\uD800-\uDFFF]$/, { error: 'must be one character, or the word none' }),
    ])
    .optional()
    .describe(
      "Character around fields that hold a delimiter; 'none' if quotes have no meaning. Default: \", or ' where only that is seen.",
    ),
  escape: z
    .enum(['double', 'backslash'])
    .optional()
    .describe(
      'How a quote is written inside quotes: doubled, or after a backslash, which then also guards a delimiter outside quotes. Default: double.',
    ),
  encoding: z
    .string()
    .refine(isTextEncoding, { error: 'is not a known encoding; such as utf-8, utf-16le, windows-1252, iso-8859-15' })
    .optional()
    .describe(
      'Encoding of the files: utf-8, utf-16le, windows-1252, iso-8859-15, … Default: utf-8, or what a byte order mark says.',
    ),
  header: z
    .union([z.literal(true), z.literal('none'), headerRows])
    .optional()
    .describe(
      "Where the names of the columns stand: true (first record), 'none' (columns are named by position: 1, 2, …), or { row, find, rows, join, fill }. Default: true.",
    ),
  skip_lines: z
    .int()
    .min(0)
    .max(1000)
    .optional()
    .describe('Lines before the header that are no part of the table; counted as preamble. Default: 0.'),
  footer: z
    .union([
      z.strictObject({
        from: z
          .string()
          .min(1)
          .max(200)
          .describe(
            'A record whose first field begins with this text ends the table; it and all after it are skipped.',
          ),
      }),
      z.strictObject({ rows: z.int().min(1).max(20).describe('How many records at the end are skipped.') }),
    ])
    .optional()
    .describe('What follows the table; counted as footer. Default: nothing.'),
  final_line_end: z
    .enum(['optional', 'required'])
    .optional()
    .describe(
      'Whether the last record must end with a line end. Required: one that does not may be cut off, and is a reject. Default: optional.',
    ),
  trim: z.boolean().optional().describe('Spaces and tabs around unquoted fields are no part of them. Default: false.'),
  nulls: z
    .array(z.string().min(1).max(50))
    .max(20)
    .optional()
    .describe("Unquoted texts that mean there is no value, such as 'NA' or '-'. Default: only the empty field."),
  repairs: z
    .array(z.enum(REPAIRS))
    .optional()
    .describe(
      'Repairs of bad records that are allowed, each counted: missing_cells (a short record is filled with blanks), extra_cells (empty cells beyond the header are dropped, unless a number with a decimal comma may have moved them there), ' +
        'lose_extra_content (cells beyond the header are dropped whatever they hold, though values may have moved into wrong columns: told with count and place at each read; never done where a number may have a decimal comma, or where most records have such cells), stray_quote (a quote inside an unquoted field is text), inner_quote (a quote inside a quoted field that is not doubled is text), ' +
        'unclosed_quote (an opening quote that its line does not close is text), nul_bytes (NUL bytes are removed). Default: none, such records are rejects.',
    ),
} as const;

const DialectSchema = z.object(dialectShape);
export type DialectOptions = z.infer<typeof DialectSchema>;

/** A dialect must be able to tell its marks apart; for the `refine` of the schema that spreads {@link dialectShape}. */
export function marksDiffer(options: DialectOptions): boolean {
  if (options.quote === undefined || options.quote === 'none') return true;
  const delimiter = options.delimiter === 'tab' ? '\t' : options.delimiter;
  return options.quote !== delimiter && !(options.escape === 'backslash' && options.quote === '\\');
}

/** How a file is written, all resolved. */
export interface Dialect {
  /** One character; `undefined` for files of one column. */
  readonly delimiter: string | undefined;
  /** One character; `undefined` where quotes have no meaning. */
  readonly quote: string | undefined;
  readonly escape: 'double' | 'backslash';
  readonly encoding: string;
}

/** A dialect as an extract declares it. */
export function declaredDialect(dialect: Dialect): Required<Pick<DialectOptions, 'delimiter' | 'quote' | 'encoding'>> {
  return {
    delimiter: dialect.delimiter === undefined ? 'none' : dialect.delimiter === '\t' ? 'tab' : dialect.delimiter,
    quote: dialect.quote ?? 'none',
    encoding: dialect.encoding,
  };
}
