import { z } from 'zod';
import { problemOfHeader } from '#connectors/sdk/http/header-names.js';
import { layoutShape } from '#connectors/sdk/layout/layout-options.js';
import { asOfSchema } from './as-of/as-of-options.js';
import { dialectShape, marksDiffer } from './dialect/dialect-options.js';
import { problemOfDatePattern } from './files/date-pattern.js';
import { problemOfPattern } from './files/path-glob.js';
import { problemOfUrl } from './http/base-url.js';

const LONGEST_STILLNESS_SECONDS = 300;

/** How to reach the files: in a folder, or below a url. */
export const CsvConnectionSchema = z
  .strictObject({
    folder: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Folder that holds the files, relative to the configuration folder. Links that lead out of it are refused. Either this or url.',
      ),
    url: z
      .string()
      .superRefine((url, context) => {
        const problem = problemOfUrl(url);
        if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
      })
      .optional()
      .describe(
        'Address below which the files are, such as https://files.example.com/exports/. No other host is asked. Either this or folder.',
      ),
    token: z
      .string()
      .min(1)
      .meta({ secret: true })
      .optional()
      .describe('Sent as "Authorization: Bearer …": a reference to an environment variable or a file. Only with url.'),
    headers: z
      .record(
        z.string().superRefine((name, context) => {
          const problem = problemOfHeader(name);
          if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
        }),
        z.string().min(1).meta({ secret: true }),
      )
      .optional()
      .describe('Further request headers, such as an api key; their values are references. Only with url.'),
    allow_private: z
      .boolean()
      .optional()
      .describe(
        'Whether the host may have an address of a private network or of this machine; the latter may then also be http://. Default: false. Only with url.',
      ),
    ca: z
      .string()
      .min(1)
      .optional()
      .describe(
        'PEM file of the certificate authority, relative to the configuration folder. Default: the public ones. Only with url.',
      ),
    known_files: z
      .array(z.string().min(1).superRefine(checkPlainPath))
      .optional()
      .describe('Files below the url that check and discover look at, as there is no list of them. Only with url.'),
  })
  .superRefine(({ folder, url, ...rest }, context) => {
    if (folder === undefined && url === undefined) {
      context.addIssue({ code: 'custom', message: 'needs "folder" or "url"' });
    }
    if (folder === undefined) return;
    if (url !== undefined) context.addIssue({ code: 'custom', path: ['url'], message: 'cannot stand beside "folder"' });
    for (const [name, value] of Object.entries(rest)) {
      if (value === undefined || url !== undefined) continue;
      context.addIssue({ code: 'custom', path: [name], message: 'belongs to "url", not to a folder' });
    }
  })
  .refine(({ token, headers }) => token === undefined || !Object.keys(headers ?? {}).some(isAuthorization), {
    path: ['headers'],
    error: 'cannot hold Authorization beside "token"',
  });
export type CsvConnection = z.infer<typeof CsvConnectionSchema>;

const pattern = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const problem = problemOfPattern(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

const takeSchema = z
  .union([
    z.enum(['all', 'newest']),
    z.strictObject({
      date_in_name: z
        .string()
        .min(1)
        .superRefine((text, context) => {
          const problem = problemOfDatePattern(text);
          if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
        })
        .describe("How the names are built: 'sales-{yyyy}-{MM}-{dd}.csv'; * and ? stand for letters."),
      keep: z
        .enum(['latest', 'all_in_window'])
        .default('latest')
        .describe(
          'latest: the file with the latest date. all_in_window: all that touch the days wanted; then a key of duplicates holds the time column. Default: latest.',
        ),
    }),
  ])
  .describe(
    'Which of several files are read: all (by name), newest (changed last), or by the date in their names. Default: all.',
  );
/** Which of several files are read. */
export type TakeRule = z.infer<typeof takeSchema>;

/** What to read: files of one shape. */
export const CsvExtractSchema = z
  .strictObject({
    files: z
      .union([pattern, z.array(pattern).min(1).max(100)])
      .describe(
        "File names to read, one or a list: 'sales-*.csv', '2026/*.csv', '**/*.csv'. '*' stands for any letters, '?' for one, '**' for any folders. Below a url: exact names.",
      ),
    take: takeSchema.optional(),
    repeated: z
      .enum(['skip', 'take'])
      .optional()
      .describe(
        'What becomes of a file that holds the same as an earlier one of the read. skip: its rows are counted as repeated_file and not used. take: it is another delivery that happens to be equal. Default: skip.',
      ),
    stands_still_seconds: z
      .number()
      .min(0)
      .max(LONGEST_STILLNESS_SECONDS)
      .optional()
      .describe(
        'How long a file must not have changed before it is read; a younger one is waited for. 0: off. Default: 1.',
      ),
    done: z
      .string()
      .regex(/^[^/\\*?\s]{1,50}$/, { error: 'must be the ending of a file name, such as .done' })
      .optional()
      .describe("A file counts only when its name with this ending is there too: '.done'. Default: none needed."),
    as_of: asOfSchema.optional(),
    ...dialectShape,
    ...layoutShape,
  })
  .refine(marksDiffer, { path: ['quote'], error: 'must differ from the delimiter' });
export type CsvExtract = z.infer<typeof CsvExtractSchema>;

/** The patterns of an extract, whether it has one or a list. */
export function patternsOf(options: Pick<CsvExtract, 'files'>): readonly string[] {
  return typeof options.files === 'string' ? [options.files] : options.files;
}

/** How long its files must stand still, in milliseconds. */
export function stillMsOf(options: Pick<CsvExtract, 'stands_still_seconds'>): number {
  return (options.stands_still_seconds ?? 1) * 1000;
}

function checkPlainPath(path: string, context: z.core.$RefinementCtx<string>): void {
  const problem = /[*?]/.test(path) ? 'must be an exact name, without * or ?' : problemOfPattern(path);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
}

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}
