import { describe, expect, it } from 'vitest';
import { channelExam } from './channel-exam.js';
import { startHttpServer } from './http-test-server.js';
import { aMessage, FIGURES, facts, HUGE } from './message.js';
import { openOver, sendOver } from './send-over.js';

const options = (origin: string) => ({ url: `${origin}/services/T0000AAAA/B0000BBBB/xq9PlumbSecretToken24chrs` });

channelExam({ kind: 'slack', options, secrets: ['T0000AAAA', 'B0000BBBB', 'xq9PlumbSecretToken24chrs'] });

interface Text {
  readonly type: string;
  readonly text: string;
}
interface Block {
  readonly type: 'header' | 'section' | 'context';
  readonly text?: Text;
  readonly fields?: readonly Text[];
  readonly elements?: readonly Text[];
}

async function posted(message = aMessage({ about: facts() })) {
  await using server = await startHttpServer();
  await sendOver('slack', { ...options(server.origin), allow_private: true, allowed_hosts: ['127.0.0.1'] }, message);
  const body: { text: string; blocks: Block[] } = JSON.parse(server.posts[0]?.body ?? '');
  return body;
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });

describe('the slack channel', () => {
  it('posts blocks with the facts of an alert', async () => {
    const headline = '[Plumbline] MISSING · Knowledge articles reused · since 2026-W44';
    expect(await posted()).toEqual({
      text: headline,
      blocks: [
        { type: 'header', text: plain(headline) },
        {
          type: 'section',
          text: plain('Knowledge articles reused has no value for 2026-W44, which was due on 5 November 2026.'),
        },
        {
          type: 'section',
          fields: [
            plain('What\nKnowledge articles reused'),
            plain('Since\n2026-W44'),
            plain('Noted\n2026-11-09 06:30 UTC'),
            plain('Why\nThree days of grace are over.'),
            plain('Told\nAmara Osei'),
          ],
        },
        { type: 'section', text: plain('• Target: 120\n• The source was read and has no row for the week.') },
        { type: 'context', elements: [plain('For Amara Osei, from Plumbline for Northwind Technology Services')] },
      ],
    });
  });

  it('says times in the zone that the message names', async () => {
    const { blocks } = await posted(aMessage({ about: facts({ timeZone: 'Europe/Berlin' }) }));
    expect(blocks[2]).toMatchObject({ fields: expect.arrayContaining([plain('Noted\n2026-11-09 07:30 Berlin time')]) });
  });

  it('says of a resolved alert that it is over', async () => {
    const { blocks } = await posted(aMessage({ about: facts({ transition: 'resolved', details: [] }) }));
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'context']);
    expect(blocks[1]?.text?.text).toBe(
      'This is over: Three days of grace are over. It was: Knowledge articles reused has no value for 2026-W44, which was due on 5 November 2026.',
    );
  });

  it('shows figures as bars with their words, and links as buttons', async () => {
    const url = 'https://plumbline.example.com/a/1';
    const links = [{ does: 'acknowledge', label: 'Take it <over>', url }] as const;
    const { blocks } = await posted(
      aMessage({ about: facts({ kind: 'off_track', figures: FIGURES, links, details: [] }) }),
    );
    expect(blocks[2]?.fields).toContainEqual(plain('How bad\n24 articles (20.0 %) short of the target in 2026-W44'));
    expect(blocks[3]?.text?.text).toBe(
      '• ████████░░ 2026-W44: 96 articles against a target of 120, off track\n• 2026-W43: no value, missing',
    );
    expect(blocks[4]).toEqual({
      type: 'actions',
      elements: [{ type: 'button', text: plain('Take it &lt;over&gt;'), url }],
    });
  });

  it('escapes what Slack would take for a mention or a link', async () => {
    const { text, blocks } = await posted(aMessage({ subject: 'R&D <!channel> <https://evil.example|x>' }));
    expect(text).toBe('R&amp;D &lt;!channel&gt; &lt;https://evil.example|x&gt;');
    expect(blocks[0]?.text?.text).toBe(text);
  });

  it('keeps to the limits of Slack, and says what it left out', async () => {
    const { blocks } = await posted(HUGE);
    const texts = blocks.flatMap(({ text, fields = [], elements = [] }) => [
      ...(text ? [text] : []),
      ...fields,
      ...elements,
    ]);
    const limits = { header: 150, section: 3_000, context: 3_000 };
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const { type, text, fields = [], elements = [] } of blocks) {
      expect(text?.text.length ?? 1).toBeLessThanOrEqual(limits[type]);
      expect(fields.length).toBeLessThanOrEqual(10);
      expect(elements.length).toBeLessThanOrEqual(10);
      for (const field of fields) expect(field.text.length).toBeLessThanOrEqual(2_000);
    }
    expect(texts.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(12_000);
    for (const { type, text } of texts) {
      expect(type).toBe('plain_text');
      expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)|[^\P{Cc}\n]|\p{Cs}/u);
      expect(text).not.toBe('');
    }
    expect(blocks[3]?.text?.text).toMatch(/\n• … and 482 more$/);
  });

  it('opens for hosts of Slack and for no other', async () => {
    await (await openOver('slack', options('https://hooks.slack.com'))).close();
    await (await openOver('slack', options('https://hooks.slack-gov.com'))).close();
    await expect(openOver('slack', options('https://hooks.slack.com.evil.example'))).rejects.toMatchObject({
      code: 'CHANNEL_HOST_REFUSED',
    });
  });
});
