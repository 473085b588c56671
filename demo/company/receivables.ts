import type { RejectRule } from '#src/domain/value/types.js';
import { LEVELS } from './levels.js';
import { CLIENTS } from './names.js';
import { csvRecord, germanDate, germanDecimal } from './plain-text.js';
import { createRandom, type Random } from './random.js';
import type { Month, Timeline } from './timeline.js';

/** A row that cannot be used, and why. */
export interface BadRow {
  /** Path inside the sources folder. */
  readonly file: string;
  /** From 1; the header is line 1. */
  readonly line: number;
  readonly rule: RejectRule;
}

interface ReceivablesFile {
  readonly path: string;
  readonly lines: readonly string[];
  readonly badRows: readonly BadRow[];
}

const HEADER = csvRecord(['Stichtag', 'Rechnung', 'Kunde', 'Offen (€)', 'Davon überfällig (€)']);
const INVOICES = 60;
const OVERDUE_INVOICES = 9;

/** A faulty record and the line it is put on. */
interface Fault {
  readonly line: number;
  readonly rule: RejectRule;
  readonly record: (month: Month) => string;
}

const FAULTS: Readonly<Record<number, readonly Fault[]>> = {
  1: [
    {
      line: 12,
      rule: 'impossible_date',
      record: ({ id }) => `31.02.${id.slice(0, 4)};R-90001;Tannhof Kliniken;1.250,00;0,00`,
    },
    {
      line: 27,
      rule: 'number_grammar',
      record: ({ last }) => `${germanDate(last)};R-90002;Hafenkontor Ost;2,480.50;0,00`,
    },
    {
      // Typed by hand: the semicolon inside the name should have been quoted.
      line: 41,
      rule: 'column_count',
      record: ({ last }) => `${germanDate(last)};R-90003;Groß; Söhne GmbH;890,00;0,00`,
    },
  ],
  2: [
    {
      line: 8,
      rule: 'blank_required',
      record: ({ last }) => `${germanDate(last)};R-90004;Fjordline Logistik AG;;0,00`,
    },
    {
      line: 33,
      rule: 'error_token',
      record: ({ last }) => `${germanDate(last)};R-90005;Zephyr Energie AG;#DIV/0!;0,00`,
    },
  ],
};

/** Open invoices on the last day of a month. What is overdue adds up to the month's level. */
function invoices(random: Random, month: Month): readonly string[] {
  const open = Array.from({ length: INVOICES }, () => random.int(40_000, 1_900_000));
  const total = open.reduce((left, right) => left + right, 0);
  let overdueRest = Math.floor((total * (LEVELS.overduePermille(month.monthsAgo) + random.int(-5, 5))) / 1000);
  const overdue = new Map<number, number>();
  const byAmount = [...open.keys()].sort((a, b) => (open[b] ?? 0) - (open[a] ?? 0));
  const candidates = [...random.indices(OVERDUE_INVOICES, INVOICES), ...byAmount];
  for (const index of candidates) {
    if (overdue.has(index)) continue;
    const part = Math.min(overdueRest, open[index] ?? 0);
    overdue.set(index, part);
    overdueRest -= part;
  }
  return open.map((amount, index) =>
    csvRecord([
      germanDate(month.last),
      `R-${month.id.replace('-', '')}${String(index + 1).padStart(3, '0')}`,
      random.pick(CLIENTS),
      germanDecimal(amount),
      germanDecimal(overdue.get(index) ?? 0),
    ]),
  );
}

/** Month-end lists of open invoices, a file each; the two newest hold a few rows that cannot be used. */
export function receivablesFiles(timeline: Timeline, seed: number): readonly ReceivablesFile[] {
  const random = createRandom(seed, 'receivables');
  return timeline.months
    .filter((month) => month.monthsAgo >= 1)
    .map((month) => {
      const path = `finance/offene-posten-${month.id}.csv`;
      const lines = [HEADER, ...invoices(random, month)];
      const faults = FAULTS[month.monthsAgo] ?? [];
      for (const fault of faults) lines.splice(fault.line - 1, 0, fault.record(month));
      return { path, lines, badRows: faults.map(({ line, rule }) => ({ file: path, line, rule })) };
    });
}
