import type { PlannedCall, PlanRequest } from '#connectors/sdk/plan.js';
import { quotedTab } from './grid/a1.js';
import type { SheetsExtract } from './options.js';
import { shortId, spreadsheetIdOf } from './spreadsheet-id.js';

/** Characters of ranges in the address of one call. Longer addresses are refused on the way now and then. */
const MAX_RANGE_CHARACTERS = 1_500;
/** A tab given by number has a title that is not known yet; this many characters are kept for it. */
const UNKNOWN_TITLE = 'x'.repeat(40);
/** One for the metadata, one for all the ranges. Drive's time of change is another API, with a budget of its own. */
const UPSTREAM_CALLS = 2;

/** All extracts of one spreadsheet in one call, split only where its address would grow too long. */
export function planSpreadsheets(
  requests: readonly PlanRequest<SheetsExtract>[],
): readonly PlannedCall<SheetsExtract>[] {
  const bySpreadsheet = new Map<string, PlanRequest<SheetsExtract>[]>();
  for (const request of requests) {
    const id = spreadsheetIdOf(request.options.spreadsheet) ?? request.options.spreadsheet;
    bySpreadsheet.set(id, [...(bySpreadsheet.get(id) ?? []), request]);
  }
  return [...bySpreadsheet].flatMap(([id, group]) => split(group).map((part) => plannedCall(id, part)));
}

function plannedCall(id: string, part: Part): PlannedCall<SheetsExtract> {
  const ranges = part.ranges.size === 1 ? '1 range' : `${part.ranges.size} ranges`;
  return {
    requests: part.requests,
    upstreamCalls: UPSTREAM_CALLS,
    description: `spreadsheet ${shortId(id)}, ${ranges}`,
  };
}

interface Part {
  readonly requests: PlanRequest<SheetsExtract>[];
  readonly ranges: Set<string>;
  characters: number;
}

/** In the order given; a range that several extracts share is asked for once. */
function split(requests: readonly PlanRequest<SheetsExtract>[]): readonly Part[] {
  const parts: Part[] = [];
  for (const request of requests) {
    const wanted = rangesOf(request.options);
    let part = parts.at(-1);
    let added = cost(wanted, part);
    if (part === undefined || (part.ranges.size > 0 && part.characters + added > MAX_RANGE_CHARACTERS)) {
      part = { requests: [], ranges: new Set(), characters: 0 };
      parts.push(part);
      added = cost(wanted, part);
    }
    part.requests.push(request);
    part.characters += added;
    for (const range of wanted) part.ranges.add(range);
  }
  return parts;
}

function cost(wanted: readonly string[], part: Part | undefined): number {
  return wanted
    .filter((range) => part?.ranges.has(range) !== true)
    .reduce((sum, range) => sum + encodeURIComponent(range).length, 0);
}

/** The ranges an extract needs, about as they will be sent. */
function rangesOf(options: SheetsExtract): readonly string[] {
  const title = options.tab ?? (options.sheet_id === undefined ? undefined : `${UNKNOWN_TITLE}${options.sheet_id}`);
  const inTab = (range: string | undefined): string =>
    title === undefined || range?.includes('!') ? (range ?? '') : `${quotedTab(title)}!${range ?? 'A1:ZZ10000'}`;
  return options.as_of === undefined ? [inTab(options.range)] : [inTab(options.range), inTab(options.as_of)];
}
