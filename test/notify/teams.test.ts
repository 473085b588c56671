import { describe, expect, it } from 'vitest';
import { channelExam } from './channel-exam.js';
import { startHttpServer } from './http-test-server.js';
import { aMessage, FIGURES, facts, HUGE } from './message.js';
import { openOver, sendOver } from './send-over.js';

const PATH =
  '/powerautomate/automations/direct/workflows/b950a56150be4c05b3ace20939dcfd32/triggers/manual/paths/invoke';
const SIGNATURE = 'tFs9LpcdsN1pG3OGt8lUzSvoT9b3kU9ttXVmxiETPXE';
const options = (origin: string) => ({
  url: `${origin}${PATH}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${SIGNATURE}`,
});

channelExam({ kind: 'teams', options, secrets: [SIGNATURE, 'b950a56150be4c05b3ace20939dcfd32'] });

interface Line {
  readonly type: string;
  readonly inlines: readonly { readonly type: string; readonly text: string; readonly weight?: string }[];
}

async function posted(message = aMessage({ about: facts() })) {
  await using server = await startHttpServer();
  await sendOver('teams', { ...options(server.origin), allow_private: true, allowed_hosts: ['127.0.0.1'] }, message);
  const body = server.posts[0]?.body ?? '';
  const { type, attachments }: { type: string; attachments: { contentType: string; content: { body: Line[] } }[] } =
    JSON.parse(body);
  return {
    type,
    attachment: attachments[0],
    bytes: Buffer.byteLength(body),
    lines: attachments[0]?.content.body ?? [],
  };
}

const everywhere = (text: string) =>
  aMessage({
    subject: text,
    recipient: { id: 'amara', name: text },
    about: facts({
      summary: text,
      reason: text,
      period: text,
      at: text,
      site: text,
      told: [text],
      subject: { id: text, name: text },
      next: text,
      figures: FIGURES,
      links: [
        { does: 'show', label: text, url: `https://bi.example.com/${'x'.repeat(900)}` },
        { does: 'acknowledge', label: text, url: `https://plumbline.example.com/${'x'.repeat(900)}` },
      ],
      details: Array.from({ length: 100 }, () => text),
    }),
  });

const textOf = ({ inlines }: Line): string => inlines.map(({ text }) => text).join('');

describe('the teams channel', () => {
  it('posts one Adaptive Card with the facts of an alert', async () => {
    const { type, attachment, lines } = await posted();
    expect(type).toBe('message');
    expect(attachment).toMatchObject({
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        fallbackText: '[Plumbline] MISSING · Knowledge articles reused · since 2026-W44',
      },
    });
    expect(lines.map(textOf)).toEqual([
      '[Plumbline] MISSING · Knowledge articles reused · since 2026-W44',
      'Knowledge articles reused has no value for 2026-W44, which was due on 5 November 2026.',
      'What: Knowledge articles reused',
      'Since: 2026-W44',
      'Noted: 2026-11-09 06:30 UTC',
      'Why: Three days of grace are over.',
      'Told: Amara Osei',
      '• Target: 120',
      '• The source was read and has no row for the week.',
      'For Amara Osei, from Plumbline for Northwind Technology Services',
    ]);
  });

  it('shows figures as bars with their words, and links as buttons', async () => {
    const url = 'https://plumbline.example.com/a/1';
    const about = facts({
      kind: 'off_track',
      summary: 'off track',
      details: [],
      figures: FIGURES,
      next: 'Lena Fischer is told on 2026-11-12.',
      links: [
        { does: 'acknowledge', label: 'Take it over', url },
        { does: 'show', label: 'See it', url: 'javascript:alert(1)' },
      ],
    });
    const { lines, attachment } = await posted(aMessage({ about }));
    expect(lines.map(textOf)).toEqual(
      expect.arrayContaining([
        'How bad: 24 articles (20.0 %) short of the target in 2026-W44',
        'Next: Lena Fischer is told on 2026-11-12.',
        '• ████████░░ 2026-W44: 96 articles against a target of 120, off track',
        '• 2026-W43: no value, missing',
      ]),
    );
    expect(attachment?.content).toMatchObject({ actions: [{ type: 'Action.OpenUrl', title: 'Take it over', url }] });
  });

  it('shows values as they are: none is in an element that reads Markdown', async () => {
    const { lines } = await posted(aMessage({ about: facts({ reason: '[click](https://evil.example) **now**' }) }));
    expect(lines.map(textOf)).toContain('Why: [click](https://evil.example) **now**');
    expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(['RichTextBlock']));
    expect(new Set(lines.flatMap(({ inlines }) => inlines.map(({ type }) => type)))).toEqual(new Set(['TextRun']));
  });

  it.each([
    ['of every kind', HUGE],
    ['of three bytes', everywhere('東'.repeat(5_000))],
    ['that JSON escapes', everywhere('"'.repeat(5_000))],
    ['of a message that is only words', aMessage({ text: '東\n'.repeat(50_000) })],
  ])('keeps well below the limit of Teams with letters %s', async (_what, message) => {
    const { bytes, lines } = await posted(message);
    expect(bytes).toBeLessThan(20_000);
    for (const text of lines.flatMap(({ inlines }) => inlines.map((run) => run.text))) expect(text).not.toBe('');
  });

  it('opens for hosts of workflows and for no other', async () => {
    await (await openOver('teams', options('https://prod-12.westeurope.logic.azure.com:443'))).close();
    await (await openOver('teams', options('https://942ead72.4a.environment.api.powerplatform.com:443'))).close();
    await expect(openOver('teams', options('https://acme.webhook.office.com'))).rejects.toMatchObject({
      code: 'CHANNEL_HOST_REFUSED',
    });
  });
});
