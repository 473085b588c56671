// The guide's channels are checked each by itself, and its receiver is put behind a real webhook.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatProblems, readConfig } from '#src/config/index.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { root } from '../../scripts/setup/root.mjs';
import { startHttpServer } from '../notify/http-test-server.js';
import { NOW, sendOver } from '../notify/send-over.js';
import { filesAfter, withConfigFolder } from './guide-files.js';

const GUIDE = 'notify-people.md';
const guide = await readFile(join(root, 'docs/guides', GUIDE), 'utf8');
const channels = [...guide.matchAll(/^```yaml title=site\.yaml replace\n(?<text>[\s\S]*?)^```$/gm)].map(
  ({ groups }) => groups?.['text'] ?? '',
);

type IsGenuine = (headers: object, body: string, secret: string, now?: number) => boolean;

async function receiver(): Promise<IsGenuine> {
  const code = (await filesAfter('first-scorecard.md', GUIDE)).get('verify.mjs') ?? '';
  const module: { isGenuine: IsGenuine } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return module.isGenuine;
}

describe('the channels of the guide', () => {
  it.each(channels.map((text) => [text]))('have no mistake: %s', async (text) => {
    const files = new Map(await filesAfter('first-scorecard.md'));
    const site = files.get('site.yaml') ?? '';
    files.set('site.yaml', `${site.slice(0, site.indexOf('channels:'))}${text}`);
    await withConfigFolder(files, async (folder) => {
      const { problems } = await readConfig(folder, builtInConnectors);
      expect(formatProblems(problems)).toBe('0 errors, 0 warnings\n');
    });
  });
});

describe('the receiver of the guide', () => {
  it.each(['a-secret-of-the-receiver', 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3'])(
    'knows what is genuine, with the secret %s',
    async (secret) => {
      const isGenuine = await receiver();
      await using server = await startHttpServer();
      await sendOver('webhook', { url: server.origin, signing_secret: secret, allow_private: true });
      const [post] = server.posts;
      if (post === undefined) throw new RangeError('nothing was posted');
      const { headers, body } = post;
      const now = NOW.getTime();
      expect(isGenuine(headers, body, secret, now)).toBe(true);
      expect(
        isGenuine(
          { ...headers, 'webhook-signature': `v1,bm90IG91cnM= ${String(headers['webhook-signature'])}` },
          body,
          secret,
          now,
        ),
      ).toBe(true);
      expect(isGenuine(headers, `${body} `, secret, now)).toBe(false);
      expect(isGenuine(headers, body, 'another-secret-than-that', now)).toBe(false);
      expect(isGenuine({ ...headers, 'webhook-id': 'other' }, body, secret, now)).toBe(false);
      expect(isGenuine(headers, body, secret, now + 301_000)).toBe(false);
      expect(isGenuine(headers, body, secret, now - 301_000)).toBe(false);
      expect(isGenuine({}, body, secret, now)).toBe(false);
    },
  );
});
