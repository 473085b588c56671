/** What can be wrong: with a value (`late`, `missing`, `off_track`) or with where values come from (`source_failed`). */
export const ALERT_KINDS = ['late', 'missing', 'off_track', 'source_failed'] as const;

/** One of {@link ALERT_KINDS}. */
export type AlertKind = (typeof ALERT_KINDS)[number];
