import type { PlannedCall, PlanRequest } from '#connectors/sdk/plan.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { parseRange } from './grid/a1.js';
import { sheetCell } from './grid/cells.js';
import type { Grid } from './grid/header.js';
import { type ResolvedRange, resolveRange } from './grid/resolve-range.js';
import type { SheetsExtract } from './options.js';
import { spreadsheetIdOf } from './spreadsheet-id.js';
import type { AnsweredRange, CallLimits, SheetsClient, SpreadsheetMetadata } from './upstream/client.js';
import { type SharedFlight, sharedFlight } from './upstream/shared-flight.js';

/** What Google said of one spreadsheet, for all extracts that were asked for together. */
export interface SpreadsheetAnswer {
  readonly metadata: SpreadsheetMetadata;
  /** By the range as it was asked for. */
  readonly ranges: ReadonlyMap<string, AnsweredRange>;
  /** Where Drive was asked. */
  readonly modifiedTime: string | undefined;
}

type Request = Pick<PlanRequest<SheetsExtract>, 'extract' | 'options'>;

/** Answers that the extracts of a planned call share: one metadata call and one `batchGet` for all of them. */
export function createAnswers(client: SheetsClient, asksDrive: boolean) {
  const shared = new WeakMap<
    PlannedCall<SheetsExtract>,
    { readonly flight: SharedFlight<SpreadsheetAnswer>; readonly served: Set<string> }
  >();

  return {
    /** @param call the call this extract is part of; without one it is asked for alone */
    async answerFor(
      request: Request,
      call: PlannedCall<SheetsExtract> | undefined,
      limits: CallLimits,
    ): Promise<SpreadsheetAnswer> {
      const isPart = call?.requests.some(({ extract }) => extract === request.extract) === true;
      if (call === undefined || !isPart) return ask(client, [request], asksDrive, limits);
      let entry = shared.get(call);
      // Whoever asks a second time wants to know what is there now.
      if (entry === undefined || entry.served.has(request.extract)) {
        const maxBytes = limits.maxBytes * call.requests.length;
        const flight = sharedFlight((signal) => ask(client, call.requests, asksDrive, { signal, maxBytes }));
        entry = { flight, served: new Set() };
        shared.set(call, entry);
      }
      const answer = await entry.flight.join(limits.signal);
      entry.served.add(request.extract);
      return answer;
    },
  };
}

async function ask(
  client: SheetsClient,
  requests: readonly Request[],
  asksDrive: boolean,
  limits: CallLimits,
): Promise<SpreadsheetAnswer> {
  const id = idOf(requests[0]?.options);
  const metadata = await client.metadata(id, limits);
  const wanted = [...new Set(requests.flatMap(({ options }) => presentRanges(metadata, options)))];
  const answered = wanted.length === 0 ? [] : await client.values(id, wanted, 'SERIAL_NUMBER', limits);
  const ranges = new Map(answered.map((range, index) => [wanted[index] ?? '', range]));
  const needsDrive = asksDrive && requests.some(({ options }) => options.as_of === undefined);
  const modifiedTime = needsDrive ? await client.modifiedTime(id, limits) : undefined;
  return { metadata, ranges, modifiedTime };
}

/** What an extract asks for, as far as it is there: what is missing is told to that extract alone, when it is read. */
function presentRanges(metadata: SpreadsheetMetadata, options: SheetsExtract): readonly string[] {
  try {
    return rangesOf(metadata, options).map(({ request }) => request);
  } catch (error) {
    if (error instanceof PlumblineError && error.kind === 'layout') return [];
    throw error;
  }
}

/** The table, and the "as of" cell if there is one. */
export function rangesOf(metadata: SpreadsheetMetadata, options: SheetsExtract): readonly ResolvedRange[] {
  const table = resolveRange(metadata, options, options.range);
  if (options.as_of === undefined) return [table];
  return [table, asOfRange(metadata, options, table)];
}

/** The "as of" cell alone. */
export function asOfRange(
  metadata: SpreadsheetMetadata,
  options: SheetsExtract,
  table: ResolvedRange | undefined,
): ResolvedRange {
  const { as_of: text = '' } = options;
  const parsed = parseRange(text);
  const isOwnTab = parsed?.kind === 'cells' && parsed.tab === undefined;
  const where = isOwnTab && table !== undefined ? { spreadsheet: options.spreadsheet, tab: table.tab } : options;
  return resolveRange(metadata, where, text);
}

export function idOf(options: Pick<SheetsExtract, 'spreadsheet'> | undefined): string {
  return spreadsheetIdOf(options?.spreadsheet ?? '') ?? '';
}

/** The cells of a range, at the place where the answer says they are. */
export function gridOf(metadata: SpreadsheetMetadata, range: ResolvedRange, answered: AnsweredRange | undefined): Grid {
  const said = answered === undefined ? undefined : parseRange(answered.range);
  const box = said?.kind === 'cells' ? said.box : range.box;
  return {
    tab: range.tab,
    top: box.top,
    left: box.left,
    rows: (answered?.values ?? []).map((row) => row.map(sheetCell)),
    merges: metadata.sheets.find(({ properties }) => properties.sheetId === range.sheetId)?.merges ?? [],
  };
}
