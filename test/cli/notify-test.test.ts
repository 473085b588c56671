import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { init } from '#src/cli/commands/init.js';
import { notifyTest } from '#src/cli/commands/notify-test.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import { answering, startHttpServer } from '../notify/http-test-server.js';
import { type WorkingFolder, withWorkingFolder } from './working-folder.js';

const JOURNAL = 'journal: { kind: file, path: data/alerts.log }';
const KEY = 'R0ut1ngK3yOf32Characters00000000';

function withConfig(channel: string, work: (folder: WorkingFolder) => Promise<void>): Promise<void> {
  return withWorkingFolder(async (folder) => {
    await folder.run((context) => init(context, 'acme'));
    if (channel !== JOURNAL) await folder.edit('acme/site.yaml', JOURNAL, channel);
    await work(folder);
  });
}

async function tested(folder: WorkingFolder, channel: string, options: { to?: string; json?: true } = {}) {
  const codes: number[] = [];
  const written = await folder.run(
    async (context) => {
      const code = await notifyTest(context, channel, { config: 'acme', ...options });
      codes.push(code);
      return code;
    },
    { env: { KEY } },
  );
  return { ...written, code: codes[0] };
}

const pagerDuty = (origin: string): string =>
  `duty: { kind: pagerduty, routing_key: '\${env:KEY}', url: '${origin}/v2/enqueue', allowed_hosts: [127.0.0.1], allow_private: true }`;

describe('notify test', () => {
  it('sends to the operator, and says so', async () => {
    await withConfig(JOURNAL, async (folder) => {
      const { out, err, code } = await tested(folder, 'journal');
      expect(out.replace(folder.path, '')).toBe(
        'Sent to Robin Example by "journal": appended to /acme/data/alerts.log\n',
      );
      expect([err, code]).toEqual(['', 0]);
      const journal = await readFile(join(folder.path, 'acme/data/alerts.log'), 'utf8');
      expect(journal).toContain('== [Plumbline] TEST · journal');
      expect(journal).toContain('This is a test of the channel "journal". Nothing is wrong');
    });
  });

  it('sends to somebody else, each time anew', async () => {
    await withConfig(JOURNAL, async (folder) => {
      await folder.edit('acme/people.yaml', /^people:$/m, 'people:\n  zoe: { name: Zoë Ångström }');
      expect((await tested(folder, 'journal', { to: 'zoe' })).out).toContain('Sent to Zoë Ångström by "journal"');
    });
  });

  it('triggers an incident and says that somebody has to resolve it', async () => {
    await using server = await startHttpServer(answering(202));
    await withConfig(pagerDuty(server.origin), async (folder) => {
      const { out, err, code } = await tested(folder, 'duty');
      expect(out).toBe(`Sent to Robin Example by "duty": 127.0.0.1:${server.port} took it (status 202)\n`);
      expect(err).toContain('somebody has to resolve there');
      expect(code).toBe(0);
      expect(JSON.parse(server.posts[0]?.body ?? '')).toMatchObject({
        routing_key: KEY,
        event_action: 'trigger',
        payload: { severity: 'info', class: 'test' },
      });
    });
  });

  it.each([
    [400, {}, 2, 'are given up: correct the channel or the person.'],
    [503, {}, 75, 'Messages over it wait, and are tried again.'],
    [429, { 'retry-after': '90' }, 75, 'are tried again after 2 minutes.'],
  ] as const)('says what a refusal with status %i means, without the secret', async (status, headers, code, words) => {
    await using server = await startHttpServer(answering(status, headers, `no such key: ${KEY}`));
    await withConfig(pagerDuty(server.origin), async (folder) => {
      const result = await tested(folder, 'duty');
      expect(result.code).toBe(code);
      expect(result.out).toContain(`(status ${status}): no such key: ***`);
      expect(result.out).toContain(words);
      expect(result.out + result.err).not.toContain(KEY);
    });
  });

  it('says the same as JSON', async () => {
    await using server = await startHttpServer(answering(429, { 'retry-after': '90' }));
    await withConfig(pagerDuty(server.origin), async (folder) => {
      const { out } = await tested(folder, 'duty', { json: true });
      expect(JSON.parse(out)).toEqual({
        channel: 'duty',
        kind: 'pagerduty',
        recipient: expect.any(String),
        messageId: expect.stringMatching(/^test-duty-/),
        outcome: 'retry',
        detail: `127.0.0.1:${server.port} asked to try later (status 429)`,
        retryAfterMs: 90_000,
      });
    });
  });

  it.each([
    ['mail', {}, 'CHANNEL_UNKNOWN', 'journal'],
    ['journal', { to: 'nobody' }, 'CLI_UNKNOWN_PERSON', 'Name one of'],
  ])('names what there is when asked for %s %j', async (channel, options, code, words) => {
    await withConfig(JOURNAL, async (folder) => {
      const failure = await tested(folder, channel, options).then(() => undefined, toFailure);
      expect(failure).toMatchObject({ kind: 'config', code, remedy: expect.stringContaining(words) });
    });
  });
});
