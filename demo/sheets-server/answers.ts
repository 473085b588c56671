import { refusal } from './faults.js';
import {
  type Box,
  boxOf,
  cellAt,
  columnLetters,
  gridSize,
  lastRow,
  type StandInCell,
  type StandInSpreadsheet,
  type StandInTab,
} from './spreadsheet-data.js';

/** Said wherever a person might take this for the real thing. */
const STAND_IN = '(local stand-in, not Google)';

/** The answer to `GET /v4/spreadsheets/{id}`: what the connector's field mask asks for, whatever the mask. */
export function metadataAnswer(spreadsheet: StandInSpreadsheet): string {
  const { id, title, locale = 'en_US', timeZone = 'Etc/GMT', tabs, namedRanges = {} } = spreadsheet;
  return JSON.stringify({
    spreadsheetId: id,
    properties: { title: `${title} ${STAND_IN}`, locale, autoRecalc: 'ON_CHANGE', timeZone },
    sheets: tabs.map((tab, index) => {
      const { rows, columns } = gridSize(tab);
      const isGrid = tab.sheetType !== 'OBJECT';
      return {
        properties: {
          // As Google does, what is 0 or false is left out of some answers; the id of the first tab is not.
          sheetId: tab.sheetId,
          title: tab.title,
          index,
          sheetType: tab.sheetType ?? 'GRID',
          ...(tab.hidden ? { hidden: true } : {}),
          ...(isGrid ? { gridProperties: { rowCount: rows, columnCount: columns } } : {}),
        },
        ...(tab.merges === undefined ? {} : { merges: tab.merges.map((merge) => gridRange(tab.sheetId, merge)) }),
      };
    }),
    // Left out where there is none, as Google does.
    ...(Object.keys(namedRanges).length === 0
      ? {}
      : {
          namedRanges: Object.entries(namedRanges).map(([name, { tab, range }], index) => ({
            namedRangeId: String(1000 + index),
            name,
            range: gridRange(tabOf(spreadsheet, tab)?.sheetId ?? 0, range),
          })),
        }),
  });
}

/** The answer to `values:batchGet`. Numbers are written as they stand, so that a test can ask for any digits. */
export function valuesAnswer(spreadsheet: StandInSpreadsheet, query: URLSearchParams): string {
  const asSerials = query.get('dateTimeRenderOption') !== 'FORMATTED_STRING';
  const ranges = query.getAll('ranges').map((text) => {
    const { tab, box } = resolve(spreadsheet, text);
    const { rows, columns } = gridSize(tab);
    if ((box.bottom ?? 0) > rows || (box.right ?? 0) > columns || box.top >= rows || box.left >= columns) {
      throw refusal(
        400,
        'INVALID_ARGUMENT',
        `Range (${text}) exceeds grid limits. Max rows: ${rows}, max columns: ${columns}`,
      );
    }
    const bottom = Math.min(box.bottom ?? rows, rows);
    const right = Math.min(box.right ?? columns, columns);
    const name = `${quoted(tab.title)}!${columnLetters(box.left)}${box.top + 1}:${columnLetters(right - 1)}${bottom}`;
    const values = rowsOf(tab, { ...box, bottom: Math.min(bottom, lastRow(tab)), right }, asSerials);
    const body = values.length === 0 ? '' : `,"values":[${values.join(',')}]`;
    return `{"range":${JSON.stringify(name)},"majorDimension":"ROWS"${body}}`;
  });
  return `{"spreadsheetId":${JSON.stringify(spreadsheet.id)},"valueRanges":[${ranges.join(',')}]}`;
}

/** Rows as JSON; trailing blank cells and rows are left out. */
function rowsOf(tab: StandInTab, box: Required<Box>, asSerials: boolean): readonly string[] {
  const rows: string[][] = [];
  for (let row = box.top; row < (box.bottom ?? 0); row += 1) {
    const cells: string[] = [];
    for (let column = box.left; column < (box.right ?? 0); column += 1) {
      cells.push(cellJson(isCovered(tab, row, column) ? null : cellAt(tab, row, column), asSerials));
    }
    rows.push(withoutBlankEnd(cells, (cell) => cell === '""'));
  }
  return withoutBlankEnd(rows, (row) => row.length === 0).map((row) => `[${row.join(',')}]`);
}

function cellJson(cell: StandInCell, asSerials: boolean): string {
  if (cell === null) return '""';
  if (typeof cell !== 'object') return JSON.stringify(cell);
  if ('error' in cell) return JSON.stringify(cell.error);
  if ('number' in cell) return cell.number;
  return asSerials ? String(cell.serial) : JSON.stringify(cell.shown);
}

function isCovered(tab: StandInTab, row: number, column: number): boolean {
  return (tab.merges ?? []).some((merge) => {
    const box = boxOf(merge);
    if (box === undefined || (row === box.top && column === box.left)) return false;
    return row >= box.top && row < (box.bottom ?? 0) && column >= box.left && column < (box.right ?? 0);
  });
}

function resolve(spreadsheet: StandInSpreadsheet, text: string): { readonly tab: StandInTab; readonly box: Box } {
  const unparsed = (): Error => refusal(400, 'INVALID_ARGUMENT', `Unable to parse range: ${text}`);
  const named = Object.entries(spreadsheet.namedRanges ?? {}).find(
    ([name]) => name.toLowerCase() === text.toLowerCase(),
  );
  if (named !== undefined) {
    const tab = tabOf(spreadsheet, named[1].tab);
    const box = boxOf(named[1].range);
    if (tab === undefined || box === undefined) throw unparsed();
    return { tab, box };
  }
  const [, inQuotes, bare, range = ''] = /^(?:'((?:[^']|'')+)'|([^'!]+))(?:!(.+))?$/.exec(text) ?? [];
  const tab = tabOf(spreadsheet, inQuotes?.replaceAll("''", "'") ?? bare ?? '');
  const box = range === '' ? { top: 0, left: 0, bottom: undefined, right: undefined } : boxOf(range);
  if (tab === undefined || box === undefined || tab.sheetType === 'OBJECT') throw unparsed();
  return { tab, box };
}

function tabOf(spreadsheet: StandInSpreadsheet, title: string): StandInTab | undefined {
  return spreadsheet.tabs.find((tab) => tab.title === title);
}

function gridRange(sheetId: number, range: string): Readonly<Record<string, number>> {
  const box = boxOf(range) ?? { top: 0, left: 0, bottom: undefined, right: undefined };
  return {
    sheetId,
    startRowIndex: box.top,
    startColumnIndex: box.left,
    ...(box.bottom === undefined ? {} : { endRowIndex: box.bottom }),
    ...(box.right === undefined ? {} : { endColumnIndex: box.right }),
  };
}

function quoted(title: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(title) ? title : `'${title.replaceAll("'", "''")}'`;
}

function withoutBlankEnd<T>(items: readonly T[], isBlank: (item: T) => boolean): T[] {
  const end = items.findLastIndex((item) => !isBlank(item));
  return items.slice(0, end + 1);
}
