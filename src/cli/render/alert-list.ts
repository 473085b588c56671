import { alertThread } from '#src/activities/alert/alert-thread.js';
import type { AlertKind } from '#src/domain/alert/types.js';
import { isInstant } from '#src/domain/period/period-instants.js';
import type { AlertHistoryEntry, AlertView } from '#src/store/read-models/types.js';
import type { OutboxRecord } from '#src/store/types.js';
import { printable, wrapped } from './text-width.js';
import { counted, daysBetween, localTime } from './time-words.js';

/** From the worst: what hides other figures, what nobody sees, what is bad, what may still come. */
const WORST_FIRST = {
  source_failed: { sign: '!', word: 'SOURCE FAILED', colour: 31 },
  missing: { sign: '?', word: 'MISSING', colour: 35 },
  off_track: { sign: '✖', word: 'OFF TRACK', colour: 31 },
  late: { sign: '…', word: 'LATE', colour: 35 },
} as const satisfies Record<AlertKind, { sign: string; word: string; colour: number }>;

const RANKS = Object.keys(WORST_FIRST);

export interface AlertPage {
  readonly now: string;
  readonly timeZone: string;
  readonly width: number;
  readonly colour: boolean;
}

/** Alerts from the worst; of one kind the longest open first. */
export function worstFirst<A extends AlertView>(alerts: readonly A[]): readonly A[] {
  return alerts.toSorted(
    (a, b) =>
      RANKS.indexOf(a.kind) - RANKS.indexOf(b.kind) || compare(a.openedAt, b.openedAt) || compare(a.subject, b.subject),
  );
}

/** Messages about an alert, oldest first. */
export function messagesAbout(alert: AlertView, outbox: readonly OutboxRecord[]): readonly OutboxRecord[] {
  const thread = alertThread(alert);
  return outbox.filter(({ threadId }) => threadId === thread).toSorted((a, b) => compare(a.createdAt, b.createdAt));
}

/** One alert as a block: what, since when, why, whose, who was told; with its events where the history is given. */
export function alertBlock(
  alert: AlertView | AlertHistoryEntry,
  messages: readonly OutboxRecord[],
  page: AlertPage,
): string {
  const { sign, word, colour } = WORST_FIRST[alert.kind];
  const label = alert.state === 'open' ? `${sign} ${word}` : `✓ RESOLVED (was ${word.toLowerCase()})`;
  const painted = page.colour ? `\u001b[${alert.state === 'open' ? colour : 32}m${label}\u001b[0m` : label;
  const since = isInstant(alert.period) ? localTime(alert.period, page.timeZone) : alert.period;
  const lines = [
    `${painted}  ${printable(alert.nodeName ?? alert.subject)}, since ${since}`,
    ...[alert.summary, ...alert.details].map((line) => wrapped(printable(line), page.width, '    ')),
    `    Owner: ${printable(alert.ownerName)}. ${openSince(alert, page)}`,
    ...messages.map((message) => wrapped(messageLine(message, page), page.width, '    ')),
    ...(messages.length === 0 ? ['    No message was written about it.'] : []),
    ...('history' in alert ? alert.history.map((event) => wrapped(eventLine(event, page), page.width, '    ')) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function openSince({ openedAt, resolvedAt, state }: AlertView, { now, timeZone }: AlertPage): string {
  const opened = localTime(openedAt, timeZone);
  if (state === 'resolved') {
    return `Open from ${opened} to ${resolvedAt === undefined ? 'an unknown time' : localTime(resolvedAt, timeZone)}.`;
  }
  const days = daysBetween(opened.slice(0, 10), localTime(now, timeZone).slice(0, 10));
  return `Open since ${opened}${days === 0 ? ', today' : ` (${counted(days, 'day')})`}.`;
}

function messageLine(message: OutboxRecord, { timeZone }: AlertPage): string {
  const { channel, recipientName, recipientAddress, state, sentAt, nextAttemptAt, detail, attempts } = message;
  const to = `${printable(recipientName)}${recipientAddress === undefined ? '' : ` <${printable(recipientAddress)}>`}`;
  const because = detail === undefined || detail === '' ? '' : `: ${printable(detail)}`;
  switch (state) {
    case 'sent':
      return `Told ${to} by ${channel}${sentAt === undefined ? '' : ` at ${localTime(sentAt, timeZone)}`}${because}`;
    case 'pending':
      return `To be told: ${to} by ${channel}, ${attempts === 0 ? 'not tried yet' : `${counted(attempts, 'attempt')} so far, next at ${localTime(nextAttemptAt, timeZone)}`}${because}`;
    case 'dead':
      return `NOT TOLD: ${to} by ${channel}, given up after ${counted(attempts, 'attempt')}${because}`;
    case 'dropped':
      return `NOT TOLD: ${to} by ${channel}${because}`;
  }
}

function eventLine({ transition, at, reason }: AlertHistoryEntry['history'][number], { timeZone }: AlertPage): string {
  return `${localTime(at, timeZone)} ${transition}: ${printable(reason)}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
