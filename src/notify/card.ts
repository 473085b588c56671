import { figureLine } from '#src/domain/message/figure-words.js';
import type { MessageLink, PeriodFigures } from '#src/domain/message/types.js';
import { howBad, jointLines, leadWords, otherDetails, whyWords } from './letter/alert-words.js';
import { readableInstant } from './readable-instant.js';
import type { Message } from './types.js';

/** Chats take more, but not much more in all. */
const LONGEST_URL = 1_000;

/** A message in the parts that chats show one below the other. */
export interface Card {
  readonly headline: string;
  readonly summary: string;
  readonly fields: readonly (readonly [label: string, value: string])[];
  readonly details: readonly string[];
  readonly links: readonly MessageLink[];
  readonly footer: string;
}

/** The card of a message; of one that is only words its text is the summary. */
export function cardOf({ subject, text, recipient, about }: Message): Card {
  if (about === undefined) {
    return { headline: subject, summary: text, fields: [], details: [], links: [], footer: `For ${recipient.name}` };
  }
  const { period, at, timeZone, told, site, next, figures, sections = [], links = [] } = about;
  const footer = `For ${recipient.name}, from Plumbline for ${site}`;
  if (about.kind === 'digest' || about.kind === 'request') {
    const details = sections.flatMap(({ heading, lines }) => [`${heading}:`, ...lines]);
    return { headline: subject, summary: about.summary, fields: [], details, links: [], footer };
  }
  return {
    headline: subject,
    summary: about.kind === 'test' ? about.summary : leadWords(about),
    fields: [
      ['What', about.subject.name],
      ['Since', readableInstant(period, timeZone)],
      ['Noted', readableInstant(at, timeZone)],
      ...howBad(about),
      ...whyWords(about),
      ...(next === undefined ? [] : [['Next', next] as const]),
      ['Told', told.join(', ')],
    ],
    details: [...(figures?.recent ?? []).map(barLine), ...jointLines(about), ...otherDetails(about)],
    links: links.filter(({ url }) => /^https?:\/\//.test(url) && url.length <= LONGEST_URL),
    footer,
  };
}

/** A period with its bar before the words. */
function barLine(figures: PeriodFigures): string {
  return figures.bar === undefined ? figureLine(figures) : `${figures.bar} ${figureLine(figures)}`;
}
