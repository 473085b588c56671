import { describe, expect, it } from 'vitest';
import { ALERT_TRANSITIONS } from '#src/domain/alert/transitions.js';
import { type LinkSettings, messageLinks } from '#src/links/message-links.js';
import { readToken } from '#src/links/token.js';
import { facts } from '../notify/message.js';

const SETTINGS: LinkSettings = {
  baseUrl: 'https://plumbline.example.com/plumbline',
  validDays: 7,
  keys: { siteId: 'example', secret: 'a-secret-of-the-links-that-nobody-knows' },
};
const NOW = 1_800_000_000;
const KIM = { personId: 'kim' };

describe('the links of a message', () => {
  it('are where nobody has the alert in hand, and nowhere else', () => {
    const transitions = Object.keys(ALERT_TRANSITIONS);
    const asking = transitions.filter(
      (each) => messageLinks(facts({ transition: each }), KIM, SETTINGS, NOW).length > 0,
    );
    expect(asking).toEqual(['opened', 'woken', 'reminded', 'escalated', 'reopened']);
  });

  it.each(['digest', 'summary', 'test', 'burnt_down'])('are none of a message of the kind "%s"', (kind) => {
    expect(messageLinks(facts({ kind, transition: 'opened' }), KIM, SETTINGS, NOW)).toEqual([]);
  });

  it('are one to each purpose, the main one first, for this reader and seven days', () => {
    const about = facts({ kind: 'late', transition: 'opened', sequence: 4 });
    const links = messageLinks(about, { ...KIM, room: 'team-room' }, SETTINGS, NOW);
    expect(links.map(({ does, label }) => [does, label])).toEqual([
      ['acknowledge', 'Acknowledge'],
      ['snooze', 'Snooze'],
    ]);
    for (const { does, url } of links) {
      const start = `${SETTINGS.baseUrl}/${does}/`;
      expect(url.startsWith(start)).toBe(true);
      expect(
        readToken(url.slice(start.length), does === 'snooze' ? 'snooze' : 'acknowledge', SETTINGS.keys, NOW),
      ).toEqual({
        outcome: 'valid',
        claims: {
          purpose: does,
          kind: 'late',
          subject: about.subject.id,
          period: about.period,
          sequence: 4,
          person: 'kim',
          expires: NOW + 7 * 86_400,
          room: 'team-room',
        },
      });
    }
  });

  it('are short enough for a chat, however long the address of the measure is', () => {
    const subject = { id: `measure/${'s'.repeat(100)}/${'u'.repeat(100)}/${'m'.repeat(100)}`, name: 'm' };
    const links = messageLinks(facts({ transition: 'opened', subject }), { personId: 'p'.repeat(100) }, SETTINGS, NOW);
    for (const { url } of links) expect(url.length).toBeLessThanOrEqual(1_000);
  });
});
