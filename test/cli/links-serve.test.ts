import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { linksServe } from '#src/cli/commands/links-serve.js';
import type { CommandContext } from '#src/cli/context.js';
import { freePort } from '#src/temporal/free-port.js';
import { answerLinksBeside } from '#src/worker/answer-links.js';
import { askAt } from '../links/linked-site.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

let site: SmallSite;
const held: Server[] = [];
afterEach(async () => {
  for (const server of held.splice(0)) server.close();
  await site.dispose();
});

const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
`;

async function siteWith(links: string): Promise<void> {
  site = await createSmallSite({
    'site.yaml': `${SITE}${links}`,
    'link-secret': 'a-secret-of-the-links-that-nobody-knows',
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
    'sources/sales.csv': 'day,code,amount\n',
  });
}

const linksAt = (port: number): string =>
  `links: { base_url: 'https://plumbline.example.com', signing_secret: '\${file:link-secret}', listen: '127.0.0.1:${port}' }\n`;

/** A command under way, what it says, and its end. */
function serving() {
  const asked = new AbortController();
  const said: string[] = [];
  let speaks: () => void = () => undefined;
  const spoken = new Promise<void>((resolve) => {
    speaks = resolve;
  });
  const context: CommandContext = {
    stdout: { write: () => undefined },
    stderr: {
      write: (text) => {
        said.push(text);
        speaks();
      },
    },
    env: {},
    cwd: site.config().folder,
    now: () => new Date().toISOString(),
    signal: asked.signal,
  };
  const ended = linksServe(context, { config: '.' });
  return { said, spoken, ended, stop: () => asked.abort() };
}

describe('links serve', () => {
  it('answers until it is asked to stop, and then leaves the port', async () => {
    const port = await freePort();
    await siteWith(linksAt(port));
    const { said, spoken, ended, stop } = serving();
    await Promise.race([spoken, ended]);
    expect(said).toEqual([
      `Links in messages (https://plumbline.example.com) are answered at 127.0.0.1:${port}. Ctrl-C stops it.\n`,
    ]);
    expect((await askAt(port, '/healthz')).status).toBe(200);
    stop();
    expect(await ended).toBe(0);
    await expect(askAt(port, '/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('says what is wanted where the site sets no links', async () => {
    await siteWith('');
    await expect(serving().ended).rejects.toMatchObject({ code: 'CLI_NO_LINKS' });
  });
});

describe('beside a worker', () => {
  it('a port in use is said and is no error; without links nothing is said', async () => {
    const port = await freePort();
    const other = createServer();
    held.push(other);
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    await siteWith(linksAt(port));
    const said: string[] = [];
    const stop = await answerLinksBeside(site.config(), site.services, {}, (line) => said.push(line));
    await stop();
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(`LINKS_CANNOT_LISTEN Cannot answer links at "127.0.0.1", port ${port}: another process`);
    site.write({ 'site.yaml': SITE });
    await site.apply();
    await (await answerLinksBeside(site.config(), site.services, {}, (line) => said.push(line)))();
    expect(said).toHaveLength(1);
  });
});
