import { cardOf } from '../card.js';
import { clipped, clippedLines } from '../clipped.js';
import type { Message } from '../types.js';

// Teams takes 28 KB, and people have measured less. A letter is at most three bytes for each unit that is counted here
// (an escaped quote is two), so these stay below 20,000 bytes together.
const HEADLINE = 200;
const SUMMARY = 900;
const FIELD = 220;
const DETAILS = { lines: 14, each: 120 };
const FOOTER = 200;
/** One to look, one to act. */
const BUTTONS = 2;
const BUTTON = 75;

/** Plain text: unlike a TextBlock or a FactSet, a RichTextBlock reads no Markdown. */
const line = (
  ...runs: readonly {
    readonly text: string;
    readonly weight?: 'Bolder';
    readonly size?: 'Medium';
    readonly isSubtle?: true;
  }[]
) => ({ type: 'RichTextBlock', inlines: runs.map((run) => ({ type: 'TextRun', ...run })) });

/**
 * A message as a workflow of Teams takes it that begins with "When a Teams webhook request is received": one Adaptive
 * Card.
 *
 * @see https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook: the limit
 * of size
 * @see https://learn.microsoft.com/connectors/teams: the trigger, and its limit
 * @see https://adaptivecards.io/explorer/RichTextBlock.html: since version 1.2
 */
export function teamsMessageOf(message: Message): Readonly<Record<string, unknown>> {
  const { headline, summary, fields, details, links, footer } = cardOf(message);
  const lines = clippedLines(details, DETAILS);
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: clipped(headline, HEADLINE),
    msteams: { width: 'Full' },
    body: [
      line({ text: clipped(headline, HEADLINE), weight: 'Bolder', size: 'Medium' }),
      ...clipped(summary, SUMMARY)
        .split('\n')
        .filter((each) => each.trim() !== '')
        .slice(0, 20)
        .map((text) => line({ text })),
      ...fields.map(([label, value]) =>
        line({ text: `${label}: `, weight: 'Bolder' }, { text: clipped(value.replace(/\s+/g, ' '), FIELD) }),
      ),
      ...lines.map((text) => line({ text: `• ${text}` })),
      line({ text: clipped(footer, FOOTER), isSubtle: true }),
    ],
    ...(links.length === 0
      ? {}
      : {
          actions: links
            .slice(0, BUTTONS)
            .map(({ label, url }) => ({ type: 'Action.OpenUrl', title: clipped(label, BUTTON), url })),
        }),
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}
