import { addMilliseconds } from '#src/domain/period/period-instants.js';
import { clipped, clippedLines } from '../clipped.js';
import { lifecycleOf, severityOf, usualSeverity } from '../lifecycle.js';
import type { Message } from '../types.js';

const TEXT = 4_000;
const DETAILS = { lines: 100, each: 1_000 };
const DAY_MS = 86_400_000;
/** Long enough for any wait before the first notice of a group. */
const TEST_MS = 600_000;

export interface AlertSettings {
  readonly siteId: string;
  /** Labels of the operator's own. */
  readonly labels: Readonly<Record<string, string>>;
  /** How long an alert holds of which nothing more is heard. */
  readonly holdDays: number;
  readonly now: string;
}

/**
 * A message as alerts of Alertmanager: one, which holds until its end is told.
 *
 * Labels are what an alert is known by, so they are only what stays the same through its life. Alertmanager ends what is
 * not sent again within minutes, unless its end is given: Plumbline tells each change once, so it gives one far off. The
 * start of what is over is left out: Alertmanager knows it.
 *
 * @see https://prometheus.io/docs/alerting/latest/alerts_api/
 * @see https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
 */
export function alertsOf(message: Message, settings: AlertSettings): readonly Readonly<Record<string, unknown>>[] {
  const { subject, text, threadId, recipient, about } = message;
  const { siteId, labels, holdDays, now } = settings;
  const identity =
    about === undefined
      ? { alertname: 'PlumblineMessage', thread: threadId }
      : { alertname: alertName(about.kind), subject: about.subject.id, period: about.period };
  const holdMs = about?.kind === 'test' ? TEST_MS : holdDays * DAY_MS;
  const over = lifecycleOf(message.about) === 'over';
  const times = over
    ? { endsAt: about?.at ?? now }
    : { startsAt: about?.at ?? now, endsAt: addMilliseconds(about?.at ?? now, holdMs) };
  return [
    {
      labels: { ...labels, ...identity, site: siteId, severity: usualSeverity(about) },
      annotations: {
        summary: clipped(subject.replace(/^\[Plumbline\] /, ''), TEXT),
        description: clipped(about?.summary ?? text, TEXT),
        for: recipient.name,
        ...(about === undefined
          ? {}
          : {
              name: about.subject.name,
              reason: clipped(about.reason, TEXT),
              ...(about.details.length === 0 ? {} : { details: clippedLines(about.details, DETAILS).join('\n') }),
              owner: about.owner,
              severity: severityOf(about),
            }),
      },
      ...times,
    },
  ];
}

/** `PlumblineOffTrack` of `off_track`. */
function alertName(kind: string): string {
  const words = kind.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `Plumbline${words.join('')}`;
}
