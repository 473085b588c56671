import { cardOf } from '../card.js';
import { clipped, clippedLines } from '../clipped.js';
import type { Message } from '../types.js';

// Slack takes 50 blocks, 150 characters of a header, 3,000 of a section, ten fields of 2,000 each; and some 13,000 in all,
// which is not in its reference. These stay below them together.
const HEADER = 150;
const SUMMARY = 2_400;
const FIELD = 500;
const DETAILS = { lines: 20, each: 140 };
const FOOTER = 300;
/** One to look, one to act; 75 characters of each. */
const BUTTONS = 2;
const BUTTON = 75;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (character: string): string => ENTITIES[character] ?? character;

/** Plain text, so that no value can format, link or call anybody. */
const plain = (text: string, most: number) => ({
  type: 'plain_text',
  text: clipped(text, most, escaped),
  emoji: false,
});

/**
 * A message as an incoming webhook of Slack takes it: blocks, and a line for notifications.
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * @see https://docs.slack.dev/reference/block-kit/blocks
 * @see https://docs.slack.dev/messaging/formatting-message-text: `&`, `<` and `>` are escaped
 * @see https://github.com/slackapi/bolt-js/issues/2509: the limit of all blocks together
 */
export function slackMessageOf(message: Message): Readonly<Record<string, unknown>> {
  const { headline, summary, fields, details, links, footer } = cardOf(message);
  const lines = clippedLines(details, DETAILS, escaped).map((line) => `• ${line}`);
  return {
    text: clipped(headline, HEADER, escaped),
    blocks: [
      { type: 'header', text: plain(headline, HEADER) },
      { type: 'section', text: plain(summary, SUMMARY) },
      ...(fields.length === 0
        ? []
        : [{ type: 'section', fields: fields.map(([label, value]) => plain(`${label}\n${value}`, FIELD)) }]),
      ...(lines.length === 0
        ? []
        : [{ type: 'section', text: { type: 'plain_text', text: lines.join('\n'), emoji: false } }]),
      ...(links.length === 0
        ? []
        : [
            {
              type: 'actions',
              elements: links
                .slice(0, BUTTONS)
                .map(({ label, url }) => ({ type: 'button', text: plain(label, BUTTON), url })),
            },
          ]),
      { type: 'context', elements: [plain(footer, FOOTER)] },
    ],
  };
}
