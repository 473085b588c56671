import { readingZone } from '#src/activities/deliver/hours-of.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { composeTestMessage } from '#src/notify/test-message.js';
import type { DeliveryResult, Message } from '#src/notify/types.js';
import { openChannels } from '#src/worker/open-channels.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { loadConfig } from '../load-config.js';
import { printable } from '../render/text-width.js';
import { counted } from '../render/time-words.js';

interface NotifyTestOptions extends ConfigOption {
  /** Person id; the operator when left out. */
  readonly to?: string;
  readonly json?: true;
}

/** Who must act on an outcome: nobody; nobody yet; who wrote the channel down. */
const EXIT_CODES: Readonly<Record<DeliveryResult['outcome'], number>> = {
  sent: 0,
  retry: FAILURE_KINDS.transient.exitCode,
  reject: FAILURE_KINDS.config.exitCode,
};

/** Sends a message over one channel of the config folder, now and past the outbox, and says what became of it. */
export async function notifyTest(
  context: CommandContext,
  channelId: string,
  { config: folder, to, json }: NotifyTestOptions,
): CommandResult {
  const config = await loadConfig(context, folder, () => false);
  const recipient = recipientOf(config, to ?? config.site.operator);
  const sender = await openChannels(config, context.env)(channelId);
  const kind = config.site.channels.find(({ id }) => id === channelId)?.kind;
  const reader = config.people.find(({ id }) => id === recipient.id) ?? {};
  const timeZone = kind === undefined ? config.site.timeZone : readingZone(kind, reader, config.site);
  const message = composeTestMessage(channelId, recipient, { siteName: config.site.name, at: context.now(), timeZone });
  const result = await sender.send(message, context.signal).finally(() => sender.close());
  context.stdout.write(json ? jsonOf(channelId, kind ?? '', message, result) : wordsOf(channelId, recipient, result));
  if (!json && result.outcome === 'sent' && kind === 'pagerduty') {
    context.stderr.write('It opened an incident of its own, which somebody has to resolve there.\n');
  }
  return EXIT_CODES[result.outcome];
}

function recipientOf({ people }: ResolvedConfig, id: string): Message['recipient'] {
  const person = people.find((each) => each.id === id);
  if (person !== undefined) {
    return { id, name: person.name, ...(person.email === undefined ? {} : { address: person.email }) };
  }
  throw new PlumblineError(
    'config',
    'CLI_UNKNOWN_PERSON',
    `Cannot send a test to "${id}": people.yaml has no such id.`,
    {
      remedy: `Name one of: ${people.map((each) => each.id).join(', ')}.`,
    },
  );
}

function wordsOf(channelId: string, { name }: Message['recipient'], result: DeliveryResult): string {
  const { outcome, detail } = result;
  const lines = {
    sent: [`Sent to ${name} by "${channelId}": ${detail}`],
    retry: [
      `Not sent to ${name} by "${channelId}": ${detail}`,
      `Messages over it wait, and are tried again${waitWords(result)}.`,
    ],
    reject: [
      `Not sent to ${name} by "${channelId}": ${detail}`,
      'Messages like it are given up: correct the channel or the person.',
    ],
  }[outcome];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function waitWords(result: DeliveryResult): string {
  if (result.outcome === 'sent' || result.retryAfterMs === undefined) return '';
  return ` after ${counted(Math.max(1, Math.ceil(result.retryAfterMs / 60_000)), 'minute')}`;
}

function jsonOf(channel: string, kind: string, { messageId, recipient }: Message, result: DeliveryResult): string {
  const { outcome, detail } = result;
  const retryAfterMs = result.outcome === 'sent' ? undefined : result.retryAfterMs;
  const shown = {
    channel,
    kind,
    recipient: recipient.id,
    messageId,
    outcome,
    detail,
    retryAfterMs: retryAfterMs ?? null,
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}
