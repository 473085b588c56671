// The pages of links in a real browser, at the width of a phone, in light and in dark mode.
//
// UPDATE_PICTURES=1 writes what is seen into docs/pictures.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageHtml } from '#src/links/page.js';
import { expiredPage } from '#src/links/plain-pages.js';
import type { LinkPage } from '#src/links/types.js';
import { contrast, MODES, PHONE_WIDTH, phonePage, renderedIn } from '../notify/phone-page.js';
import { type Browser, openBrowser } from '../support/browser.js';

const PICTURE = join(import.meta.dirname, '../../docs/pictures/link-page.png');
const HEIGHT = 900;

const ASKS: LinkPage = {
  status: 200,
  title: 'Silence this alert?',
  rows: [
    ['Alert', 'OFF TRACK · Rating by clients'],
    ['Since', '2026-08'],
    [
      'What',
      'Rating by clients (monthly): off track since 2026-08, 3 periods in a row; 2026-10: 3.9 stars against a target of 4.5',
    ],
  ],
  lines: [
    'It is told again at the end of that time if it still holds, and at once when it is over.',
    'You act in the name of Kim Example, and the history will say so.',
  ],
  form: { purpose: 'snooze', token: 'a.b', button: 'Snooze' },
};

const PAGES: readonly (readonly [string, LinkPage])[] = [
  ['that asks', ASKS],
  [
    'that has expired',
    expiredPage(
      { purpose: 'snooze', kind: 'late', subject: 'x', period: '2026-08', sequence: 0, person: 'kim', expires: 1 },
      'UTC',
    ),
  ],
  ['with a word that fits on no screen', { ...ASKS, rows: [['What', 'x'.repeat(300)]], title: 'y'.repeat(100) }],
];

const program = process.env['PLUMBLINE_TEST_CHROMIUM'];

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser(program ?? '');
});
afterAll(() => browser[Symbol.asyncDispose]());

describe.skipIf(program === undefined)('a page of a link on a phone', () => {
  it.each(PAGES)('%s is as wide as the screen, and readable in light and dark mode', async (_what, page) => {
    const rendered = renderedIn(await browser.dumpDom(phonePage(pageHtml(page, '', 'Example Services'), HEIGHT)));
    expect(rendered.map(({ mode, dark }) => [mode, dark])).toEqual([
      ['light', false],
      ['dark', true],
    ]);
    for (const { scrollWidth, beyond, scripts, texts } of rendered) {
      expect({ scrollWidth, beyond, scripts }).toEqual({ scrollWidth: PHONE_WIDTH, beyond: [], scripts: 0 });
      const pale = texts.filter(({ ink, ground, large }) => contrast(ink, ground) < (large ? 3 : 4.5));
      expect(pale).toEqual([]);
      expect(texts.filter(({ size }) => size < 14)).toEqual([]);
    }
    if (page === ASKS && process.env['UPDATE_PICTURES'] === '1') {
      const height = Math.max(...rendered.map((each) => each.height));
      const size = { width: PHONE_WIDTH * MODES.length, height };
      await browser.picture(phonePage(pageHtml(page, '', 'Example Services'), height), PICTURE, size);
    }
  });
});
