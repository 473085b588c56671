// Real processes: the worker answers the links of mails that it sent, and does its work where the port is in use.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '#src/temporal/free-port.js';
import { askAt } from '../links/linked-site.js';
import { createTemporalSite, type TemporalSite } from '../support/temporal-site.js';

const SECRET = 'linkS3cret-correct-horse-battery-staple';

describe('a worker of a site with links', () => {
  let site: TemporalSite;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    site = await createTemporalSite({
      today: new Date().toISOString().slice(0, 10),
      env: { LINK_SECRET: SECRET },
      edit: (folder) => {
        const file = join(folder, 'site.yaml');
        const links = `links: { base_url: 'https://plumbline.example.com', signing_secret: '\${env:LINK_SECRET}', listen: '127.0.0.1:${port}' }\n`;
        writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n${links}`);
      },
    });
    expect((await site.command('apply')).code).toBe(0);
  });
  afterAll(() => site.dispose());

  const trigger = (name: string) => site.command('trigger', name, '--wait');

  it('does its work where the port is in use, and says that links are not answered there', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const worker = await site.worker();
    try {
      await worker.says('LINKS_CANNOT_LISTEN');
      expect((await trigger('sweep')).code).toBe(0);
    } finally {
      await worker.end('SIGTERM');
      await new Promise((resolve) => other.close(resolve));
    }
    expect(worker.child.exitCode).toBe(0);
  });

  it('answers the link of a mail, does what its form says, and ends with the worker', async () => {
    const worker = await site.worker();
    await worker.says(`are answered at 127.0.0.1:${port}.`);
    for (const { id } of site.config.pullGroups) await trigger(id);
    for (const name of ['sweep', 'deliver']) expect((await trigger(name)).code).toBe(0);
    const mails = await Promise.all(site.mailbox.received.map((file) => simpleParser(readFileSync(file))));
    const links = mails.flatMap(({ text = '' }) =>
      [...text.matchAll(/https:\/\/plumbline\.example\.com(\/acknowledge\/[\w.-]+)/g)].map(([, path = '']) => path),
    );
    expect(links.length).toBeGreaterThan(0);
    const [path = ''] = links;
    const standing = async () => (await site.store.read.alerts({ state: 'acknowledged' })).length;
    expect((await askAt(port, path)).body).toContain('Take this alert over?');
    expect(await standing()).toBe(0);
    const done = await askAt(port, '/acknowledge', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: path.split('/').at(-1) ?? '', reason: 'seen on the phone' }).toString(),
    });
    expect(done.body).toContain('Done: this alert is yours');
    expect(await standing()).toBe(1);
    await worker.end('SIGTERM');
    expect(worker.child.exitCode).toBe(0);
    await expect(askAt(port, '/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const token = path.split('/').at(-1) ?? '';
    for (const secret of [SECRET, token]) expect(worker.stdout() + worker.stderr()).not.toContain(secret);
  });
});
