import { alertThread } from '#src/activities/alert/alert-thread.js';
import { ALERT_KIND_NAMES, ALERT_KINDS, type AlertKind } from '#src/domain/alert/kinds.js';
import { withWallTimes } from '#src/domain/message/wall-times.js';
import { isInstant } from '#src/domain/period/period-instants.js';
import type { AlertHistoryEntry, AlertView } from '#src/store/read-models/types.js';
import type { OutboxRecord } from '#src/store/types.js';
import type { ShownAlert, ShownMessage } from './alert-json.js';
import { printable, wrapped } from './text-width.js';
import { counted, daysBetween, localTime } from './time-words.js';

/** The sign before the kind, and its colour. */
const SIGNS = {
  pipeline_silent: { sign: '!', colour: 31 },
  delivery_failed: { sign: '!', colour: 31 },
  source_failed: { sign: '!', colour: 31 },
  missing: { sign: '?', colour: 35 },
  capture_missed: { sign: '?', colour: 35 },
  off_track: { sign: '✖', colour: 31 },
  worsened: { sign: '↓', colour: 31 },
  rejects: { sign: '!', colour: 33 },
  restated: { sign: '↻', colour: 33 },
  target_missing: { sign: '◌', colour: 35 },
  at_risk: { sign: '▲', colour: 33 },
  note_missing: { sign: '◌', colour: 35 },
  late: { sign: '…', colour: 35 },
  improved: { sign: '↑', colour: 32 },
} as const satisfies Record<AlertKind, { sign: string; colour: number }>;

export interface AlertPage {
  readonly now: string;
  readonly timeZone: string;
  readonly width: number;
  readonly colour: boolean;
  /** Name of a person by id; the id where nobody has it. */
  readonly nameOf: (person: string) => string;
}

/** Alerts from the worst; of one kind the longest open first. */
export function worstFirst<A extends AlertView>(alerts: readonly A[]): readonly A[] {
  return alerts.toSorted(
    (a, b) =>
      ALERT_KIND_NAMES.indexOf(a.kind) - ALERT_KIND_NAMES.indexOf(b.kind) ||
      compare(a.openedAt, b.openedAt) ||
      compare(a.subject, b.subject),
  );
}

/** Messages about an alert, oldest first; of those that are told in another one, as far as it is among the outbox, with that. */
export function messagesAbout(alert: AlertView, outbox: readonly OutboxRecord[]): readonly ShownMessage[] {
  const thread = alertThread(alert);
  return outbox
    .filter(({ threadId }) => threadId === thread)
    .map((message): ShownMessage => {
      const toldIn = tellerOf(message, outbox);
      return toldIn === undefined ? message : { ...message, toldIn };
    })
    .toSorted((a, b) => compare(a.createdAt, b.createdAt));
}

/** The message that a message is told in: of a joint message that is told in a summary, the summary. */
function tellerOf({ summaryId }: OutboxRecord, outbox: readonly OutboxRecord[]): OutboxRecord | undefined {
  const teller = summaryId === undefined ? undefined : outbox.find(({ messageId }) => messageId === summaryId);
  return teller && (tellerOf(teller, outbox) ?? teller);
}

