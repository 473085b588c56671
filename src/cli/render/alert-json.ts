import type { Site } from '#src/config/types.js';
import type { AlertHistoryEntry, AlertView } from '#src/store/read-models/types.js';
import type { OutboxRecord } from '#src/store/types.js';

/** A message as it is shown; with the one that it is told in, where it is told with others. */
export type ShownMessage = OutboxRecord & { readonly toldIn?: OutboxRecord };

/** An alert as it is shown. */
export interface ShownAlert {
  readonly alert: AlertView | AlertHistoryEntry;
  /** What people call its subject; the key of one that is not known any more. */
  readonly name: string;
  /** Short, and that of no other. */
  readonly id: string;
  readonly messages: readonly ShownMessage[];
  /** Ids of those told since it was last opened. */
  readonly told: readonly string[];
  /** What happens next if nobody does anything, in words. */
  readonly next?: string;
}

/**
 * What `plumbline alerts --json` writes; `history` is there with `history`, `--all` and `show`. Keys may be added, none is
 * changed.
 */
export function alertsJson(site: Site, asOf: string, alerts: readonly ShownAlert[]) {
  return {
    asOf,
    site: { id: site.id, name: site.name, timeZone: site.timeZone },
    alerts: alerts.map(({ alert, name, id, messages, told, next }) => ({
      id,
      kind: alert.kind,
      subject: alert.subject,
      subjectName: name,
      since: alert.period,
      state: alert.state,
      owner: { id: alert.owner, name: alert.ownerName },
      summary: alert.summary,
      details: alert.details,
      openedAt: alert.openedAt,
      resolvedAt: alert.resolvedAt ?? null,
      snoozedUntil: alert.snoozedUntil ?? null,
      handledBy:
        alert.handledBy === undefined ? null : { id: alert.handledBy, name: alert.handledByName ?? alert.handledBy },
      told,
      next: next ?? null,
      messages: messages.map((message) => ({
        channel: message.channel,
        recipient: { id: message.recipientId, name: message.recipientName, address: message.recipientAddress ?? null },
        state: message.state,
        attempts: message.attempts,
        createdAt: message.createdAt,
        sentAt: message.sentAt ?? message.toldIn?.sentAt ?? null,
        nextAttemptAt: message.state === 'pending' ? message.nextAttemptAt : null,
        detail: message.detail ?? null,
      })),
      ...('history' in alert
        ? {
            history: alert.history.map(
              ({ transition, sequence, at, reason, author, until, told: toldThen, runId }) => ({
                transition,
                sequence,
                at,
                reason,
                author: author ?? null,
                until: until ?? null,
                told: toldThen ?? [],
                run: runId,
              }),
            ),
          }
        : {}),
    })),
  };
}
