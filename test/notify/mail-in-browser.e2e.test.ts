// Mails as a real mail server took them, in a real browser at the width of a phone, in light and in dark mode.
//
// UPDATE_PICTURES=1 writes what is seen into docs/pictures.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageFacts } from '#src/domain/message/types.js';
import { letterHtml } from '#src/notify/letter/letter-html.js';
import { letterOf } from '#src/notify/letter/letter-of.js';
import { type Browser, openBrowser } from '../support/browser.js';
import { createMailingSite, HEADER, THREE_BAD_MONTHS } from './mailing-site.js';
import { FIGURES, facts } from './message.js';
import { contrast, MODES, PHONE_WIDTH, phonePage, type RenderedMail, renderedIn } from './phone-page.js';

const PICTURES = join(import.meta.dirname, '../../docs/pictures');
const HEIGHT = 900;

const program = process.env['PLUMBLINE_TEST_CHROMIUM'];

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser(program ?? '');
});
afterAll(() => browser[Symbol.asyncDispose]());

async function look(html: string, picture?: string): Promise<readonly RenderedMail[]> {
  const rendered = renderedIn(await browser.dumpDom(phonePage(html, HEIGHT)));
  if (picture !== undefined && process.env['UPDATE_PICTURES'] === '1') {
    mkdirSync(PICTURES, { recursive: true });
    const height = Math.max(...rendered.map((each) => each.height));
    const size = { width: PHONE_WIDTH * MODES.length, height };
    await browser.picture(phonePage(html, height), join(PICTURES, picture), size);
  }
  return rendered;
}

/** What holds for every mail, whatever is in it. */
function expectReadable(rendered: readonly RenderedMail[]): void {
  expect(rendered.map(({ mode, dark, width }) => ({ mode, dark, width }))).toEqual([
    { mode: 'light', dark: false, width: PHONE_WIDTH },
    { mode: 'dark', dark: true, width: PHONE_WIDTH },
  ]);
  for (const { scrollWidth, beyond, scripts, texts, mode } of rendered) {
    expect({ scrollWidth, beyond, scripts }).toEqual({ scrollWidth: PHONE_WIDTH, beyond: [], scripts: 0 });
    expect(texts.length).toBeGreaterThan(3);
    const pale = texts
      .map(({ text, ink, ground, large }) => ({ mode, text, ratio: contrast(ink, ground), least: large ? 3 : 4.5 }))
      .filter(({ ratio, least }) => ratio < least);
    expect(pale).toEqual([]);
    expect(texts.filter(({ size }) => size < 14)).toEqual([]);
  }
}

describe.skipIf(program === undefined)('an alert mail on a phone', () => {
  it('as it was received is as wide as the screen, and readable in light and dark mode', async () => {
    const mailing = await createMailingSite(THREE_BAD_MONTHS);
    try {
      await mailing.site.collect('2026-11-05T05:30:00Z');
      const [opened] = await mailing.deliver();
      const rendered = await look(opened?.html || '', 'alert-mail.png');
      expectReadable(rendered);
      expect(rendered[0]?.texts.map(({ text }) => text)).toContain('Rating by clients: off track');
      mailing.site.write({ 'sources/ratings.csv': `${HEADER}${THREE_BAD_MONTHS}2026-11-10,a,4.6\n` });
      await mailing.site.collect('2026-12-04T05:30:00Z');
      const [over] = await mailing.deliver();
      expectReadable(await look(over?.html || ''));
    } finally {
      await mailing.dispose();
    }
  });

  it('as a digest, as it was received, is as readable', async () => {
    const mailing = await createMailingSite(THREE_BAD_MONTHS, "digest: { every: day, at: '07:30' }\n");
    try {
      await mailing.site.collect('2026-11-05T05:30:00Z');
      await mailing.site.sweep('2026-11-05T05:35:00Z');
      await mailing.site.sweep('2026-12-01T06:30:00Z');
      const [digest] = (await mailing.deliver()).filter(({ subject }) => subject?.includes('DIGEST'));
      const rendered = await look(digest?.html || '', 'digest-mail.png');
      expectReadable(rendered);
      expect(rendered[0]?.texts.map(({ text }) => text)).toEqual(
        expect.arrayContaining(['Open, the worst first:', 'Due by:']),
      );
    } finally {
      await mailing.dispose();
    }
  });

  const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3);
  it.each<[string, Partial<MessageFacts>]>([
    [
      'words longer than the screen',
      { subject: { id: 'x', name: long }, summary: long, details: [long], next: long, told: [long] },
    ],
    [
      'a language from right to left',
      { subject: { id: 'x', name: 'דירוג הלקוחות <b>' }, summary: 'שלום עולם, 4.5', next: 'مرحبا' },
    ],
    [
      'links, and a warning',
      {
        kind: 'late',
        next: 'Lena Fischer is told on 2026-11-12.',
        links: [
          { does: 'show', label: 'See it', url: 'https://bi.example.com/m/1' },
          { does: 'acknowledge', label: 'Take it over', url: `https://plumbline.example.com/${'a'.repeat(300)}` },
        ],
      },
    ],
    ['good news', { kind: 'improved' }],
    ['a test', { kind: 'test', subject: { id: 'channel/mail', name: 'mail' } }],
  ])('keeps to the screen and stays readable with %s', async (_what, changes) => {
    const html = letterHtml(letterOf(facts({ figures: FIGURES, ...changes }), 'Amara Osei'));
    expectReadable(await look(html));
  });
});
