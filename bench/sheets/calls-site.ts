import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StandInCell, StandInSpreadsheet } from '../../demo/sheets-server/spreadsheet-data.js';

const SPREADSHEET = '1BenchBenchBenchBenchBenchBenchBenchBench0';
const SHEET_YEAR = 2025;
/** After the year, so that all its months are read. */
export const SHEET_LOGICAL_TIME = `${SHEET_YEAR + 1}-01-10T06:30:00Z`;

/** How the measures lie in the spreadsheet: a column each of one table, or a named range each. */
export type SheetShape = 'one-table' | 'ranges';

const MONTHS = Array.from({ length: 12 }, (_, month) => `${SHEET_YEAR}-${String(month + 1).padStart(2, '0')}`);

/** Value of a measure in a month: whole numbers that differ everywhere. */
const valueIn = (measure: number, month: number): number => measure * 100 + month;

/** What must be stored, by `shop/m7 2025-03`. */
export function sheetValues(measures: number): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (let measure = 0; measure < measures; measure += 1) {
    for (const [month, id] of MONTHS.entries()) values.set(`shop/m${measure} ${id}`, String(valueIn(measure, month)));
  }
  return values;
}

export function benchSpreadsheet(measures: number, shape: SheetShape): StandInSpreadsheet {
  const names = Array.from({ length: measures }, (_, index) => index);
  const day = (month: string): StandInCell => `${month}-15`;
  const spreadsheet = { id: SPREADSHEET, title: 'Bench', timeZone: 'Etc/UTC' };
  if (shape === 'one-table') {
    const cells = [
      ['Day', ...names.map((index) => `M${index}`)],
      ...MONTHS.map((month, row) => [day(month), ...names.map((index) => valueIn(index, row))]),
    ];
    return { ...spreadsheet, tabs: [{ sheetId: 0, title: 'Data', cells, columnCount: measures + 1 }] };
  }
  // Below each other, a blank row in between.
  const rows = MONTHS.length + 2;
  const cells = names.flatMap((index) => [
    ['Day', 'Value'],
    ...MONTHS.map((month, row) => [day(month), valueIn(index, row)]),
    [],
  ]);
  const ranges = names.map((index) => {
    const top = index * rows + 1;
    return [`range_${index}`, { tab: 'Data', range: `A${top}:B${top + MONTHS.length}` }] as const;
  });
  return {
    ...spreadsheet,
    tabs: [{ sheetId: 0, title: 'Data', cells, rowCount: measures * rows }],
    namedRanges: Object.fromEntries(ranges),
  };
}

const SITE = `id: bench
name: Bench
time_zone: UTC
history_months: 14
store: { client: sqlite, file: ../store.sqlite }
operator: ada
channels: { journal: { kind: file, path: ../alerts.log } }
`;
const PEOPLE = 'people:\n  ada: { name: Ada, email: ada@example.com }\n';

const extract = (id: string, where: string, columns: readonly string[]): string => `  ${id}:
    connection: sheets
    schedule: { every: day, at: "06:30" }
    source: { spreadsheet: ${SPREADSHEET}, ${where} }
    time: day
    columns:
      day: { type: date, from: Day }
${columns.map((name) => `      ${name.toLowerCase()}: { type: integer, from: ${name} }`).join('\n')}
`;

const measure = (id: string, from: string, column: string): string => `  - id: ${id}
    name: ${id}
    objective: sell
    owner: ada
    unit: pieces
    direction: unscored
    frequency: monthly
    from: { extract: ${from}, sum: ${column} }
`;

/** Writes a config folder of monthly measures over the spreadsheet, which the server at `url` holds. Returns its path. */
export function writeSheetSite(
  parent: string,
  url: string,
  keyFile: string,
  measures: number,
  shape: SheetShape,
): string {
  const folder = join(parent, 'config');
  for (const each of ['extracts', 'scorecards']) mkdirSync(join(folder, each), { recursive: true });
  const names = Array.from({ length: measures }, (_, index) => index);
  const extracts =
    shape === 'one-table'
      ? extract(
          'data',
          'tab: Data',
          names.map((index) => `M${index}`),
        )
      : names.map((index) => extract(`data-${index}`, `range: range_${index}`, ['Value'])).join('');
  const of = (index: number): string =>
    shape === 'one-table' ? measure(`m${index}`, 'data', `m${index}`) : measure(`m${index}`, `data-${index}`, 'value');
  const files = {
    'key.json': keyFile,
    'site.yaml': SITE,
    'people.yaml': PEOPLE,
    'connections.yaml': `connections:\n  sheets: { connector: google-sheets, owner: ada, options: { credentials_file: key.json, endpoint: '${url}' } }\n`,
    'extracts/data.yaml': `extracts:\n${extracts}`,
    'scorecards/shop.yaml': `scorecard: { id: shop, name: Shop, owner: ada, frequency: monthly }
perspectives: [{ id: money, name: Money }]
objectives: [{ id: sell, name: Sell, perspective: money, owner: ada }]
measures:
${names.map(of).join('')}`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  return folder;
}
