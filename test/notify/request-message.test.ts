// A message that asks for values, in the forms of mails and chats.
import { describe, expect, it } from 'vitest';
import { cardOf } from '#src/notify/card.js';
import { letterHtml } from '#src/notify/letter/letter-html.js';
import { letterOf } from '#src/notify/letter/letter-of.js';
import { composeRequestMessage, type WantedValueWords } from '#src/notify/request-message.js';

const value = (name: string): WantedValueWords => ({
  ...{ address: 'company/nps', name, period: '2026-10', due: 'due by the end of 2026-11-06' },
  place: 'read from the extract "survey" of the connection "sheets"',
});
const requestOf = (...values: readonly WantedValueWords[]) =>
  composeRequestMessage({
    ...{ values, recipient: { id: 'kim', name: 'Kim Example' }, siteName: 'Example Services' },
    ...{ day: '2026-10-26', at: '2026-10-26T05:35:00Z' },
  });

describe('composeRequestMessage()', () => {
  it('says which value is wanted, by when, and where it is read from', () => {
    const { subject, text, about } = requestOf(value('Net promoter score'));
    expect(subject).toBe('[Plumbline] VALUE WANTED · Net promoter score · 2026-10');
    expect(text).toContain('Hello Kim Example,');
    expect(text).toContain(
      '- Net promoter score, 2026-10: due by the end of 2026-11-06; read from the extract "survey"',
    );
    expect(about).toMatchObject({ kind: 'request', transition: 'asked', subject: { id: 'measure/company/nps' } });
  });

  it('names all that are wanted in one', () => {
    const { subject, about } = requestOf(value('A'), value('B'));
    expect(subject).toBe('[Plumbline] VALUES WANTED · 2 values');
    expect(about.subject.id).toBe('person/kim');
    expect(about.sections?.[0]?.lines).toHaveLength(2);
  });

  it('says the same in chats and in HTML, where nothing in a name becomes markup', () => {
    const message = requestOf(value('R&D <b>rating</b>'));
    const recipient = { id: 'kim', name: 'Kim Example' };
    const card = cardOf({ messageId: 'm', threadId: 't', recipient, ...message });
    expect(card.details).toEqual(['Wanted:', ...(message.about.sections?.[0]?.lines ?? [])]);
    const html = letterHtml(letterOf(message.about, recipient.name));
    expect(html).toContain('R&amp;D &lt;b&gt;rating&lt;/b&gt;');
    expect(html).not.toContain('<b>rating');
  });
});
