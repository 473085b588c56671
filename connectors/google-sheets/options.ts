import { z } from 'zod';
import { layoutShape } from '#connectors/sdk/layout/layout-options.js';
import { parseRange } from './grid/a1.js';
import { spreadsheetIdOf } from './spreadsheet-id.js';

const WAYS_IN = ['credentials', 'credentials_file', 'auth', 'oauth'] as const;

/**
 * A local stand-in only: an assertion signed with the real key must never leave for another host than Google's. Or one
 * reference, for what it stands for is looked at again when the connection is opened; unresolved it is no address at all.
 */
const LOOPBACK = /^(?:http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?\/?|\$\{(?:env|file):[^${}\s]+\})$/;

/** Which account reads. */
export const SheetsConnectionSchema = z
  .strictObject({
    credentials: z
      .string()
      .min(1)
      .meta({ secret: true })
      .optional()
      .describe(
        'Key of a service account (the JSON text), as a reference to an environment variable or a file; never the text itself.',
      ),
    credentials_file: z
      .string()
      .min(1)
      .optional()
      .describe('File with the key of a service account, relative to the configuration folder. Keep it out of git.'),
    auth: z
      .literal('application-default')
      .optional()
      .describe('Use what the machine is logged in with (Application Default Credentials).'),
    oauth: z
      .strictObject({
        client_id: z.string().min(1).describe('Id of the OAuth client.'),
        client_secret: z.string().min(1).meta({ secret: true }).describe('Its secret, as a reference.'),
        refresh_token: z.string().min(1).meta({ secret: true }).describe('Refresh token of a person, as a reference.'),
      })
      .optional()
      .describe('Read as a person who granted a refresh token.'),
    drive_modified_time: z
      .boolean()
      .default(false)
      .describe(
        'Ask Drive when a spreadsheet was changed, as evidence of freshness. Adds the scope drive.metadata.readonly. Default: false.',
      ),
    endpoint: z
      .string()
      .regex(LOOPBACK, 'must be a loopback address such as http://127.0.0.1:8085')
      .optional()
      .describe(
        'For a local stand-in only: its address (http, loopback), or a reference to it. Tokens are then taken from it too.',
      ),
  })
  .superRefine((options, context) => {
    const given = WAYS_IN.filter((way) => options[way] !== undefined);
    if (given.length === 1) return;
    context.addIssue({
      code: 'custom',
      path: given.length === 0 ? [] : [given[1] ?? ''],
      message:
        given.length === 0
          ? `No account is given. Give one of ${WAYS_IN.join(', ')}`
          : `Several accounts are given (${given.join(', ')}). Keep one of them`,
    });
  });
export type SheetsConnection = z.infer<typeof SheetsConnectionSchema>;

/** What to read: one table. */
export const SheetsExtractSchema = z
  .strictObject({
    spreadsheet: z
      .string()
      .refine((text) => spreadsheetIdOf(text) !== undefined, {
        message: 'must be the id of a spreadsheet or its address (https://docs.google.com/spreadsheets/d/…)',
      })
      .describe('Id of the spreadsheet, or its address as the browser shows it.'),
    range: z
      .string()
      .min(1)
      .optional()
      .describe(
        'A named range (recommended: it survives inserted rows and columns), or cells such as B3:F with `tab` or `sheet_id`.',
      ),
    tab: z.string().min(1).optional().describe('Title of the tab, letter by letter.'),
    sheet_id: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe('Number of the tab (`gid=` in its address); it stays when the tab is renamed.'),
    header_rows: z
      .number()
      .int()
      .min(0)
      .max(10)
      .default(1)
      .describe('Rows of the header. With 0 the columns are named A, B, C, … as in the sheet. Default: 1.'),
    header_join: z
      .string()
      .default(' ')
      .describe('What stands between the parts of a header of several rows. Default: a space.'),
    ...layoutShape,
    as_of: z
      .string()
      .min(1)
      .optional()
      .describe('Cell that says how far the data goes: a named range, or a cell such as B1 of the tab or Status!B1.'),
  })
  .superRefine((options, context) => {
    const problem = problemOf(options);
    if (problem !== undefined) context.addIssue({ code: 'custom', path: [problem.field], message: problem.message });
  });
export type SheetsExtract = z.infer<typeof SheetsExtractSchema>;

function problemOf(options: {
  readonly range?: string | undefined;
  readonly tab?: string | undefined;
  readonly sheet_id?: number | undefined;
  readonly as_of?: string | undefined;
}): { readonly field: string; readonly message: string } | undefined {
  const { range, tab, sheet_id, as_of } = options;
  const hasTab = tab !== undefined || sheet_id !== undefined;
  if (tab !== undefined && sheet_id !== undefined) {
    return { field: 'sheet_id', message: 'Both "tab" and "sheet_id" name the tab. Keep one of them' };
  }
  if (range === undefined && !hasTab) {
    return {
      field: 'range',
      message: 'Nothing says what to read. Give a named range, or "tab" (and cells of it as "range")',
    };
  }
  if (range !== undefined) {
    const parsed = parseRange(range);
    if (parsed === undefined) return { field: 'range', message: `"${range}" is no named range and no cells` };
    if (parsed.kind === 'cells' && parsed.tab === undefined && !hasTab) {
      return { field: 'range', message: `The cells "${range}" are of no tab. Say which one as "tab"` };
    }
    if (hasTab && parsed.kind === 'named') {
      return {
        field: 'range',
        message: `"${range}" names a range of the whole spreadsheet. Leave out the tab, or give cells such as B3:F`,
      };
    }
    if (hasTab && parsed.kind === 'cells' && parsed.tab !== undefined) {
      return { field: 'range', message: `"${range}" names a tab of its own. Say the tab once` };
    }
  }
  if (as_of !== undefined) {
    const parsed = parseRange(as_of);
    const oneCell =
      parsed?.kind === 'named' || (parsed?.kind === 'cells' && !as_of.slice(as_of.lastIndexOf('!') + 1).includes(':'));
    if (!oneCell)
      return { field: 'as_of', message: `"${as_of}" is no cell. Give one such as B1 or Status!B1, or a named range` };
    if (parsed.kind === 'cells' && parsed.tab === undefined && !hasTab) {
      return { field: 'as_of', message: `The cell "${as_of}" is of no tab. Write it as Tab!${as_of}` };
    }
  }
  return undefined;
}
