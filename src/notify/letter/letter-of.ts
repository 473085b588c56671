import type { MessageFacts } from '#src/domain/message/types.js';
import { alertLetter } from './alert-letter.js';
import { requestLetter } from './request-letter.js';
import type { Letter } from './types.js';

/** What the mail of a message says, by its facts. */
export function letterOf(facts: MessageFacts, recipientName: string): Letter {
  if (facts.kind === 'test') {
    return {
      greeting: `Hello ${recipientName},`,
      title: `Test of ${facts.subject.name}`,
      tone: 'neutral',
      lead: facts.summary,
      blocks: [],
      footer: `Plumbline for ${facts.site}`,
    };
  }
  if (facts.kind === 'digest') {
    const blocks = (facts.sections ?? []).map(({ heading, lines }) => ({ kind: 'list', heading, lines }) as const);
    return {
      greeting: `Hello ${recipientName},`,
      title: `${facts.subject.name}: digest of ${facts.period}`,
      tone: 'neutral',
      lead: facts.summary,
      blocks,
      footer: `Plumbline for ${facts.site}`,
    };
  }
  if (facts.kind === 'request') return requestLetter(facts, recipientName);
  return alertLetter(facts, recipientName);
}
