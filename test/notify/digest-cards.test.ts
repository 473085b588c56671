// A digest in the forms of chats and programs: the same lines as in the mail, within the limits of each.
import { describe, expect, it } from 'vitest';
import { composeDigestMessage } from '#src/notify/digest-message.js';
import { slackMessageOf } from '#src/notify/slack/blocks.js';
import { teamsMessageOf } from '#src/notify/teams/adaptive-card.js';
import type { Message } from '#src/notify/types.js';
import { cloudEventOf } from '#src/notify/webhook/cloud-event.js';

const LINE = 'OFF TRACK, new: R&D <rating>, since 2026-08; from Kim Example';

function digestOf(lines: readonly string[]): Message {
  const sections = ['Open, the worst first', 'Changed since 2026-11-08', 'Without an alert of its own', 'Due by'].map(
    (heading) => ({ heading, lines }),
  );
  const words = composeDigestMessage({
    digest: {
      summary: '1 alert is open, 1 new since 2026-11-08.',
      sections,
      isEmpty: false,
      hasNews: true,
      isWorthRepeating: true,
      standing: [],
    },
    recipient: { id: 'kim', name: 'Kim Example' },
    siteName: 'Example Services',
    at: '2026-11-09T06:30:00Z',
    day: '2026-11-09',
  });
  return { messageId: 'm', threadId: 't', recipient: { id: 'kim', name: 'Kim Example' }, ...words };
}

const full = digestOf(Array.from({ length: 11 }, () => `${LINE} ${'東'.repeat(200)}`));

describe('a digest', () => {
  it('has its lines under their headings in Slack, escaped', () => {
    const body = JSON.stringify(slackMessageOf(digestOf([LINE])));
    expect(body).toContain('[Plumbline] DIGEST · Example Services · 2026-11-09');
    expect(body).toContain('• Open, the worst first:\\n• OFF TRACK, new: R&amp;D &lt;rating&gt;, since 2026-08');
    expect(body).toContain('For Kim Example, from Plumbline for Example Services');
  });

  it('has them in Teams', () => {
    const body = JSON.stringify(teamsMessageOf(digestOf([LINE])));
    expect(body).toContain('"• Due by:"');
    expect(body).toContain(`"• ${LINE}"`);
  });

  it('says how many lines were left out where a chat takes no more', () => {
    const [slack, teams] = [JSON.stringify(slackMessageOf(full)), JSON.stringify(teamsMessageOf(full))];
    expect(slack).toContain('… and 28 more');
    expect(teams).toContain('… and 34 more');
    expect(Buffer.byteLength(teams)).toBeLessThan(20_000);
  });

  it('is an event of its own for programs, with its sections as data', () => {
    expect(cloudEventOf(digestOf([LINE]), 'example')).toMatchObject({
      type: 'plumbline.digest',
      subject: 'person/kim',
      data: { about: { kind: 'digest', sections: expect.arrayContaining([{ heading: 'Due by', lines: [LINE] }]) } },
    });
  });
});
