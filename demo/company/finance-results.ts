import { LEVELS } from './levels.js';
import { createRandom, splitTotal } from './random.js';
import { type Month, monthOf, type Timeline } from './timeline.js';

const BUSINESS_LINES = ['Beratung', 'Betrieb', 'Lösungen'] as const;

/** A month of one business line, in cents. */
export interface LineResult {
  readonly line: string;
  readonly revenue: number;
  readonly priorYear: number;
  readonly profit: number;
}

export interface MonthResult {
  readonly month: Month;
  readonly lines: readonly LineResult[];
}

/** Income of every closed month. Each month's revenue is that of the year before, grown by the month's level. */
export function financeResults(timeline: Timeline, seed: number): readonly MonthResult[] {
  const random = createRandom(seed, 'finance');
  const revenues = new Map<string, readonly number[]>();
  const oldest = timeline.months[0]?.first ?? timeline.today;
  for (let offset = -12; offset < 0; offset += 1) {
    const total = 1_250_000_00 + offset * 4_000_00 + random.int(-2_000_000, 2_000_000);
    revenues.set(monthOf(oldest, offset, timeline.today).id, splitTotal(random, total, BUSINESS_LINES.length));
  }
  return timeline.months
    .filter((month) => month.monthsAgo >= 1)
    .map((month) => {
      const priorYear = revenues.get(monthOf(month.first, -12, timeline.today).id) ?? [];
      const growth = LEVELS.revenueGrowthPermille(month.monthsAgo) + random.int(-4, 4);
      const margin = LEVELS.profitMarginPermille(month.monthsAgo) + random.int(-3, 3);
      const lines = priorYear.map((prior, index) => {
        const revenue = prior + Math.round((prior * growth) / 1000) + random.int(-99, 99);
        const profit = Math.round((revenue * (margin + (index - 1) * 4)) / 1000);
        return { line: BUSINESS_LINES[index] ?? '', revenue, priorYear: prior, profit };
      });
      revenues.set(
        month.id,
        lines.map((line) => line.revenue),
      );
      return { month, lines };
    });
}

/** The closed month that finance corrects after the fact: inside the restatement window, and not the newest. */
export const CORRECTED_MONTHS_AGO = 2;

/** Margin of the whole company in the corrected month: a point under the target of 18 %. */
const CORRECTED_MARGIN_PERMILLE = 170;

export interface CorrectedLine {
  readonly month: Month;
  readonly before: LineResult;
  readonly after: LineResult;
}

/** The corrected month: a supplier's invoice turned up late, so one business line earned less than was reported. */
export function correctedLine(results: readonly MonthResult[]): CorrectedLine {
  const result = results.find(({ month }) => month.monthsAgo === CORRECTED_MONTHS_AGO);
  const before = result?.lines[1];
  if (result === undefined || before === undefined) throw new Error('the history holds no month to correct');
  const revenue = result.lines.reduce((sum, line) => sum + line.revenue, 0);
  const profit = result.lines.reduce((sum, line) => sum + line.profit, 0);
  const invoice = profit - Math.round((revenue * CORRECTED_MARGIN_PERMILLE) / 1000);
  return { month: result.month, before, after: { ...before, profit: before.profit - invoice } };
}
