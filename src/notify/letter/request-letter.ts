import type { MessageFacts } from '#src/domain/message/types.js';
import type { Letter } from './types.js';

/** The letter by which values are asked for: which, why the reader is asked, and what happens without them. */
export function requestLetter(facts: MessageFacts, recipientName: string): Letter {
  const { summary, sections = [], reason, next, site } = facts;
  return {
    greeting: `Hello ${recipientName},`,
    title: summary,
    tone: 'neutral',
    lead: reason,
    blocks: [
      ...sections.map(({ heading, lines }) => ({ kind: 'list', heading, lines }) as const),
      ...(next === undefined ? [] : [{ kind: 'rows', rows: [['Next', next]] } as const]),
    ],
    footer: `Plumbline for ${site}`,
  };
}
