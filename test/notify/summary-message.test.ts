import { describe, expect, it } from 'vitest';
import { composeJointMessage } from '#src/notify/joint-message.js';
import { composeRequestMessage } from '#src/notify/request-message.js';
import { composeSummaryMessage, type SummarisedMessage } from '#src/notify/summary-message.js';
import { facts } from './message.js';

const at = '2026-11-09T09:00:00Z';

const summaryOf = (...messages: readonly SummarisedMessage[]) =>
  composeSummaryMessage({ messages, siteName: 'Example', recipientId: 'kim', recipientName: 'Kim', at });

const asked = composeRequestMessage({
  values: ['a', 'b'].map((name) => ({
    ...{ address: `company/${name}`, name, period: '2026-10' },
    ...{ due: 'due by the end of 2026-11-06', place: 'read from the extract "all" of the connection "files"' },
  })),
  recipient: { id: 'kim', name: 'Kim' },
  siteName: 'Example',
  day: '2026-11-03',
  at,
});

describe('a summary', () => {
  it('names each value that is asked for: nobody asks for it again', () => {
    const { about, subject } = summaryOf({ threadId: 'r', ...asked });
    expect(about.details).toEqual([
      'VALUES WANTED · 2 values',
      'Wanted: a, 2026-10: due by the end of 2026-11-06; read from the extract "all" of the connection "files" (company/a)',
      'Wanted: b, 2026-10: due by the end of 2026-11-06; read from the extract "all" of the connection "files" (company/b)',
    ]);
    expect(subject).toBe('[Plumbline] SUMMARY · 1 message');
  });

  it('counts the alerts of a joint message, and no request for one', () => {
    const messages = ['a', 'b', 'c'].map((name) => facts({ subject: { id: `measure/company/${name}`, name } }));
    const joint = composeJointMessage({ messageId: 'j', messages, count: 3, since: '2026-10', recipientName: 'Kim' });
    const { subject } = summaryOf({ threadId: 'j', ...joint }, { threadId: 'r', ...asked });
    expect(subject).toBe('[Plumbline] SUMMARY · 2 messages about 3 alerts');
  });
});
