import { alertThread } from '#src/activities/alert/alert-thread.js';
import type { AlertRecord } from '#src/domain/alert/types.js';

type AlertIdentity = Pick<AlertRecord, 'kind' | 'subject' | 'period'>;

/** Letters of an id at least: few enough to type, and mostly enough to be the only one. */
const FEWEST = 6;

/**
 * A short id for each alert: the beginning of its messages' thread id, as long as it takes to be that of no other.
 *
 * @param alerts all that there are
 */
export function alertIds(alerts: readonly AlertIdentity[]): (alert: AlertIdentity) => string {
  const threads = [...new Set(alerts.map(alertThread))].sort();
  const ids = new Map(
    threads.map((thread, index) => {
      const shared = Math.max(sharedStart(thread, threads[index - 1]), sharedStart(thread, threads[index + 1]));
      return [thread, thread.slice(0, Math.max(FEWEST, shared + 1))];
    }),
  );
  return (alert) => {
    const thread = alertThread(alert);
    return ids.get(thread) ?? thread;
  };
}

function sharedStart(text: string, other = ''): number {
  let length = 0;
  while (length < text.length && text[length] === other[length]) length += 1;
  return length;
}
