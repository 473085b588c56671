import type { sheets_v4 } from '@googleapis/sheets';
import { z } from 'zod';
import { castGoogleError, unreadableAnswer } from '../errors.js';
import type { Account } from './auth.js';
import { parseKeepingDigits } from './lossless-json.js';
import { type SharedFlight, sharedFlight } from './shared-flight.js';

const DRIVE_FILES = 'https://www.googleapis.com/drive/v3/files/';
const METADATA_FIELDS = [
  'spreadsheetId',
  'properties(title,locale,timeZone)',
  'sheets(properties(sheetId,title,index,sheetType,hidden,gridProperties(rowCount,columnCount)),merges)',
  'namedRanges(name,range)',
].join(',');

const GridRangeSchema = z.object({
  // What is 0 may be left out of an answer.
  sheetId: z.number().default(0),
  startRowIndex: z.number().default(0),
  startColumnIndex: z.number().default(0),
  endRowIndex: z.number().optional(),
  endColumnIndex: z.number().optional(),
});
const MetadataSchema = z.object({
  properties: z.object({ title: z.string().default(''), timeZone: z.string().default('Etc/GMT') }),
  sheets: z
    .array(
      z.object({
        properties: z.object({
          sheetId: z.number().default(0),
          title: z.string(),
          sheetType: z.string().default('GRID'),
          hidden: z.boolean().default(false),
          gridProperties: z.object({ rowCount: z.number().default(0), columnCount: z.number().default(0) }).optional(),
        }),
        merges: z.array(GridRangeSchema).default([]),
      }),
    )
    .default([]),
  namedRanges: z.array(z.object({ name: z.string(), range: GridRangeSchema })).default([]),
});
const ValuesSchema = z.object({
  valueRanges: z.array(z.object({ range: z.string(), values: z.array(z.array(z.unknown())).default([]) })),
});

export type SpreadsheetMetadata = z.infer<typeof MetadataSchema>;
export type GridRange = z.infer<typeof GridRangeSchema>;
/** Cells of one range as they were answered; numbers as {@link parseKeepingDigits} has them. */
export interface AnsweredRange {
  readonly range: string;
  readonly values: readonly (readonly unknown[])[];
}

/** How dates are answered: as days since 1899-12-30, or as they are shown. */
export type DateForm = 'SERIAL_NUMBER' | 'FORMATTED_STRING';

export interface CallLimits {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** The calls this connector makes, each one request, tried once. */
export interface SheetsClient {
  metadata(id: string, limits: CallLimits): Promise<SpreadsheetMetadata>;
  values(id: string, ranges: readonly string[], dates: DateForm, limits: CallLimits): Promise<readonly AnsweredRange[]>;
  /** When Drive says the file was changed; UTC ISO text. */
  modifiedTime(id: string, limits: CallLimits): Promise<string>;
  /** Makes sure of a token. */
  authorize(signal: AbortSignal): Promise<void>;
}

export async function createSheetsClient(account: Account, now: () => string): Promise<SheetsClient> {
  const { sheets } = await import('@googleapis/sheets');
  const api: sheets_v4.Sheets = sheets({ version: 'v4', auth: account.client, retry: false });
  const closed = new AbortController();
  let tokenFlight: SharedFlight<void> | undefined;

  const authorize = async (signal: AbortSignal): Promise<void> => {
    // One exchange for all who wait; a token that is still good for five minutes is not exchanged again.
    tokenFlight ??= sharedFlight(async (flightSignal) => {
      account.tokenSignal = AbortSignal.any([flightSignal, closed.signal]);
      try {
        await account.client.getAccessToken();
      } catch (error) {
        throw castGoogleError(error, { action: 'Getting a token', account, now: now() });
      } finally {
        account.tokenSignal = undefined;
        tokenFlight = undefined;
      }
    });
    await tokenFlight.join(signal);
  };

  const ask = async (
    action: string,
    { signal, maxBytes }: CallLimits,
    send: (options: {
      signal: AbortSignal;
      responseType: 'text';
      retry: false;
      maxContentLength: number;
    }) => Promise<{ readonly data: unknown }>,
  ): Promise<string> => {
    await authorize(signal);
    try {
      const { data } = await send({
        signal,
        responseType: 'text',
        retry: false,
        maxContentLength: Math.max(maxBytes, 1),
      });
      return typeof data === 'string' ? data : '';
    } catch (error) {
      throw castGoogleError(error, { action, account, now: now(), maxBytes });
    }
  };

  return {
    authorize,
    async metadata(id, limits) {
      const action = `Reading spreadsheet "${id}"`;
      const text = await ask(action, limits, (options) =>
        api.spreadsheets.get({ spreadsheetId: id, fields: METADATA_FIELDS }, options),
      );
      return parsed(MetadataSchema, text, (json): unknown => JSON.parse(json), action);
    },
    async values(id, ranges, dates, limits) {
      const action = `Reading ${ranges.length === 1 ? `range ${ranges[0]}` : `${ranges.length} ranges`} of spreadsheet "${id}"`;
      const text = await ask(action, limits, (options) =>
        api.spreadsheets.values.batchGet(
          {
            spreadsheetId: id,
            ranges: [...ranges],
            majorDimension: 'ROWS',
            valueRenderOption: 'UNFORMATTED_VALUE',
            dateTimeRenderOption: dates,
          },
          options,
        ),
      );
      const { valueRanges } = parsed(ValuesSchema, text, parseKeepingDigits, action);
      if (valueRanges.length !== ranges.length) throw unreadableAnswer(action, `it has ${valueRanges.length} ranges`);
      return valueRanges;
    },
    async modifiedTime(id, limits) {
      const action = `Asking Drive when spreadsheet "${id}" was changed`;
      const url = `${DRIVE_FILES}${encodeURIComponent(id)}?fields=modifiedTime&supportsAllDrives=true`;
      const text = await ask(action, limits, (options) => account.client.request({ url, ...options }));
      return parsed(z.object({ modifiedTime: z.string() }), text, (json): unknown => JSON.parse(json), action)
        .modifiedTime;
    },
  };
}

/** What is no whole answer was cut on its way: tried again. */
function parsed<T>(schema: z.ZodType<T>, text: string, parse: (json: string) => unknown, action: string): T {
  let json: unknown;
  try {
    json = parse(text);
  } catch {
    throw unreadableAnswer(action, 'it is cut, or no JSON');
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw unreadableAnswer(action, `"${issue?.path.join('.') ?? ''}" is not as expected`);
}