/** One alert as a block: what, since when, why, whose, who was told; with its events where the history is given. */
export function alertBlock({ alert, name, id, next, messages }: ShownAlert, page: AlertPage): string {
  const { label, colour } = labelOf(alert);
  const painted = page.colour ? `\u001b[${colour}m${label}\u001b[0m` : label;
  const since = isInstant(alert.period) ? localTime(alert.period, page.timeZone) : alert.period;
  const lines = [
    `${painted}  ${printable(name)}, since ${since}`,
    ...[alert.summary, ...alert.details].map((line) => words(line, page)),
    `    Alert ${id}${'history' in alert ? ` about ${alert.subject}` : ''}. Owner: ${printable(alert.ownerName)}. ${standsSince(alert, page)}`,
    ...(next === undefined ? [] : [words(next, page)]),
    ...messages.map((message) => wrapped(messageLine(message, page), page.width, '    ')),
    ...(messages.length === 0 ? ['    No message was written about it.'] : []),
    ...('history' in alert ? alert.history.map((event) => wrapped(eventLine(event, page), page.width, '    ')) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** A line of words in a block, its times on the wall of the site. */
function words(line: string, { width, timeZone }: AlertPage): string {
  return wrapped(printable(withWallTimes(line, timeZone)), width, '    ');
}

/** `2 open alerts, 1 acknowledged` */
export function countOfAlerts(alerts: readonly AlertView[]): string {
  const inState = (state: AlertView['state']): number => alerts.filter((alert) => alert.state === state).length;
  const others = (['acknowledged', 'snoozed'] as const).flatMap((state) =>
    inState(state) === 0 ? [] : [`${inState(state)} ${state}`],
  );
  return [counted(inState('open'), 'open alert'), ...others].join(', ');
}

function labelOf({ kind, state }: AlertView): { readonly label: string; readonly colour: number } {
  const { sign, colour } = SIGNS[kind];
  const word = ALERT_KINDS[kind].label;
  switch (state) {
    case 'open':
      return { label: `${sign} ${word}`, colour };
    case 'acknowledged':
    case 'snoozed':
      return { label: `${sign} ${word} (${state})`, colour };
    case 'pending':
      return { label: `${sign} ${word} (held back)`, colour };
    case 'resolved':
      return { label: `✓ RESOLVED (was ${word.toLowerCase()})`, colour: 32 };
    case 'dropped':
      return { label: `✓ NEVER TOLD (was ${word.toLowerCase()})`, colour: 32 };
  }
}

/** Since when it stands so, and by whom. */
function standsSince(alert: AlertView, { now, timeZone }: AlertPage): string {
  const { state, openedAt, resolvedAt, snoozedUntil, easedAt, handledByName } = alert;
  const time = (instant: string | undefined): string =>
    instant === undefined ? 'an unknown time' : localTime(instant, timeZone);
  const by = handledByName === undefined ? '' : ` by ${printable(handledByName)}`;
  if (state === 'pending') return `It holds since ${time(openedAt)}; nobody was told yet.`;
  if (state === 'dropped') return `First found ${time(openedAt)}; it was over before anybody was told.`;
  if (state === 'resolved') {
    return `Open from ${time(openedAt)} to ${time(resolvedAt)}.${by === '' ? '' : ` Resolved${by}.`}`;
  }
  const days = daysBetween(time(openedAt).slice(0, 10), time(now).slice(0, 10));
  return [
    `Open since ${time(openedAt)}${days === 0 ? ', today' : ` (${counted(days, 'day')})`}.`,
    ...(state === 'acknowledged' ? [`Acknowledged${by}.`] : []),
    ...(state === 'snoozed' ? [`Snoozed${by} until ${time(snoozedUntil)}.`] : []),
    ...(easedAt === undefined ? [] : [`It holds no more since ${time(easedAt)}, and is over if that stays so.`]),
  ].join(' ');
}

function messageLine(message: ShownMessage, { timeZone }: AlertPage): string {
  const { channel, recipientName, recipientAddress, toldIn } = message;
  const { state, sentAt, nextAttemptAt, detail, attempts } = toldIn ?? message;
  const name = `${printable(recipientName)}${recipientAddress === undefined ? '' : ` <${printable(recipientAddress)}>`}`;
  const isWithOthers = toldIn !== undefined || state === 'summarised';
  const to = `${name} by ${channel}${isWithOthers ? ' with others' : ''}`;
  const because = detail === undefined || detail === '' ? '' : `: ${printable(detail)}`;
  switch (state) {
    case 'sent':
      return `Told ${to}${sentAt === undefined ? '' : ` at ${localTime(sentAt, timeZone)}`}${because}`;
    case 'pending':
      return `To be told: ${to}, ${attempts === 0 ? waitWords(toldIn ?? message, timeZone) : `${counted(attempts, 'attempt')} so far, next at ${localTime(nextAttemptAt, timeZone)}`}${because}`;
    case 'dead':
      return `NOT TOLD: ${to}, given up after ${counted(attempts, 'attempt')}${because}`;
    case 'dropped':
      return `NOT TOLD: ${to}${because}`;
    case 'summarised':
      return `Told ${to}${because}`;
  }
}

/** Why a message waits for its reader. */
export const HELD_BY = {
  hours: 'when the hours of its reader begin',
  maximum: 'since there were too many within an hour',
} as const satisfies Record<NonNullable<OutboxRecord['heldBy']>, string>;

function waitWords({ heldBy, nextAttemptAt }: OutboxRecord, timeZone: string): string {
  if (heldBy === undefined) return 'not tried yet';
  const from = `from ${localTime(nextAttemptAt, timeZone)} on`;
  return `${from}, ${HELD_BY[heldBy]}`;
}

function eventLine(
  { transition, condition, at, reason, author, until, told = [] }: AlertHistoryEntry['history'][number],
  { timeZone, nameOf }: AlertPage,
): string {
  const by = author === undefined ? '' : ` by ${printable(nameOf(author))}`;
  const silent = until === undefined ? '' : ` until ${localTime(until, timeZone)}`;
  const to = told.every((id) => id === condition.owner)
    ? ''
    : `; told ${told.map((id) => printable(nameOf(id))).join(', ')}`;
  return `${localTime(at, timeZone)} ${transition.replace('_', ' ')}${by}${silent}: ${printable(withWallTimes(reason, timeZone))}${to}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
