// A real store, and channels that answer as a test says: what becomes known of messages that reach nobody.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actOnAlert } from '#src/activities/alert/act-on-alert.js';
import { deliverOutbox } from '#src/activities/deliver/deliver-outbox.js';
import { changeMessages } from '#src/activities/watch/change-messages.js';
import type { DeliveryResult, Message } from '#src/notify/types.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

const siteFile = (channels: string, more = ''): string => `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
due: { business_days: 5, grace_days: 3 }
channels: { ${channels} }
${more}`;
const file = (id: string): string => `${id}: { kind: file, path: data/${id}.log }`;
const BOTH = `${file('mail')}, ${file('journal')}`;

const sent: DeliveryResult = { outcome: 'sent', detail: 'noted' };
const refused: DeliveryResult = { outcome: 'reject', detail: '550 no such mailbox' };
const busy: DeliveryResult = { outcome: 'retry', detail: '451 later' };

let site: SmallSite;
let answers: (message: Message, channel: string) => DeliveryResult;
/** `channel headline` of what was taken, in order. */
let taken: string[];

async function open(channels = BOTH, more = ''): Promise<void> {
  site = await createSmallSite({
    'site.yaml': siteFile(channels, more),
    'people.yaml': 'people: { robin: { name: Robin }, amara: { name: Amara Osei } }\n',
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
  });
}

beforeEach(() => {
  taken = [];
  answers = () => sent;
});
afterEach(() => site.dispose());

const write = (id: string, createdAt: string, more: { channel?: string; recipientId?: string } = {}) =>
  site.store.write((writer) =>
    writer.enqueue([
      {
        messageId: id,
        threadId: id,
        channel: 'mail',
        recipientId: 'amara',
        recipientName: more.recipientId === 'robin' ? 'Robin' : 'Amara Osei',
        subject: `Sales is late (${id})`,
        text: 'since October',
        createdAt,
        ...more,
      },
    ]),
  );

function deliver(now: string) {
  const openChannel = () => async (channel: string) => ({
    send: async (message: Message) => {
      const result = answers(message, channel);
      if (result.outcome === 'sent') taken.push(`${channel}: ${message.subject}`);
      return result;
    },
    close: async () => undefined,
  });
  const attempt = { signal: new AbortController().signal, last: false };
  const services = { ...site.services, now: () => now, openChannel };
  return deliverOutbox(services, { configRevision: site.config().revision }, attempt);
}

const telling = (recordedAt: string) => ({
  config: site.config(),
  recordedAt,
  composeAlert: site.services.composeAlert,
});
const mailRefuses = (_message: Message, channel: string): DeliveryResult => (channel === 'mail' ? refused : sent);

