import { nearestName } from '#connectors/sdk/columns.js';
import { rangeMissing } from '../errors.js';
import type { SheetsExtract } from '../options.js';
import type { GridRange, SpreadsheetMetadata } from '../upstream/client.js';
import { type CellBox, parseRange, writeRange } from './a1.js';

/** A range that is there. */
export interface ResolvedRange {
  /** As it is asked for: a name, or cells with their tab. */
  readonly request: string;
  readonly tab: string;
  readonly sheetId: number;
  readonly box: CellBox;
}

type Tab = SpreadsheetMetadata['sheets'][number];

/**
 * Finds what an extract reads among what the spreadsheet has, so that one extract's mistake is its own: asked for
 * together, a range that is not there would fail them all.
 *
 * @param text a range, or `undefined` for the whole tab
 * @throws PlumblineError `layout` SOURCE_RANGE_MISSING naming what is there
 */
export function resolveRange(
  metadata: SpreadsheetMetadata,
  where: Pick<SheetsExtract, 'spreadsheet' | 'tab' | 'sheet_id'>,
  text: string | undefined,
): ResolvedRange {
  const { spreadsheet } = where;
  const parsed = text === undefined ? undefined : parseRange(text);
  if (parsed?.kind === 'named') return namedRange(metadata, spreadsheet, parsed.name);
  const title = parsed?.tab ?? where.tab;
  const tab =
    title === undefined && where.sheet_id !== undefined
      ? tabByNumber(metadata, spreadsheet, where.sheet_id)
      : tabByTitle(metadata, spreadsheet, title ?? '');
  const box = parsed?.box ?? { top: 0, left: 0, bottom: undefined, right: undefined };
  return within(spreadsheet, tab, box);
}

function namedRange(metadata: SpreadsheetMetadata, spreadsheet: string, name: string): ResolvedRange {
  const found = metadata.namedRanges.find((range) => range.name === name);
  if (found === undefined) {
    const names = metadata.namedRanges.map((range) => range.name);
    throw rangeMissing(
      spreadsheet,
      `there is no named range "${name}"${didYouMean(name, names)}. It has ${listed(names, 'no named range')}`,
      'Name the range in the spreadsheet (Data, Named ranges), or correct "range:" of the extract.',
    );
  }
  const tab = metadata.sheets.find(({ properties }) => properties.sheetId === found.range.sheetId);
  if (tab === undefined) {
    throw rangeMissing(spreadsheet, `the tab of the named range "${name}" is gone`, 'Define the named range anew.');
  }
  return { request: name, tab: tab.properties.title, sheetId: found.range.sheetId, box: boxOf(found.range) };
}

function tabByTitle(metadata: SpreadsheetMetadata, spreadsheet: string, title: string): Tab {
  const found = metadata.sheets.find(({ properties }) => properties.title === title);
  if (found !== undefined) return found;
  const titles = metadata.sheets.map(({ properties }) => properties.title);
  throw rangeMissing(
    spreadsheet,
    `there is no tab "${title}"${didYouMean(title, titles)}. It has ${listed(titles, 'no tab')}`,
    'Give the tab its title back, or correct "tab:" of the extract; "sheet_id:" stays when a tab is renamed.',
  );
}

function tabByNumber(metadata: SpreadsheetMetadata, spreadsheet: string, sheetId: number): Tab {
  const found = metadata.sheets.find(({ properties }) => properties.sheetId === sheetId);
  if (found !== undefined) return found;
  const tabs = metadata.sheets.map(({ properties }) => `${properties.title} (${properties.sheetId})`);
  throw rangeMissing(
    spreadsheet,
    `there is no tab with the number ${sheetId}. It has ${listed(tabs, 'no tab')}`,
    'Take the number behind "gid=" in the address of the tab.',
  );
}

/** Cells past the end of the grid hold nothing, but asking for them is refused. */
function within(spreadsheet: string, tab: Tab, box: CellBox): ResolvedRange {
  const { title, sheetId, gridProperties } = tab.properties;
  if (gridProperties === undefined) {
    throw rangeMissing(
      spreadsheet,
      `the tab "${title}" has no cells (it is a chart)`,
      'Name the tab that holds the data.',
    );
  }
  const { rowCount, columnCount } = gridProperties;
  if (box.top >= rowCount || box.left >= columnCount) {
    throw rangeMissing(
      spreadsheet,
      `${writeRange(title, box)} lies outside the tab, which has ${rowCount} rows and ${columnCount} columns`,
      'Correct "range:" of the extract, or name the range in the spreadsheet, so that it moves with its cells.',
    );
  }
  const bounded = {
    ...box,
    bottom: box.bottom === undefined ? undefined : Math.min(box.bottom, rowCount),
    right: Math.min(box.right ?? columnCount, columnCount),
  };
  return { request: writeRange(title, bounded), tab: title, sheetId, box: bounded };
}

export function boxOf(range: GridRange): CellBox {
  return {
    top: range.startRowIndex,
    left: range.startColumnIndex,
    bottom: range.endRowIndex,
    right: range.endColumnIndex,
  };
}

function didYouMean(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
}

function listed(names: readonly string[], none: string): string {
  const shown = names.slice(0, 30).map((name) => `"${name}"`);
  if (shown.length === 0) return none;
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
