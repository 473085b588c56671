import { alertKey } from '#src/domain/alert/alert-key.js';
import type { AlertCondition } from '#src/domain/alert/types.js';
import { contentDigest } from '../content-digest.js';

/** The thread that all messages about one alert share. */
export function alertThread({ kind, subject, period }: Pick<AlertCondition, 'kind' | 'subject' | 'period'>): string {
  return contentDigest({ key: alertKey(kind, subject, period) });
}
