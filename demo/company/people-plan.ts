import { Temporal } from 'temporal-polyfill';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { RejectRule } from '#src/domain/value/types.js';
import type { StandInCell, StandInSpreadsheet } from '../sheets-server/spreadsheet-data.js';
import { LEVELS } from './levels.js';
import { employeeNo } from './names.js';
import { germanDate } from './plain-text.js';
import { createRandom } from './random.js';
import { dayOfMonth, type Month, type Timeline } from './timeline.js';

/** A cell whose row cannot be used, and why. */
export interface BadCell {
  /** `Certificates!E17`. */
  readonly place: string;
  readonly rule: RejectRule;
}

export interface PeoplePlan {
  readonly spreadsheet: StandInSpreadsheet;
  readonly badCells: readonly BadCell[];
}

type SheetRow = readonly StandInCell[];

export const PEOPLE_PLAN_ID = '1NorthwindPeoplePlan-local-stand-in-not-Google';
const TAB = 'Certificates';
/** Letters of the table's columns that somebody spoils a cell of. */
const [DATE_COLUMN, PASSED_COLUMN] = ['B', 'E'];
const LAST_ROW_OF_RANGE = 1000;
/** A date in so many was typed after an apostrophe: a text that looks like the others. */
const TEXT_DATE_EVERY = 40;

const CERTIFICATES = ['Cloud Architect', 'Data Engineer', 'ITIL 4', 'Kubernetes Administrator', 'Security+'] as const;

/** Days since 1899-12-30, as spreadsheets keep dates. */
function dateCell(date: CalendarDate): StandInCell {
  const serial = Temporal.PlainDate.from('1899-12-30').until(date, { largestUnit: 'days' }).days;
  return { serial, shown: germanDate(date) };
}

/** A faulty row behind those of a month, by how many months ago it was. */
const FAULTS: Readonly<Record<number, { row: (month: Month) => SheetRow; column: string; rule: RejectRule }>> = {
  // The result is looked up in the examiners' list, where this person was misspelt.
  2: {
    row: ({ last }) => [dateCell(last), 'N-1O7', 'Data Engineer', { error: '#N/A' }],
    column: PASSED_COLUMN,
    rule: 'error_token',
  },
  1: {
    row: ({ id }) => [`31.02.${id.slice(0, 4)}`, 'N-112', 'ITIL 4', true],
    column: DATE_COLUMN,
    rule: 'impossible_date',
  },
};

/**
 * The people team's plan, a spreadsheet kept by hand: a title merged across the table, the day it was filled in up to, a
 * table that begins at B4, a blank row between years, and what people do to cells.
 */
export function peoplePlan(timeline: Timeline, seed: number): PeoplePlan {
  const head: readonly SheetRow[] = [
    ['Certificates of our people. Kept by hand: ask Mei before you sort it.'],
    ['Filled in up to', dateCell(timeline.yesterday)],
    [],
    ['Examined on', 'Employee', 'Certificate', 'Passed'],
  ];
  const rows: SheetRow[] = [...head];
  const badCells: BadCell[] = [];
  const random = createRandom(seed, 'certificates');
  let examined = 0;
  for (const month of timeline.months) {
    if (month.id.endsWith('-01') && rows.length > head.length) rows.push([]);
    const passed = LEVELS.certificates(month.monthsAgo) + random.int(0, 2);
    const examinations = Array.from({ length: passed + random.int(1, 3) }, (_, index) => ({
      date: dayOfMonth(month, random.int(1, month.length)),
      isPassed: index < passed,
    })).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
    for (const { date, isPassed } of examinations) {
      const rest = [employeeNo(random.int(0, 35)), random.pick(CERTIFICATES), isPassed] as const;
      if (date > timeline.yesterday) continue;
      examined += 1;
      rows.push([examined % TEXT_DATE_EVERY === 0 ? germanDate(date) : dateCell(date), ...rest]);
    }
    const fault = FAULTS[month.monthsAgo];
    if (fault === undefined) continue;
    rows.push(fault.row(month));
    badCells.push({ place: `${TAB}!${fault.column}${rows.length}`, rule: fault.rule });
  }
  return { badCells, spreadsheet: spreadsheetOf(rows, head.length) };
}

function spreadsheetOf(rows: readonly SheetRow[], headerRow: number): StandInSpreadsheet {
  return {
    id: PEOPLE_PLAN_ID,
    title: 'People plan',
    locale: 'de_DE',
    timeZone: 'Europe/Berlin',
    tabs: [
      {
        sheetId: 0,
        title: 'Read me',
        cells: [['Certificates: one row an examination. Holidays are in another file.']],
      },
      { sheetId: 411, title: TAB, at: 'B1', cells: rows, merges: ['B1:E1'] },
    ],
    namedRanges: {
      certificates: { tab: TAB, range: `B${headerRow}:E${LAST_ROW_OF_RANGE}` },
      filled_in_up_to: { tab: TAB, range: 'C2' },
    },
  };
}
