import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import iconv from 'iconv-lite';
import { Temporal } from 'temporal-polyfill';
import type { CalendarDate } from '#src/domain/period/types.js';
import { operationsTables } from '../../demo/company/operations-tables.js';
import { PEOPLE_PLAN_ID } from '../../demo/company/people-plan.js';
import { germanDate, germanDecimal, germanMonth } from '../../demo/company/plain-text.js';
import { addDays } from '../../demo/company/timeline.js';
import { writeDatabase } from '../../demo/company/write-database.js';
import type { StandInCell, StandInSpreadsheet } from '../../demo/sheets-server/spreadsheet-data.js';

export const PHONE_LINES = Array.from({ length: 12 }, (_, index) => `line_${index + 1}`);

/** A file is read when it has not been written to for a moment; by this clock it has not. */
const SETTLED = new Date('2025-01-01T00:00:00Z');

/** What is not as usual on a day; all else is on track. */
export interface Figures {
  readonly responseHours: (day: CalendarDate) => number;
  readonly reopened: (day: CalendarDate) => boolean;
  readonly signedEuros: (day: CalendarDate) => number;
  readonly trainingHours: (day: CalendarDate) => number;
  /** Days of which nothing comes: nobody works. */
  readonly isWorked: (day: CalendarDate) => boolean;
}

/**
 * The sources of the demo company with few rows, in the formats of the demo, growing day by day. One row, or a handful, says
 * what hundreds say in the demo: the figures are those that a measure needs to stand where the script wants it.
 */
