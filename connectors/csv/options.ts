import { createRequire } from 'node:module';
import type * as Iconv from 'iconv-lite';
import { z } from 'zod';

const requireLater = createRequire(import.meta.url);

/** What the library decodes that is no way to write text. */
const NOT_TEXT = new Set(['base64', 'hex', 'binary', 'internal', 'utf7imap', 'utf7']);

/** How to reach the files. */
export const CsvConnectionSchema = z.strictObject({
  folder: z
    .string()
    .min(1)
    .describe(
      'Folder that holds the files, relative to the configuration folder. Links that lead out of it are refused.',
    ),
});
export type CsvConnection = z.infer<typeof CsvConnectionSchema>;

/** What to read: files of one shape. */
export const CsvExtractSchema = z
  .strictObject({
    files: z
      .string()
      .min(1)
      .refine((glob) => !/[\\/]/.test(glob) && glob !== '..' && glob !== '.', {
        error:
          'must be a file name inside the folder of the connection, without "/" or ".."; "*" and "?" stand for letters',
      })
      .describe("File names to read, sorted by name: 'sales-*.csv'. '*' stands for any letters, '?' for one."),
    delimiter: z
      .union([z.literal('tab'), z.string().regex(/^[^"\r\n]$/, { error: 'must be one character, or the word tab' })])
      .default(',')
      .describe("Character between fields, or 'tab'. Default: a comma."),
    quote: z
      .union([z.literal('none'), z.string().regex(/^[^\r\n]$/, { error: 'must be one character, or the word none' })])
      .default('"')
      .describe(
        "Character around fields that hold a delimiter, doubled inside; 'none' if quotes have no meaning. Default: \".",
      ),
    encoding: z
      .string()
      .default('utf-8')
      .refine(isTextEncoding, { error: 'is not a known encoding; such as utf-8, utf-16le, windows-1252, iso-8859-15' })
      .describe('Encoding of the files: utf-8 (default), utf-16le, windows-1252, iso-8859-15, …'),
    header: z.literal(true).default(true).describe('The first line names the columns. Always true.'),
  })
  .refine((options) => options.delimiter !== options.quote, {
    path: ['quote'],
    error: 'must differ from the delimiter',
  });
export type CsvExtract = z.infer<typeof CsvExtractSchema>;

/** Whether an encoding's name means UTF-8, which is decoded strictly and without a library. */
export function isUtf8Name(encoding: string): boolean {
  return /^utf-?8(-sig)?$/i.test(encoding.trim());
}

function isTextEncoding(encoding: string): boolean {
  if (isUtf8Name(encoding)) return true;
  if (NOT_TEXT.has(encoding.toLowerCase().replace(/[^a-z0-9]/g, ''))) return false;
  // Loaded only when a file is not UTF-8: its tables are large, and this schema is loaded with every configuration.
  const iconv: typeof Iconv = requireLater('iconv-lite');
  return iconv.encodingExists(encoding);
}
