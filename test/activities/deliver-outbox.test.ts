// Messages of a real store over a channel that only notes what it was handed.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverOutbox } from '#src/activities/deliver/deliver-outbox.js';
import type { MessageFacts } from '#src/domain/message/types.js';
import type { Message } from '#src/notify/types.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

let site: SmallSite;
const handedOver: string[] = [];
const messages: Message[] = [];

const about: MessageFacts = {
  kind: 'late',
  transition: 'opened',
  subject: { id: 'measure/company/sales', name: 'Sales' },
  period: '2026-10',
  summary: 'Sales is late.',
  details: [],
  reason: 'It was due on 6 November.',
  owner: 'robin',
  told: ['Robin'],
  sequence: 0,
  at: '2026-11-20T06:00:00Z',
  site: 'Small',
};

beforeEach(async () => {
  handedOver.length = 0;
  messages.length = 0;
  site = await createSmallSite({
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
  });
  const ids = Array.from({ length: 8 }, (_, index) => `m-${index}`);
  await site.store.write((writer) =>
    writer.enqueue(
      ids.map((messageId, index) => ({
        messageId,
        ...(index === 0 ? { about } : {}),
        threadId: 'thread',
        channel: 'journal',
        recipientId: 'robin',
        recipientName: 'Robin',
        subject: 'Sales is late',
        text: 'since October',
        createdAt: '2026-11-20T06:00:00Z',
      })),
    ),
  );
});
afterEach(() => site.dispose());

/** A deliverer whose clock stands; `work` is what its channel does with a message. */
function deliver(now: string, work: () => Promise<void> = async () => undefined) {
  const send = async (message: Message) => {
    handedOver.push(message.messageId);
    messages.push(message);
    await work();
    return { outcome: 'sent', detail: 'noted' } as const;
  };
  const openChannel = () => async () => ({ send, close: async () => undefined });
  const attempt = { signal: new AbortController().signal, last: false };
  const services = { ...site.services, now: () => now, openChannel };
  return deliverOutbox(services, { configRevision: site.config().revision }, attempt);
}

const slowly = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('deliverOutbox()', () => {
  it('hands each message over once though two deliverers drain the outbox at once', async () => {
    const now = '2026-11-20T07:00:00Z';
    const results = await Promise.all([deliver(now, slowly), deliver(now, slowly)]);
    expect(handedOver.toSorted()).toEqual(Array.from({ length: 8 }, (_, index) => `m-${index}`));
    expect(results.reduce((sent, result) => sent + result.sent, 0)).toBe(8);
  });

  it('hands over what a message says for programs, where it was kept with it', async () => {
    await deliver('2026-11-20T07:00:00Z');
    expect(messages[0]?.about).toEqual(about);
    expect(messages.slice(1).map((message) => 'about' in message)).toEqual(Array.from({ length: 7 }, () => false));
  });

  it('hands a message over again two minutes after a deliverer died with it', async () => {
    const died = deliver('2026-11-20T07:00:00Z', () => Promise.reject(new Error('killed')));
    await expect(died).rejects.toThrow('killed');
    expect(handedOver).toEqual(['m-0']);
    await deliver('2026-11-20T07:01:59Z');
    expect(handedOver.filter((id) => id === 'm-0')).toHaveLength(1);
    await deliver('2026-11-20T07:02:00Z');
    expect(handedOver.filter((id) => id === 'm-0')).toHaveLength(2);
  });

  it('does not hold up other channels for one that is down, which it asks three times in a step', async () => {
    await site.store.write((writer) =>
      writer.enqueue(
        Array.from({ length: 60 }, (_, index) => ({
          messageId: `chat-${String(index).padStart(2, '0')}`,
          threadId: `thread-${index}`,
          channel: 'chat',
          recipientId: 'robin',
          recipientName: 'Robin',
          subject: 'Sales is late',
          text: 'since October',
          createdAt: '2026-11-20T05:00:00Z',
        })),
      ),
    );
    const asked: string[] = [];
    const openChannel = () => async (channel: string) => ({
      send: async ({ messageId }: Message) => {
        asked.push(messageId);
        return channel === 'chat'
          ? ({ outcome: 'retry', detail: 'connection refused' } as const)
          : ({ outcome: 'sent', detail: 'noted' } as const);
      },
      close: async () => undefined,
    });
    const attempt = { signal: new AbortController().signal, last: false };
    const services = { ...site.services, now: () => '2026-11-20T07:00:00Z', openChannel };
    const summary = await deliverOutbox(services, { configRevision: site.config().revision }, attempt);
    expect(asked.filter((id) => id.startsWith('chat'))).toEqual(['chat-00', 'chat-01', 'chat-02']);
    expect(summary).toMatchObject({ sent: 8, retried: 3, dead: 0 });
  });
});
