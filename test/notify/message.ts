import type { MessageFacts, MessageFigures, PeriodFigures } from '#src/domain/message/types.js';
import type { Message } from '#src/notify/types.js';

/** What {@link aMessage} would say, for programs. */
export function facts(changes: Partial<MessageFacts> = {}): MessageFacts {
  return {
    kind: 'missing',
    transition: 'opened',
    subject: { id: 'measure/operations/knowledge-articles-reused', name: 'Knowledge articles reused' },
    period: '2026-W44',
    summary: 'Knowledge articles reused has no value for 2026-W44, which was due on 5 November 2026.',
    details: ['Target: 120', 'The source was read and has no row for the week.'],
    reason: 'Three days of grace are over.',
    owner: 'amara',
    told: ['Amara Osei'],
    sequence: 0,
    at: '2026-11-09T06:30:00Z',
    site: 'Northwind Technology Services',
    ...changes,
  };
}

/** Numbers of the measure that {@link facts} are about. */
const NEWEST: PeriodFigures = {
  period: '2026-W44',
  status: 'off_track',
  value: '96',
  valueText: '96 articles',
  target: '120',
  targetText: '120',
  gap: { by: '-24', percent: '-20', words: '24 articles (20.0 %) short of the target' },
  bar: '████████░░',
  barPercent: 80,
};
export const FIGURES: MessageFigures = { current: NEWEST, recent: [NEWEST, { period: '2026-W43', status: 'missing' }] };

/** A message with everything in order. */
export function aMessage(changes: Partial<Message> = {}): Message {
  return {
    messageId: 'alert-7c1f-0-amara-mail',
    threadId: 'alert-7c1f',
    recipient: { id: 'amara', name: 'Amara Osei', address: 'amara@example.com' },
    subject: '[Plumbline] MISSING · Knowledge articles reused · since 2026-W44',
    text: 'Hello Amara Osei,\n\nKnowledge articles reused is missing since 2026-W44.\n',
    ...changes,
  };
}

/** Letters of another script, mark-up of every kind, control characters, and far more of it than any service takes. */
const HOSTILE = '<!channel> <@U123> *a* _b_ [c](https://evil.example) </at> &amp; \u0000\u001b[2J 東京 👩‍👩‍👧 "\\';
export const HUGE: Message = aMessage({
  subject: HOSTILE.repeat(200),
  text: HOSTILE.repeat(5_000),
  about: facts({
    summary: HOSTILE.repeat(1_000),
    details: Array.from({ length: 500 }, (_, index) => `${index} ${HOSTILE.repeat(20)}`),
    reason: HOSTILE.repeat(200),
    subject: { id: `measure/${'x'.repeat(3_000)}`, name: HOSTILE.repeat(100) },
    told: Array.from({ length: 300 }, () => HOSTILE),
    next: HOSTILE.repeat(200),
    figures: FIGURES,
    links: [{ does: 'show', label: HOSTILE.repeat(20), url: `https://bi.example.com/${'x'.repeat(5_000)}` }],
  }),
});
