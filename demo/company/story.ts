import { Temporal } from 'temporal-polyfill';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import { CORRECTED_MONTHS_AGO } from './finance-results.js';
import { addDays, addMonths, createTimeline, mondayOf, monthOf } from './timeline.js';

type StoryFrequency = 'daily' | 'weekly' | 'monthly' | 'quarterly';

/** What the scorecard must show for one measure in one period. */
export interface Expectation {
  /** Address of the measure. */
  readonly measure: string;
  /** Period id. */
  readonly period: string;
  readonly status: Status | Extract<NoScoreState, 'late' | 'missing'>;
}

/** What a measure shows on the scorecard: its newest closed period that is due. */
export interface StandingExpectation {
  readonly measure: string;
  readonly status: Expectation['status'];
}

/** What a correction changes: a closed month that looked on track was not. */
export interface CorrectionExpected {
  readonly measure: string;
  readonly period: string;
  readonly before: Status;
  readonly after: Status;
}

const ON_TRACK: readonly (readonly [measure: string, frequency: StoryFrequency])[] = [
  ['revenue-growth', 'quarterly'],
  ['contract-value-signed', 'monthly'],
  ['profit-margin', 'monthly'],
  ['cash-balance', 'weekly'],
  ['overdue-receivables', 'monthly'],
  ['client-satisfaction', 'monthly'],
  ['contract-renewal-rate', 'monthly'],
  ['first-response-time', 'daily'],
  ['reopened-tickets', 'weekly'],
  ['billable-utilisation', 'weekly'],
  ['certificates-earned', 'monthly'],
  ['solved-with-knowledge', 'monthly'],
  ['employee-engagement', 'quarterly'],
];

/** The story, whatever day it is told on: each measure's last closed period, and more where the story goes further back. */
export function expectations(today: CalendarDate): readonly Expectation[] {
  const { platformSilentFrom } = createTimeline(today);
  const expected = (measure: string, period: string, status: Expectation['status']): Expectation => ({
    measure: `company/${measure}`,
    period,
    status,
  });
  return [
    ...ON_TRACK.map(([measure, frequency]) => expected(measure, closedPeriod(today, frequency, 1), 'on_track')),
    expected('quality-rate', closedPeriod(today, 'monthly', 1), 'at_risk'),
    ...[1, 2, 3].map((ago) => expected('project-delivery-time', closedPeriod(today, 'monthly', ago), 'off_track')),
    // The last week may not be due yet; the two before it are, on every day.
    ...[2, 3].map((ago) => expected('knowledge-articles-reused', closedPeriod(today, 'weekly', ago), 'missing')),
    expected('knowledge-articles-reused', closedPeriod(today, 'weekly', 4), 'on_track'),
    // Days before the last full week: due by now even over a long weekend, and within the 40 days of grace.
    ...Array.from({ length: 14 }, (_, index) => expected('training-hours', addDays(platformSilentFrom, index), 'late')),
    expected('training-hours', addDays(platformSilentFrom, -1), 'on_track'),
  ];
}

/** The story as the scorecard tells it, one status a measure, on any day. */
export const STANDING: readonly StandingExpectation[] = [
  ...ON_TRACK.map(([measure]) => ({ measure: `company/${measure}`, status: 'on_track' as const })),
  { measure: 'company/quality-rate', status: 'at_risk' },
  { measure: 'company/project-delivery-time', status: 'off_track' },
  { measure: 'company/knowledge-articles-reused', status: 'missing' },
  { measure: 'company/training-hours', status: 'late' },
];

/** The measure and period that `laterFile` restates. */
export function correctionExpected(today: CalendarDate): CorrectionExpected {
  return {
    measure: 'company/profit-margin',
    period: closedPeriod(today, 'monthly', CORRECTED_MONTHS_AGO),
    before: 'on_track',
    after: 'at_risk',
  };
}

/** Id of the `ago`th closed period before `today`; 1 is the last one. */
function closedPeriod(today: CalendarDate, frequency: StoryFrequency, ago: number): string {
  switch (frequency) {
    case 'daily':
      return addDays(today, -ago);
    case 'weekly': {
      const monday = Temporal.PlainDate.from(addDays(mondayOf(today), -7 * ago));
      return `${monday.yearOfWeek}-W${String(monday.weekOfYear).padStart(2, '0')}`;
    }
    case 'monthly':
      return monthOf(today, -ago, today).id;
    case 'quarterly': {
      const { year, month } = Temporal.PlainDate.from(addMonths(today, -3 * ago));
      return `${year}-Q${Math.ceil(month / 3)}`;
    }
  }
}