describe('a message that was refused for good', () => {
  it('raises one alert about its channel, told to the operator over the others, however many there are', async () => {
    await open();
    answers = mailRefuses;
    for (const id of ['m-1', 'm-2', 'm-3']) await write(id, '2026-11-20T06:00:00Z');
    expect(await deliver('2026-11-20T07:00:00Z')).toMatchObject({ dead: 3, sent: 1, retried: 0 });
    expect(await site.openAlerts()).toEqual(['delivery_failed channel/mail 2026-11-20T07:00:00Z']);
    const about = (await site.store.models.outboxRecords(10)).filter((each) => each.about?.kind === 'delivery_failed');
    expect(about.map(({ channel, recipientName, state }) => [channel, recipientName, state])).toEqual([
      ['journal', 'Robin', 'sent'],
    ]);
    expect(about[0]?.text).toContain('Amara Osei cannot be reached over the channel "mail": 1 message given up');
    expect(about[0]?.text).toContain('550 no such mailbox');
    await write('m-4', '2026-11-20T07:30:00Z');
    await deliver('2026-11-20T08:00:00Z');
    expect(taken).toEqual([
      'journal: [Plumbline] DELIVERY FAILED · channel "mail" · since 2026-11-20 08:00 Berlin time',
    ]);
  });

  it('is over when a later one reaches the same person over that channel, and is told once', async () => {
    await open();
    answers = ({ recipient }, channel) => (channel === 'mail' && recipient.id === 'amara' ? refused : sent);
    await write('m-1', '2026-11-20T06:00:00Z');
    await deliver('2026-11-20T07:00:00Z');
    await write('m-2', '2026-11-20T08:00:00Z', { recipientId: 'robin' });
    await deliver('2026-11-20T08:00:00Z');
    expect(await site.openAlerts()).toHaveLength(1);
    answers = () => sent;
    await write('m-3', '2026-11-20T09:00:00Z');
    await deliver('2026-11-20T09:00:00Z');
    expect(await site.openAlerts()).toEqual([]);
    expect(taken.filter((each) => each.startsWith('journal'))).toEqual([
      'journal: [Plumbline] DELIVERY FAILED · channel "mail" · since 2026-11-20 08:00 Berlin time',
      'journal: [Plumbline] DELIVERY FAILED RESOLVED · channel "mail" · since 2026-11-20 08:00 Berlin time',
    ]);
  });

  it.each(['retry', 'drop'] as const)('is over when a person has it tried again or dropped: %s', async (act) => {
    await open();
    answers = mailRefuses;
    await write('m-1', '2026-11-20T06:00:00Z');
    await deliver('2026-11-20T07:00:00Z');
    const at = '2026-11-20T08:00:00Z';
    const message = { messageId: 'm-1', channel: 'mail' };
    const how = act === 'retry' ? { act } : { act, detail: 'dropped: told by phone' };
    expect(await changeMessages(site.store, telling(at), [message], how)).toBe(1);
    expect(await site.openAlerts()).toEqual([]);
    await deliver(at);
    const opened = act === 'retry' ? ['delivery_failed channel/mail 2026-11-20T08:00:00Z'] : [];
    expect(await site.openAlerts()).toEqual(opened);
  });

  it('makes no cascade where the message about it is lost as well', async () => {
    await open();
    answers = () => refused;
    await write('m-1', '2026-11-20T06:00:00Z');
    expect(await deliver('2026-11-20T07:00:00Z')).toMatchObject({ dead: 2, more: false });
    expect(await deliver('2026-11-20T07:01:00Z')).toMatchObject({ dead: 0, sent: 0 });
    expect(await site.openAlerts()).toEqual(['delivery_failed channel/mail 2026-11-20T07:00:00Z']);
    await write('m-2', '2026-11-20T08:00:00Z', { channel: 'journal' });
    await deliver('2026-11-20T08:00:00Z');
    expect((await site.openAlerts()).toSorted()).toEqual([
      'delivery_failed channel/journal 2026-11-20T08:00:00Z',
      'delivery_failed channel/mail 2026-11-20T07:00:00Z',
    ]);
    expect((await deliver('2026-11-20T09:00:00Z')).dead).toBe(0);
    expect((await site.store.models.outboxRecords(100)).length).toBe(4);
  });

  it('is known to the list of alerts and told to nobody where its channel is the only one', async () => {
    await open(file('mail'));
    answers = () => refused;
    await write('m-1', '2026-11-20T06:00:00Z');
    await deliver('2026-11-20T07:00:00Z');
    expect(await site.openAlerts()).toEqual(['delivery_failed channel/mail 2026-11-20T07:00:00Z']);
    expect(await site.store.models.outboxRecords(10)).toHaveLength(1);
    const [alert] = await site.store.models.openAlerts();
    expect(alert?.details).toContain('It is the only channel: nobody could be told of this');
  });

  it('outlives a sweep, which knows nothing of channels, and nothing is judged by its time', async () => {
    await open();
    answers = mailRefuses;
    await write('m-1', '2026-11-20T06:00:00Z');
    await deliver('2026-11-20T07:00:00Z');
    expect(await site.store.read.latestLogicalTime()).toBeUndefined();
    await site.sweep('2026-11-20T06:30:00Z');
    expect(await site.openAlerts()).toEqual(['delivery_failed channel/mail 2026-11-20T07:00:00Z']);
  });

  it('is over by a sweep when its channel is no longer configured', async () => {
    await open();
    answers = mailRefuses;
    await write('m-1', '2026-11-20T06:00:00Z');
    await deliver('2026-11-20T07:00:00Z');
    site.write({ 'site.yaml': siteFile(file('journal')) });
    await site.apply();
    await site.sweep('2026-11-20T08:00:00Z');
    expect((await site.openAlerts()).filter((each) => each.startsWith('delivery'))).toEqual([]);
  });

  it('stays resolved by a person until another message is lost', async () => {
    await open();
    answers = mailRefuses;
    await write('m-1', '2026-11-20T06:00:00Z');
    await deliver('2026-11-20T07:00:00Z');
    const [alert] = await site.store.read.alerts({ state: 'open' });
    if (alert === undefined) throw new Error('there is no alert');
    const at = '2026-11-20T07:30:00Z';
    const act = { alert, transition: 'resolved', author: 'robin', reason: 'she has left', at } as const;
    await actOnAlert(site.store, telling(at), act);
    await deliver('2026-11-20T07:31:00Z');
    expect(await site.openAlerts()).toEqual([]);
    await write('m-2', '2026-11-20T08:00:00Z');
    await deliver('2026-11-20T08:00:00Z');
    expect(await site.openAlerts()).toEqual(['delivery_failed channel/mail 2026-11-20T07:00:00Z']);
  });

  it('speaks once when the time of a snooze has come', async () => {
    await open();
    answers = mailRefuses;
    await write('m-1', '2026-11-20T06:00:00Z');
    await deliver('2026-11-20T07:00:00Z');
    const [alert] = await site.store.read.alerts({ state: 'open' });
    if (alert === undefined) throw new Error('there is no alert');
    const at = '2026-11-20T07:30:00Z';
    const until = '2026-11-20T09:00:00Z';
    await actOnAlert(site.store, telling(at), {
      alert,
      transition: 'snoozed',
      author: 'robin',
      reason: '-',
      at,
      until,
    });
    taken = [];
    for (const now of ['08:59', '09:00', '09:01']) await deliver(`2026-11-20T${now}:00Z`);
    await deliver('2026-11-20T09:02:00Z');
    expect(taken).toEqual([
      'journal: [Plumbline] DELIVERY FAILED STILL · channel "mail" · since 2026-11-20 08:00 Berlin time',
    ]);
  });
});

describe('a channel that is down for long', () => {
  it('loses messages at the age that the site says, and not before', async () => {
    await open(BOTH, 'watch: { give_up_hours: 2 }\n');
    answers = (_message, channel) => (channel === 'mail' ? busy : sent);
    await write('m-1', '2026-11-20T06:00:00Z');
    let now = Date.parse('2026-11-20T06:00:00Z');
    const end = Date.parse('2026-11-20T08:00:00Z');
    for (; now <= end; now += 60_000) await deliver(new Date(now).toISOString());
    expect(await site.openAlerts()).toEqual([]);
    for (; now <= end + 3_600_000; now += 60_000) await deliver(new Date(now).toISOString());
    const [opened, ...others] = await site.openAlerts();
    expect(opened).toMatch(/^delivery_failed channel\/mail 2026-11-20T08:/);
    expect(others).toEqual([]);
    expect(taken).toHaveLength(1);
  });
});
