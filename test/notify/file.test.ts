import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenChannel } from '#src/notify/channels.js';
import type { DeliveryResult, Message } from '#src/notify/types.js';
import { aMessage } from './message.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-notify-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function send(
  path: string,
  message: Message = aMessage(),
  signal = new AbortController().signal,
): Promise<DeliveryResult> {
  const open = createOpenChannel({
    channels: [{ id: 'journal', kind: 'file', options: { path } }],
    resolveSecrets: async (options) => options,
    siteId: 'acme',
    baseDirectory: join(folder, 'config'),
    now: () => new Date('2026-11-05T07:30:00Z'),
  });
  const sender = await open('journal');
  return await sender.send(message, signal);
}

describe('the file channel', () => {
  it('appends one block a message, below the config folder', async () => {
    expect((await send('../alerts.log')).outcome).toBe('sent');
    await send('../alerts.log', aMessage({ messageId: 'second', subject: 'RESOLVED' }));
    expect(readFileSync(join(folder, 'alerts.log'), 'utf8')).toBe(
      [
        '== [Plumbline] MISSING · Knowledge articles reused · since 2026-W44',
        '   to Amara Osei (amara) <amara@example.com>',
        '   at 2026-11-05T07:30:00.000Z, message alert-7c1f-0-amara-mail',
        '',
        '    Hello Amara Osei,',
        '',
        '    Knowledge articles reused is missing since 2026-W44.',
        '',
        '== RESOLVED',
        '   to Amara Osei (amara) <amara@example.com>',
        '   at 2026-11-05T07:30:00.000Z, message second',
        '',
        '    Hello Amara Osei,',
        '',
        '    Knowledge articles reused is missing since 2026-W44.',
        '',
        '',
      ].join('\n'),
    );
  });

  it('makes a file that only its owner can read, and the folders above it', async () => {
    await send('logs/deep/alerts.log');
    expect(statSync(join(folder, 'config/logs/deep/alerts.log')).mode & 0o777).toBe(0o600);
  });

  it('needs no address', async () => {
    expect((await send('a.log', aMessage({ recipient: { id: 'amara', name: 'Amara Osei' } }))).outcome).toBe('sent');
  });

  it('lets no text pass for another block or command a terminal', async () => {
    await send('a.log', aMessage({ subject: 'x\n== forged', text: 'a\r\n== forged\n\u001b[2J\u0007b' }));
    const text = readFileSync(join(folder, 'config/a.log'), 'utf8');
    expect(text.match(/^== /gm)).toHaveLength(1);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('keeps the message for later when the file cannot be written', async () => {
    // The folder above the config folder: a path that is there, and is no file.
    const result = await send('..');
    expect(result).toMatchObject({ outcome: 'retry', detail: expect.stringContaining('Could not append') });
  });

  it('writes nothing when it is told to stop', async () => {
    expect((await send('a.log', aMessage(), AbortSignal.abort())).outcome).toBe('retry');
    expect(existsSync(join(folder, 'config/a.log'))).toBe(false);
  });
});
