/**
 * What can be wrong: with a value (`late`, `missing`, `off_track`), with what it is held to (`target_missing`), with what was
 * said of it before (`restated`), or with where values come from (`source_failed`).
 */
export const ALERT_KINDS = ['late', 'missing', 'off_track', 'restated', 'target_missing', 'source_failed'] as const;

/** One of {@link ALERT_KINDS}. */
export type AlertKind = (typeof ALERT_KINDS)[number];
