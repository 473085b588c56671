import type { OutboxRecord } from '#src/store/types.js';
import { HELD_BY } from './alert-list.js';
import { printable, wrapped } from './text-width.js';
import { counted, localTime } from './time-words.js';

/** Digits of an id that are shown and can be typed; more where two messages share them. */
const SHORT_ID = 8;

/** Undelivered messages as `plumbline outbox` shows them, given up ones first. */
export function outboxText(messages: readonly OutboxRecord[], timeZone: string, width: number): string {
  if (messages.length === 0) return 'Every message has been delivered or dropped.\n';
  const digits = shortIdOf(messages);
  const ordered = [...messages.filter(({ state }) => state === 'dead'), ...messages.filter(isPending)];
  const blocks = ordered.map((message) => {
    const { messageId, subject, channel, recipientName, recipientAddress, createdAt, detail } = message;
    const to = `${recipientName}${recipientAddress === undefined ? '' : ` <${recipientAddress}>`}`;
    const lines = [
      `To ${to} by ${channel}, written ${localTime(createdAt, timeZone)}.`,
      `${stateWords(message, timeZone)}${detail === undefined ? '' : `: ${detail}`}.`,
    ];
    return [
      `${messageId.slice(0, digits)}  ${printable(subject)}`,
      ...lines.map((line) => wrapped(printable(line), width, '    ')),
    ].join('\n');
  });
  const waiting = messages.filter(isPending).length;
  const dead = messages.length - waiting;
  return `${blocks.join('\n\n')}\n\n${counted(waiting, 'message')} waiting, ${dead} given up.\n`;
}

const isPending = ({ state }: OutboxRecord): boolean => state === 'pending';

function stateWords({ state, attempts, nextAttemptAt, heldBy }: OutboxRecord, timeZone: string): string {
  if (state === 'dead') return `Given up after ${counted(attempts, 'attempt')}`;
  const next = localTime(nextAttemptAt, timeZone);
  const why = heldBy === undefined ? '' : `, ${HELD_BY[heldBy]}`;
  return attempts === 0 ? `Waits, to be sent from ${next} on${why}` : `Tried ${times(attempts)}, next at ${next}`;
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** As many digits as tell all messages apart. */
function shortIdOf(messages: readonly OutboxRecord[]): number {
  const longest = Math.max(...messages.map(({ messageId }) => messageId.length));
  let digits = SHORT_ID;
  while (
    digits < longest &&
    new Set(messages.map(({ messageId }) => messageId.slice(0, digits))).size < messages.length
  )
    digits += 1;
  return digits;
}

/** What `plumbline outbox --json` writes. Keys may be added, none is changed. */
export function outboxJson(messages: readonly OutboxRecord[]) {
  return {
    messages: messages.map((message) => ({
      id: message.messageId,
      thread: message.threadId,
      state: message.state,
      channel: message.channel,
      recipient: { id: message.recipientId, name: message.recipientName, address: message.recipientAddress ?? null },
      subject: message.subject,
      createdAt: message.createdAt,
      attempts: message.attempts,
      nextAttemptAt: message.state === 'pending' ? message.nextAttemptAt : null,
      detail: message.detail ?? null,
    })),
  };
}
