import type { DeliveredFile } from './delivered-file.js';
import { correctedLine, financeResults, type LineResult, type MonthResult } from './finance-results.js';
import { LEVELS } from './levels.js';
import { csvRecord, germanDate, germanDecimal, germanMonth } from './plain-text.js';
import { createRandom } from './random.js';
import { receivablesFiles } from './receivables.js';
import type { Month, Timeline } from './timeline.js';

const WINDOWS_FILE = { encoding: 'windows-1252', lineEnd: '\r\n' } as const;

const RESULT_HEADER = csvRecord([
  'Monat',
  'Geschäftsbereich',
  'Umsatz (€)',
  'Umsatz Vorjahr (€)',
  'Veränderung (€)',
  'Ergebnis (€)',
]);

function resultLine(month: Month, result: LineResult): string {
  const { revenue, priorYear, profit } = result;
  const amounts = [revenue, priorYear, revenue - priorYear, profit].map(germanDecimal);
  return csvRecord([germanMonth(month.first), result.line, ...amounts]);
}

/** Income of one closed month, a file each: `ergebnis-2026-03-v1.csv`. */
function resultFile({ month, lines }: MonthResult): DeliveredFile {
  return {
    ...WINDOWS_FILE,
    path: `finance/ergebnis-${month.id}-v1.csv`,
    lines: [RESULT_HEADER, ...lines.map((line) => resultLine(month, line))],
  };
}

/** The later file that restates one business line of a closed month. Its name sorts behind the original's. */
export function correctionFile(timeline: Timeline, seed: number): DeliveredFile {
  const { month, after } = correctedLine(financeResults(timeline, seed));
  return {
    ...WINDOWS_FILE,
    path: `finance/ergebnis-${month.id}-v2-korrektur.csv`,
    lines: [RESULT_HEADER, resultLine(month, after)],
  };
}

/** The bank's closing balance of each working day, a file a year. */
function balanceFiles(timeline: Timeline, seed: number): readonly DeliveredFile[] {
  const random = createRandom(seed, 'balances');
  const byYear = new Map<string, string[]>();
  for (const day of timeline.days.filter((each) => each.weekday <= 5)) {
    const balance = LEVELS.cashEuros(day.monthsAgo) * 100 + random.int(-2_500_000, 2_500_000);
    const lines = byYear.get(day.date.slice(0, 4)) ?? [csvRecord(['Buchungstag', 'Kontostand (€)'])];
    lines.push(csvRecord([germanDate(day.date), germanDecimal(balance)]));
    byYear.set(day.date.slice(0, 4), lines);
  }
  return [...byYear].map(([year, lines]) => ({ ...WINDOWS_FILE, path: `finance/kontostand-${year}.csv`, lines }));
}

export function financeFiles(timeline: Timeline, seed: number): readonly DeliveredFile[] {
  return [
    ...financeResults(timeline, seed).map(resultFile),
    ...balanceFiles(timeline, seed),
    ...receivablesFiles(timeline, seed).map((file) => ({ ...WINDOWS_FILE, path: file.path, lines: file.lines })),
  ];
}
