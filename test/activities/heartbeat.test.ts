// Real steps and a real server that is posted to: the heartbeat comes while sweep and delivery both go on, and not longer.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverOutbox } from '#src/activities/deliver/deliver-outbox.js';
import { sweepFreshness } from '#src/activities/sweep-freshness.js';
import { createServices } from '#src/worker/services.js';
import { answering, startHttpServer } from '../notify/http-test-server.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

const siteFile = (heartbeat: string): string => `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
channels: { journal: { kind: file, path: data/alerts.log } }
network: { allow_hosts: [127.0.0.1] }
watch: { heartbeat: ${heartbeat} }
`;

let site: SmallSite;
const at = (time: string): string => `2026-11-20T${time}:00Z`;

beforeEach(async () => {
  site = await createSmallSite({
    'site.yaml': siteFile("{ url: '${env:BEAT_URL}', allow_private: true }"),
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
  });
});
afterEach(() => site.dispose());

function steps(url: string) {
  const configRevision = site.config().revision;
  const made = createServices(site.store, { env: { BEAT_URL: url }, logLevel: 'silent', folder: site.config().folder });
  const warnings: string[] = [];
  const logger = { ...made.logger, warn: (fields: object) => void warnings.push(JSON.stringify(fields)) };
  const services = (time: string) => ({ ...made, logger, now: () => at(time) });
  return {
    warnings,
    sweep: (time: string) => sweepFreshness(services(time), { configRevision, logicalTime: at(time), scheduled: true }),
    deliver: (time: string) =>
      deliverOutbox(
        services(time),
        { configRevision, scheduled: true },
        { signal: new AbortController().signal, last: false },
      ),
  };
}

describe('the heartbeat', () => {
  it('comes after each delivery as long as sweeps go on', async () => {
    await using server = await startHttpServer();
    const { sweep, deliver } = steps(`${server.origin}/ping/0123456789abcdef`);
    await deliver('06:00');
    expect(server.posts).toEqual([]);
    await sweep('06:01');
    await deliver('06:02');
    await deliver('06:03');
    expect(server.posts.map(({ method, body }) => [method, body])).toEqual([
      ['POST', ''],
      ['POST', ''],
    ]);
    await deliver('06:32');
    expect(server.posts).toHaveLength(2);
    await sweep('06:33');
    await deliver('06:34');
    expect(server.posts).toHaveLength(3);
  });

  it('holds up nothing when it is not taken, and its address is in no log', async () => {
    await using server = await startHttpServer(answering(500, {}, 'no'));
    const { sweep, deliver, warnings } = steps(`${server.origin}/ping/0123456789abcdef`);
    await sweep('06:00');
    expect(await deliver('06:01')).toMatchObject({ dead: 0, more: false });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('status 500');
    expect(warnings[0]).not.toContain('0123456789abcdef');
  });

  it('goes to no host that the site does not reach', async () => {
    const { sweep, deliver, warnings } = steps('https://beats.example.com/0123456789abcdef');
    await sweep('06:00');
    await deliver('06:01');
    expect(warnings).toEqual([expect.stringContaining('CHANNEL_HOST_REFUSED')]);
  });
});
