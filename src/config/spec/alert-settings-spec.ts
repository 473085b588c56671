import { z } from 'zod';
import { ALERT_KIND_NAMES } from '#src/domain/alert/kinds.js';
import { EXTRACT_KINDS, MEASURE_KINDS, ON_BY_DEFAULT } from '#src/domain/alert/settings.js';
import { wholeNumber } from './scalars.js';

const OnOff = z.enum(['on', 'off']);

const atRiskAfter = wholeNumber(1, 36)
  .optional()
  .describe('Newest closed periods in a row that are at risk and raise at_risk; 3 when left out.');
const noteAfterDays = wholeNumber(0, 366)
  .optional()
  .describe(
    'Days after the due time of an off-track period until note_missing asks for a note on it; 5 when left out.',
  );
const rejectsOver = z
  .union([
    z.strictObject({ rows: wholeNumber(0, 1_000_000_000).describe('So many rejected rows raise nothing.') }),
    z.strictObject({ percent: wholeNumber(0, 100).describe('So many of a hundred rows raise nothing.') }),
  ])
  .optional()
  .describe('Rejected rows of a read that raise no alert: { rows: 10 } or { percent: 1 }; none when left out.');

/** Part of a period, in percent, before which its pace says too little where nothing else is written. */
export const PACE_FROM_PERCENT = 50;

const pace = z
  .union([
    OnOff,
    z.strictObject({
      from_percent: wholeNumber(1, 99)
        .default(PACE_FROM_PERCENT)
        .describe('Part of the days of the period that must have been read, in percent.'),
      counted_in: z
        .enum(['days', 'working_days'])
        .default('days')
        .describe('Which days are counted: all, or those worked by the calendar of the due rule.'),
    }),
  ])
  .optional();

/** What a site says of alerts beside times. */
export const siteAlertSettings = {
  kinds: z
    .partialRecord(z.enum(ALERT_KIND_NAMES), OnOff)
    .optional()
    .describe(`Kinds of alert that are on or off, { improved: on }; on when left out: ${ON_BY_DEFAULT.join(', ')}.`),
  at_risk_after: atRiskAfter,
  note_after_days: noteAfterDays,
  rejects_over: rejectsOver,
  pace: pace.describe(
    'Whether off_track also counts a period that is not over, as it would end at its present pace: on, off, or { from_percent: 50, counted_in: working_days }. Of all measures whose values say it; off when left out.',
  ),
} as const;

/** What a measure says of its alerts. */
export const MeasureAlertsSpec = z.strictObject({
  kinds: z
    .partialRecord(z.enum(MEASURE_KINDS), OnOff)
    .optional()
    .describe(`Kinds of alert that are on or off for it, { target_missing: off }: ${MEASURE_KINDS.join(', ')}.`),
  at_risk_after: atRiskAfter,
  note_after_days: noteAfterDays,
  pace: pace.describe(
    'Whether off_track also counts a period that is not over, as it would end at its present pace: on, off, or { from_percent: 50, counted_in: working_days }. The site’s when left out.',
  ),
});

/** What an extract says of its alerts. */
export const ExtractAlertsSpec = z.strictObject({
  kinds: z
    .partialRecord(z.enum(EXTRACT_KINDS), OnOff)
    .optional()
    .describe(`Kinds of alert that are on or off for it: ${EXTRACT_KINDS.join(', ')}.`),
  rejects_over: rejectsOver,
});

/** Any of them, as it was written. */
export interface AlertSettingsSpec {
  readonly kinds?: Readonly<Record<string, 'on' | 'off'>> | undefined;
  readonly at_risk_after?: number | undefined;
  readonly note_after_days?: number | undefined;
  readonly rejects_over?: { readonly rows: number } | { readonly percent: number } | undefined;
  readonly pace?: PaceSpec | undefined;
}

/** A pace as it was written. */
export type PaceSpec = z.infer<NonNullable<typeof pace>>;
