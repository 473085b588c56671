// What an alert says of messages that were told with others, by what became of the message that they were told in.
import { afterEach, describe, expect, it } from 'vitest';
import { alertBlock, messagesAbout } from '#src/cli/render/alert-list.js';
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

const now = '2026-11-10T09:00:00Z';

/** The line about the message, of the first of two values that are late. */
async function said(): Promise<string> {
  const [alert] = await site.store.models.openAlerts();
  if (alert === undefined) throw new Error('nothing is open');
  const messages = messagesAbout(alert, await site.store.models.outboxRecords(20));
  const page = { now, timeZone: 'Europe/Berlin', width: 400, colour: false, nameOf: (id: string) => id };
  const block = alertBlock({ alert, name: 'a', id: '1', messages, told: [] }, page);
  return block.split('\n').find((line) => /told|robin/i.test(line) && line.includes('journal')) ?? '';
}

describe('a message that is told with others', () => {
  it('is told when that one is sent, and not told where it is given up', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('all')),
      'scorecards/company.yaml': scorecardFile(measureOf('a', 'all', 'monthly'), measureOf('b', 'all', 'monthly')),
      'sources/all.csv': 'day,code,amount\n2026-09-10,a,120\n',
    });
    await site.collect('2026-11-09T05:30:00Z');
    const { outbox } = site.store;
    const [first] = await outbox.due('2999-01-01T00:00:00Z', 1);
    if (first === undefined) throw new Error('nothing is to be told');
    const joint = await outbox.tellTogether(first, {
      ...{ messageId: 'j-1', now: '2999-01-01T00:00:00Z', until: '2026-11-10T10:00:00Z' },
      isRoom: false,
      stale: { of: () => [], detail: 'over' },
      compose: () => ({ ...first, threadId: 'j-1' }),
    });
    expect(joint?.messageId).toBe('j-1');
    expect(await said()).toContain('To be told: Robin by journal with others, not tried yet');
    await outbox.markDead('j-1', now, 'there is no such mailbox');
    expect(await said()).toContain(
      'NOT TOLD: Robin by journal with others, given up after 1 attempt: there is no such',
    );
    await outbox.retry(['j-1'], now);
    await outbox.markSent('j-1', now, 'accepted');
    expect(await said()).toContain('Told Robin by journal with others at 2026-11-10 10:00: accepted');
  });
});
