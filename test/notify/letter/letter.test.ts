// A mail's two forms are made of one letter: what the HTML says, word for word, is what the plain text says.
import { describe, expect, it } from 'vitest';
import type { MessageFacts } from '#src/domain/message/types.js';
import { letterHtml } from '#src/notify/letter/letter-html.js';
import { letterOf } from '#src/notify/letter/letter-of.js';
import { letterText } from '#src/notify/letter/letter-text.js';
import { FIGURES, facts } from '../message.js';
import { wordsOfHtml, wordsOfText } from './words.js';

const LINKS: MessageFacts['links'] = [
  { does: 'show', label: 'See it', url: 'https://bi.example.com/m?a=1&b="2"' },
  { does: 'acknowledge', label: 'Take it over', url: 'https://plumbline.example.com/a/1' },
  { does: 'snooze', label: 'Silence it for a week', url: 'https://plumbline.example.com/s/1' },
];
const HOSTILE = `<script>alert(1)</script> R&D "quoted" 'single' </td></table> &amp; שלום <img src=x onerror=alert(1)>`;

const CASES: readonly (readonly [string, Partial<MessageFacts>])[] = [
  ['a missing value', {}],
  ['figures', { kind: 'off_track', figures: FIGURES, next: 'Lena Fischer is told on 2026-11-12.', alert: 'e3fb8b12' }],
  ['links', { links: LINKS }],
  ['one that is over', { transition: 'resolved', figures: FIGURES, kind: 'off_track' }],
  ['a kind and a transition of a later version', { kind: 'burnt_down', transition: 'reminded' }],
  ['a test', { kind: 'test' }],
  [
    'hostile names',
    {
      subject: { id: 'x', name: HOSTILE },
      summary: HOSTILE,
      reason: HOSTILE,
      details: [HOSTILE],
      told: [HOSTILE],
      site: HOSTILE,
      next: HOSTILE,
      links: [{ does: 'show', label: HOSTILE, url: `https://bi.example.com/"><script>alert(1)</script>` }],
    },
  ],
];

describe('a letter', () => {
  it.each(CASES)('of %s says the same in HTML as in plain text', (_what, changes) => {
    const letter = letterOf(facts(changes), 'Amara Osei');
    const words = wordsOfText(letterText(letter));
    expect(words.length).toBeGreaterThan(5);
    expect(wordsOfHtml(letterHtml(letter))).toEqual(words);
  });

  it.each(CASES)('of %s fetches nothing, runs nothing, and has no mark-up but its own', (_what, changes) => {
    const html = letterHtml(letterOf(facts(changes), 'Amara Osei'));
    const tags = [...html.matchAll(/<([a-z0-9!]+)/gi)].map(([, name]) => name?.toLowerCase());
    expect(new Set(tags)).toEqual(new Set(tags.filter((name) => name !== undefined && OWN_TAGS.has(name))));
    expect(html).not.toMatch(/<[^<>]*\s(src|background|srcset|on[a-z]+)=/i);
    expect(html).not.toMatch(/url\(|@import|javascript:/i);
  });

  it('cannot be made to link anywhere but to the web', () => {
    const links: MessageFacts['links'] = [{ does: 'show', label: 'See it', url: 'javascript:alert(1)' }];
    const letter = letterOf(facts({ links }), 'Amara Osei');
    expect(letterHtml(letter)).not.toContain('javascript:');
    expect(letterText(letter)).not.toContain('javascript:');
  });

  it('names every status in words, not by a colour alone', () => {
    const html = letterHtml(letterOf(facts({ kind: 'off_track', figures: FIGURES }), 'Amara Osei'));
    expect(wordsOfHtml(html).join(' ')).toContain('2026-W44: 96 articles, target 120, off track');
  });
});

const OWN_TAGS = new Set(
  '!doctype html head meta title style body table tr td p h1 h2 ul li span strong bdi div code a'.split(' '),
);
