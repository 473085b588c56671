import type { MessageFacts, MessageLink } from '#src/domain/message/types.js';
import { letterOf } from './letter/letter-of.js';
import { letterText } from './letter/letter-text.js';

/** The text and facts of a message about an alert, with links that it did not have yet. */
export function composeLinkedMessage({
  about,
  links,
  recipientName,
}: {
  readonly about: MessageFacts;
  readonly links: readonly MessageLink[];
  readonly recipientName: string;
}): { readonly text: string; readonly about: MessageFacts } {
  const linked = { ...about, links: [...(about.links ?? []), ...links] };
  return { text: letterText(letterOf(linked, recipientName)), about: linked };
}
