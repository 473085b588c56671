import type { Site } from '#src/config/types.js';
import type { AlertHistoryEntry, AlertView } from '#src/store/read-models/types.js';
import type { OutboxRecord } from '#src/store/types.js';

/** What `plumbline alerts --json` writes; `history` is there with `--all` only. Keys may be added, none is changed. */
export function alertsJson(
  site: Site,
  asOf: string,
  alerts: readonly { readonly alert: AlertView | AlertHistoryEntry; readonly messages: readonly OutboxRecord[] }[],
) {
  return {
    asOf,
    site: { id: site.id, name: site.name, timeZone: site.timeZone },
    alerts: alerts.map(({ alert, messages }) => ({
      kind: alert.kind,
      subject: alert.subject,
      subjectName: alert.nodeName ?? null,
      since: alert.period,
      state: alert.state,
      owner: { id: alert.owner, name: alert.ownerName },
      summary: alert.summary,
      details: alert.details,
      openedAt: alert.openedAt,
      resolvedAt: alert.resolvedAt ?? null,
      messages: messages.map((message) => ({
        channel: message.channel,
        recipient: { id: message.recipientId, name: message.recipientName, address: message.recipientAddress ?? null },
        state: message.state,
        attempts: message.attempts,
        createdAt: message.createdAt,
        sentAt: message.sentAt ?? null,
        nextAttemptAt: message.state === 'pending' ? message.nextAttemptAt : null,
        detail: message.detail ?? null,
      })),
      ...('history' in alert
        ? {
            history: alert.history.map(({ transition, sequence, at, reason, runId }) => ({
              transition,
              sequence,
              at,
              reason,
              run: runId,
            })),
          }
        : {}),
    })),
  };
}
