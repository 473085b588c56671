import { sha256Hex } from '#connectors/sdk/digest.js';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import type { Batch, OpenContext, ReadRequest, ReadSummary, Source, WatermarkRequest } from '#connectors/sdk/types.js';
import type { Watermark } from '#connectors/sdk/watermark.js';
import { asOfRange, createAnswers, gridOf, idOf, rangesOf, type SpreadsheetAnswer } from './answers.js';
import { checkAccount } from './check.js';
import { discoverSpreadsheet } from './discover.js';
import { asOfWatermark, modifiedWatermark } from './freshness.js';
import { placeOf, writeRange } from './grid/a1.js';
import { type ColumnReading, cellWriter, sheetCell } from './grid/cells.js';
import type { Grid } from './grid/header.js';
import { laidOutBatches } from './grid/laid-out.js';
import type { ResolvedRange } from './grid/resolve-range.js';
import { tableBatches } from './grid/table.js';
import type { SheetsConnection, SheetsExtract } from './options.js';
import { shortId } from './spreadsheet-id.js';
import { openAccount } from './upstream/auth.js';
import { createSheetsClient } from './upstream/client.js';

/** An account at Google. The credentials are looked at when they are first needed, so that `check` can tell of them. */
export function openSheetsSource(connection: SheetsConnection, context: OpenContext): Source<SheetsExtract> {
  const open = async () => {
    const account = await openAccount(connection, context);
    const client = await createSheetsClient(account, context.now);
    return { account, client, answers: createAnswers(client, connection.drive_modified_time) };
  };
  let opened: ReturnType<typeof open> | undefined;
  const session = (): ReturnType<typeof open> => {
    if (opened === undefined) {
      const opening = open();
      opened = opening;
      // What failed once, such as a file that was not there yet, is tried anew.
      opening.catch(() => {
        if (opened === opening) opened = undefined;
      });
    }
    return opened;
  };

  async function* read(request: ReadRequest<SheetsExtract>): AsyncGenerator<Batch, ReadSummary, void> {
    const guard = guardRead(`extract "${request.extract}"`, request.limits, request.signal);
    try {
      guard.checkpoint();
      const { answers } = await session();
      const limits = { maxBytes: request.limits.maxBytes, signal: guard.signal };
      const answer = await answers.answerFor(request, request.call, limits);
      return yield* batchesOf(request, answer, guard);
    } catch (error) {
      throw guard.stopped() ?? error;
    } finally {
      guard.close();
    }
  }

  return {
    check: (signal) => checkAccount(session, signal),
    discover: async (request) => discoverSpreadsheet((await session()).client, request),
    async watermark(request) {
      const { options, extract, limits } = request;
      if (options.as_of === undefined && !connection.drive_modified_time) return undefined;
      const guard = guardRead(`the watermark of extract "${extract}"`, limits, request.signal);
      try {
        guard.checkpoint();
        const { client } = await session();
        const callLimits = { maxBytes: limits.maxBytes, signal: guard.signal };
        if (options.as_of === undefined) return modifiedWatermark(await client.modifiedTime(idOf(options), callLimits));
        return await askAsOf(client, request, callLimits);
      } catch (error) {
        throw guard.stopped() ?? error;
      } finally {
        guard.close();
      }
    },
    read,
    async close() {
      const closing = opened;
      opened = undefined;
      // Credentials that could not be read left nothing open.
      const current = await closing?.catch(() => undefined);
      current?.account.close();
    },
  };
}

async function askAsOf(
  client: Awaited<ReturnType<typeof createSheetsClient>>,
  { options }: WatermarkRequest<SheetsExtract>,
  limits: { readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<Watermark | undefined> {
  const metadata = await client.metadata(idOf(options), limits);
  const ownTab =
    options.tab === undefined && options.sheet_id === undefined ? rangesOf(metadata, options)[0] : undefined;
  const { request } = asOfRange(metadata, options, ownTab);
  const [answered] = await client.values(idOf(options), [request], 'SERIAL_NUMBER', limits);
  return asOfWatermark(sheetCell(answered?.values[0]?.[0]), metadata.properties.timeZone);
}

async function* batchesOf(
  request: ReadRequest<SheetsExtract>,
  answer: SpreadsheetAnswer,
  guard: ReadGuard,
): AsyncGenerator<Batch, ReadSummary, void> {
  const { options, columns } = request;
  const { metadata, ranges, modifiedTime } = answer;
  const timeZone = metadata.properties.timeZone;
  const [range, asOf] = rangesOf(metadata, options);
  if (range === undefined) throw new RangeError('An extract has a range');
  const answered = ranges.get(range.request);
  const content = JSON.stringify(answered?.values ?? []);
  guard.addBytes(Buffer.byteLength(content));
  const grid = gridOf(metadata, range, answered);
  const table = {
    columns,
    writers: columns.map((_, index) => cellWriter(readingOf(request, index), timeZone)),
    headerRows: options.header_rows,
    headerJoin: options.header_join,
  };
  const { layout } = options;
  const notes: string[] = [...mergeNotes(grid, range, options.header_rows)];
  if (layout === undefined || layout.kind === 'table') yield* tableBatches(grid, table, guard);
  else notes.push(...(yield* laidOutBatches(grid, layout, table, guard)));

  const cell = asOf === undefined ? undefined : sheetCell(ranges.get(asOf.request)?.values[0]?.[0]);
  let watermark = cell === undefined ? undefined : asOfWatermark(cell, timeZone);
  if (asOf !== undefined && watermark === undefined) notes.push(`the cell ${asOf.request} ("as_of") says nothing`);
  if (asOf === undefined && modifiedTime !== undefined) watermark = modifiedWatermark(modifiedTime);
  return {
    digest: sha256Hex(JSON.stringify([options, columns, grid.tab, grid.top, grid.left, timeZone, content])),
    description: [
      `spreadsheet "${metadata.properties.title}" (${shortId(idOf(options))}), ${range.request}: ${grid.rows.length} rows from ${placeOf(grid.tab, grid.top, grid.left)}, zone ${timeZone}`,
    ],
    ...(notes.length === 0 ? {} : { notes }),
    ...(watermark === undefined ? {} : { watermark }),
  };
}

function readingOf(request: ReadRequest<SheetsExtract>, index: number): ColumnReading | undefined {
  const type = request.columnTypes?.[index];
  return request.columnSpecs?.[index] ?? (type === undefined ? undefined : { type });
}

/** Merged cells below the header: all of them but the first are blank, which people do not see. */
function mergeNotes(grid: Grid, range: ResolvedRange, headerRows: number): readonly string[] {
  const last = grid.top + grid.rows.length;
  const inBody = grid.merges.filter(
    ({ startRowIndex, startColumnIndex }) =>
      startRowIndex >= grid.top + headerRows &&
      startRowIndex < last &&
      startColumnIndex >= grid.left &&
      startColumnIndex < (range.box.right ?? Infinity),
  );
  const places = inBody.slice(0, 5).map((merge) =>
    writeRange(grid.tab, {
      top: merge.startRowIndex,
      left: merge.startColumnIndex,
      bottom: merge.endRowIndex,
      right: merge.endColumnIndex,
    }),
  );
  if (places.length === 0) return [];
  const more = inBody.length > places.length ? ` and ${inBody.length - places.length} more` : '';
  return [`merged cells: only the first of ${places.join(', ')}${more} has the value, the others are blank`];
}
