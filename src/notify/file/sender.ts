import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ChannelSender, DeliveryResult, Message } from '../types.js';

/** Without what a terminal would obey. Line breaks and tabs stay when `lines` are wanted. */
function printable(text: string, lines: boolean): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}/gu, (character) => (lines && (character === '\n' || character === '\t') ? character : ' '));
}

/** One message as a block that reads well in a pager; indented, so that no text can look like the next block. */
function block({ messageId, recipient, subject, text }: Message, writtenAt: string): string {
  const address = recipient.address === undefined ? '' : ` <${recipient.address}>`;
  const body = printable(text, true)
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`.trimEnd());
  return [
    `== ${printable(subject, false)}`,
    `   to ${printable(`${recipient.name} (${recipient.id})${address}`, false)}`,
    `   at ${writtenAt}, message ${printable(messageId, false)}`,
    '',
    ...body,
    '',
    '',
  ].join('\n');
}

/** Appends messages to `file`, which only its owner can read when it is made here. */
export function openFileSender(file: string, now: () => Date): ChannelSender {
  const send = async (message: Message, signal: AbortSignal): Promise<DeliveryResult> => {
    if (signal.aborted) return { outcome: 'retry', detail: `Stopped before writing to ${file}.` };
    try {
      await mkdir(dirname(file), { recursive: true });
      // One write with O_APPEND: blocks of two processes do not mix.
      await appendFile(file, block(message, now().toISOString()), { mode: 0o600 });
      return { outcome: 'sent', detail: `appended to ${file}` };
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      return { outcome: 'retry', detail: `Could not append to ${file}: ${words}` };
    }
  };
  return { send, close: async () => undefined };
}
