// Which messages get links as they are sent, over the channels of a real site.
import { afterEach, describe, expect, it } from 'vitest';
import { withLinks } from '#src/activities/deliver/with-links.js';
import type { OutboxRecord } from '#src/store/types.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

let site: SmallSite;
afterEach(() => site.dispose());

const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
links: { base_url: https://plumbline.example.com, signing_secret: '\${file:link-secret}' }
channels:
  journal: { kind: file, path: data/alerts.log }
  mail: { kind: email, url: 'smtp://127.0.0.1:1', from: Plumbline <plumbline@example.com> }
  team-room: { kind: slack, url: '\${env:SLACK}' }
  team-chat: { kind: teams, url: '\${env:TEAMS}' }
  hook: { kind: webhook, url: 'https://hooks.example.com', signing_secret: '\${env:HOOK}' }
  on-call: { kind: pagerduty, routing_key: '\${env:PAGERDUTY}' }
  keeper: { kind: alertmanager, url: 'https://alertmanager.example.com' }
`;
const SECRET = 'a-secret-of-the-links-that-nobody-knows';

/** The messages of one alert, one a channel. */
async function messagesOfAnAlert(linkSecret: string): Promise<readonly OutboxRecord[]> {
  site = await createSmallSite({
    'site.yaml': SITE,
    'link-secret': linkSecret,
    'people.yaml': 'people: { robin: { name: Robin, email: robin@example.com } }\n',
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
    'sources/sales.csv': 'day,code,amount\n2026-09-10,a,120\n',
  });
  await site.collect('2026-11-09T05:30:00Z');
  return site.store.outbox.due(site.services.now(), 50, []);
}

describe('a message that is sent', () => {
  it('has links where people read it, in a room with its name in them, and none in a journal or for a program', async () => {
    const messages = await messagesOfAnAlert(SECRET);
    expect(messages).toHaveLength(7);
    const rooms: Record<string, readonly string[]> = {};
    for (const message of messages) {
      const { about, text } = await withLinks(site.services, site.config(), message);
      const tokens = (about?.links ?? []).map(({ url }) => url.split('/').at(-1) ?? '');
      for (const token of tokens) expect(text).toContain(token);
      if (tokens.length === 0) expect(text).toBe(message.text);
      rooms[message.channel] = tokens.map((token) => Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    }
    const claimsIn = (channel: string) => (rooms[channel] ?? []).map((text) => JSON.parse(text));
    for (const channel of ['journal', 'hook', 'on-call', 'keeper']) expect(rooms[channel]).toEqual([]);
    expect(claimsIn('mail').map((claims) => [claims[0], claims[5], claims[7]])).toEqual([
      ['acknowledge', 'robin', null],
      ['snooze', 'robin', null],
    ]);
    for (const room of ['team-room', 'team-chat']) {
      expect(claimsIn(room).map((claims) => [claims[5], claims[7]])).toEqual([
        ['robin', room],
        ['robin', room],
      ]);
    }
  });

  it('goes without them where they cannot be made, and that is logged without the secret', async () => {
    const messages = await messagesOfAnAlert('too-short');
    const mail = messages.find(({ channel }) => channel === 'mail');
    if (mail === undefined) throw new Error('there is no mail');
    const logged: unknown[] = [];
    const logger = {
      info: () => undefined,
      warn: (fields: unknown, message: string) => logged.push([fields, message]),
    };
    expect(await withLinks({ ...site.services, logger }, site.config(), mail)).toEqual(mail);
    expect(mail.text).toContain('plumbline alerts ack');
    expect(logged).toMatchObject([[{ code: 'CONFIG_SHORT_SECRET' }, 'a message is sent without its links']]);
    expect(JSON.stringify(logged)).not.toContain('too-short');
  });
});
