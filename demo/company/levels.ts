import { HISTORY_MONTHS } from './timeline.js';

/** A whole number that moves evenly from `before` (two years ago) to `now` (half a year ago) and stays there. */
function climb(before: number, now: number, monthsAgo: number): number {
  const done = Math.min(Math.max(HISTORY_MONTHS - monthsAgo, 0), HISTORY_MONTHS - 6);
  return Math.round(before + ((now - before) * done) / (HISTORY_MONTHS - 6));
}

/**
 * What the company is like in each month: the story as figures. Beside each stands the target that `config/` sets.
 * All are whole numbers of the unit that the name ends in.
 */
export const LEVELS = {
  /** Target 25 %. */
  revenueGrowthPermille: (monthsAgo: number) => climb(232, 272, monthsAgo),
  /** Target 18 %. */
  profitMarginPermille: (monthsAgo: number) => climb(168, 189, monthsAgo),
  /** Target 400,000 a month. */
  signedContractsEuros: (monthsAgo: number) => climb(385_000, 540_000, monthsAgo),
  /** Target 750,000. */
  cashEuros: (monthsAgo: number) => climb(720_000, 1_060_000, monthsAgo),
  /** Target at most 12 %. */
  overduePermille: (monthsAgo: number) => climb(126, 106, monthsAgo),
  /** Target 90 %. */
  satisfiedPermille: (monthsAgo: number) => climb(848, 930, monthsAgo),
  /** Target 80 %, from 2026 on 85 %. */
  renewedPermille: (monthsAgo: number) => climb(800, 880, monthsAgo),
  /** Target at most 4 hours. */
  firstResponseMinutes: (monthsAgo: number) => climb(246, 192, monthsAgo),
  /** Target at most 42 days. Three months ago a wave of projects began to slip: the measure that is off track. */
  deliveryDays: (monthsAgo: number) => (monthsAgo <= 3 ? 51 + (monthsAgo % 2) : climb(45, 40, monthsAgo)),
  /** Target 99 %. The hurry costs quality since two months ago: the measure that is at risk. */
  acceptedPermille: (monthsAgo: number) => (monthsAgo <= 2 ? 983 : climb(985, 995, monthsAgo)),
  /** Target at most 3 %. */
  reopenedPermille: (monthsAgo: number) => climb(24, 14, monthsAgo),
  /** Target 72..82 %. */
  utilisationPermille: (monthsAgo: number) => climb(715, 775, monthsAgo),
  /** Target 6 a month. */
  certificates: (monthsAgo: number) => climb(6, 8, monthsAgo),
  /** Target 20 hours a day, in quarters of an hour. */
  trainingQuarterHours: (monthsAgo: number) => climb(84, 104, monthsAgo),
  /** Target 100 a week. */
  reusedArticlesPerDay: (monthsAgo: number) => climb(15, 18, monthsAgo),
  /** Target 40 %. */
  solvedWithArticlePermille: (monthsAgo: number) => climb(380, 460, monthsAgo),
  /** Target 7.5 of 10. */
  engagementTenths: (monthsAgo: number) => climb(71, 78, monthsAgo),
} as const;