export class CompanySources {
  readonly #folder: string;
  readonly #figures: Figures;
  readonly #files = new Map<string, string[]>();
  readonly #changed = new Set<string>();
  readonly #sheetRows: StandInCell[][] = [
    ['Certificates of our people. Kept by hand: ask Mei before you sort it.'],
    ['Filled in up to', dateCell('2025-09-28')],
    [],
    ['Examined on', 'Employee', 'Certificate', 'Passed'],
  ];
  /** What another system keeps back for now, by the start of the file's name. */
  readonly withheld = new Set<string>();
  /** Where the database of the telephones lies; Plumbline looks for `phones.sqlite`. */
  phonesAt = 'phones.sqlite';
  /** The telephone system answers, and has nothing new: its counts are kept back. */
  phonesAreStuck = false;
  readonly #uncounted: CalendarDate[] = [];
  #tickets = 0;

  private constructor(folder: string, figures: Figures) {
    this.#folder = folder;
    this.#figures = figures;
  }

  static async create(folder: string, figures: Figures): Promise<CompanySources> {
    mkdirSync(folder, { recursive: true });
    const tables = operationsTables('2026-01-01', 1).map((table) => ({ ...table, rows: [] }));
    await writeDatabase(join(folder, 'operations.sqlite'), tables);
    const phones = new Database(join(folder, 'phones.sqlite'));
    phones.exec(
      `create table calls (day text primary key, ${PHONE_LINES.map((line) => `${line} integer`).join(', ')})`,
    );
    phones.close();
    return new CompanySources(folder, figures);
  }

  /** What the sheets stand-in serves; its rows grow with the days. */
  spreadsheet(): StandInSpreadsheet {
    return {
      id: PEOPLE_PLAN_ID,
      title: 'People plan',
      locale: 'de_DE',
      timeZone: 'Europe/Berlin',
      tabs: [{ sheetId: 411, title: 'Certificates', at: 'B1', cells: this.#sheetRows }],
      namedRanges: {
        certificates: { tab: 'Certificates', range: 'B4:E1000' },
        filled_in_up_to: { tab: 'Certificates', range: 'C2' },
      },
    };
  }

  /** Writes what the systems have of some days, in order. */
  addDays(days: readonly CalendarDate[]): void {
    const operations = new Database(join(this.#folder, 'operations.sqlite'));
    // The telephone system goes on counting while nobody can reach it.
    const phones = new Database(join(this.#folder, this.phonesAt));
    try {
      operations.transaction(() => {
        for (const day of days) this.#addToOperations(operations, day);
      })();
      const calls = phones.prepare(`insert into calls values (?${', ?'.repeat(PHONE_LINES.length)})`);
      this.#uncounted.push(...days.filter(this.#figures.isWorked));
      const counted = this.phonesAreStuck ? [] : this.#uncounted.splice(0);
      for (const day of counted) calls.run(day, ...PHONE_LINES.map(() => 50));
    } finally {
      operations.close();
      phones.close();
    }
    for (const day of days) this.#addToFiles(day);
    this.flush();
  }

  /** Hands over what is not withheld. */
  flush(): void {
    for (const path of this.#changed) {
      if ([...this.withheld].some((start) => path.includes(start))) continue;
      this.#write(path, this.#files.get(path) ?? [], path.startsWith('training/') ? 'utf8' : 'win1252');
      this.#changed.delete(path);
    }
  }

  movePhones(to: string): void {
    renameSync(join(this.#folder, this.phonesAt), join(this.#folder, to));
    this.phonesAt = to;
  }

  /** A file of finance as it is handed over by hand: a correction, or one with a mistake in it. */
  write(path: string, lines: readonly string[]): void {
    this.#write(path, lines, 'win1252');
  }

  #write(path: string, lines: readonly string[], encoding: string): void {
    const file = join(this.#folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, iconv.encode(lines.map((line) => `${line}\r\n`).join(''), encoding));
    utimesSync(file, SETTLED, SETTLED);
  }

  #addToOperations(database: Database.Database, day: CalendarDate): void {
    const dayOfMonth = day.slice(8);
    if (this.#figures.isWorked(day)) {
      const ticket = database.prepare('insert into tickets values (?, ?, ?, ?, ?, ?, ?, ?)');
      this.#tickets += 1;
      const row = ['Client', 'mail', `${day} 10:00:00`, String(this.#figures.responseHours(day)), 1];
      ticket.run(this.#tickets, ...row, this.#figures.reopened(day) ? 1 : 0, 5);
      const sheet = database.prepare('insert into time_sheets values (?, ?, ?, ?, ?, ?)');
      sheet.run(this.#tickets, 'N-101', 'Cloud', day, '6.16', '8.00');
    }
    if (dayOfMonth === '10') {
      const project = database.prepare('insert into projects values (?, ?, ?, ?, ?, ?, ?)');
      project.run(`P-${day}`, 'Client', addDays(day, -40), day, 40, 100, 100);
    }
    if (dayOfMonth === '12') {
      const contract = database.prepare('insert into contracts values (?, ?, ?, ?, ?, ?)');
      contract.run(`S-${day}`, 'Client', day, null, String(this.#figures.signedEuros(day)), null);
      contract.run(`E-${day}`, 'Client', '2020-01-01', day, '1000', 1);
    }
  }

  #addToFiles(day: CalendarDate): void {
    const month = day.slice(0, 7);
    if (this.#figures.isWorked(day)) {
      this.#add(
        `finance/kontostand-${day.slice(0, 4)}.csv`,
        'Buchungstag;Kontostand (€)',
        `${germanDate(day)};800.000,00`,
      );
      const hours = germanDecimal(this.#figures.trainingHours(day) * 100);
      this.#add(
        `training/lernplattform-${month}.csv`,
        'Datum;Mitarbeiter;Kurs;Stunden',
        `${germanDate(day)};N-101;Cloud;${hours}`,
      );
      this.#add(
        `training/wissensartikel-${month}.csv`,
        'Datum;Artikel;Wiederverwendungen',
        `${germanDate(day)};KB-0001;45`,
      );
    }
    if (day.slice(8) === '18') {
      for (let each = 0; each < 7; each++) this.#sheetRows.push([dateCell(day), 'N-101', 'ITIL 4', true]);
      if (['02', '05', '08', '11'].includes(day.slice(5, 7))) {
        this.#add(`training/pulse-survey-${month}.csv`, 'answered_on;team;engagement', `${germanDate(day)};Cloud;8,0`);
      }
    }
    this.#sheetRows[1] = ['Filled in up to', dateCell(day)];
    if (addDays(day, 1).endsWith('-01')) {
      this.#add(`finance/ergebnis-${month}-v1.csv`, ...resultLines(day, 260_000));
      this.#add(`finance/offene-posten-${month}.csv`, ...receivableLines(day, '100,00'));
    }
  }

  /** Files grow by the rows of each day. */
  #add(path: string, header: string, ...rows: readonly string[]): void {
    this.#files.set(path, [...(this.#files.get(path) ?? [header]), ...rows]);
    this.#changed.add(path);
  }
}

/** The income of a month: 1.3 million euros, 30 % more than the year before. */
export function resultLines(day: CalendarDate, profitEuros: number): [string, ...string[]] {
  const amounts = [1_300_000, 1_000_000, 300_000, profitEuros].map((euros) => germanDecimal(euros * 100));
  return [
    'Monat;Geschäftsbereich;Umsatz (€);Umsatz Vorjahr (€);Veränderung (€);Ergebnis (€)',
    `${germanMonth(day)};Beratung;${amounts.join(';')}`,
  ];
}

/** Open invoices at the end of a month, one of them with this as its overdue amount. */
export function receivableLines(day: CalendarDate, overdue: string): [string, ...string[]] {
  const line = (invoice: string, amount: string) => `${germanDate(day)};${invoice};Kunde;2.000,00;${amount}`;
  return [
    'Stichtag;Rechnung;Kunde;Offen (€);Davon überfällig (€)',
    line('R-1', '100,00'),
    line('R-2', '100,00'),
    line('R-3', overdue),
  ];
}

/** Days since 1899-12-30, as spreadsheets keep dates. */
function dateCell(date: CalendarDate): StandInCell {
  const serial = Temporal.PlainDate.from('1899-12-30').until(date, { largestUnit: 'days' }).days;
  return { serial, shown: germanDate(date) };
}
