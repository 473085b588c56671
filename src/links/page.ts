import { LONGEST_REASON, SNOOZES } from './form.js';
import { STYLE, STYLE_SOURCE } from './page-style.js';
import type { LinkPage } from './types.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that cannot become mark-up. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Headers of every answer: nothing is fetched, run, framed, kept or passed on. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src ${STYLE_SOURCE}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

/**
 * A page as HTML.
 *
 * @param basePath of the address that people reach the server at; empty, or with a slash at its beginning only
 */
export function pageHtml({ title, rows = [], lines, form }: LinkPage, basePath: string, siteName: string): string {
  const facts = rows.map(([label, text]) => `<dt>${escaped(label)}</dt><dd><bdi>${escaped(text)}</bdi></dd>`);
  return [
    '<!DOCTYPE html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>`,
    `<h1>${escaped(title)}</h1>`,
    ...(facts.length === 0 ? [] : [`<dl>${facts.join('')}</dl>`]),
    ...lines.map((line) => `<p>${escaped(line)}</p>`),
    ...(form === undefined ? [] : [formHtml(form, basePath)]),
    `<footer>Plumbline for ${escaped(siteName)}</footer>`,
    '</main></body></html>',
    '',
  ].join('\n');
}

/** Only what is sent by this acts: programs that open links to look at them send no forms. */
function formHtml({ purpose, token, button }: NonNullable<LinkPage['form']>, basePath: string): string {
  const choices = Object.entries(SNOOZES).map(
    ([value, words], index) =>
      `<label><input type="radio" name="for" value="${value}" required${index === 0 ? ' checked' : ''}> ${words}</label>`,
  );
  return [
    `<form method="post" action="${escaped(basePath)}/${purpose}">`,
    `<input type="hidden" name="token" value="${escaped(token)}">`,
    ...(purpose === 'snooze' ? [`<fieldset><legend>For how long?</legend>${choices.join('')}</fieldset>`] : []),
    `<label for="reason">Why? Those who read the history will see it.</label>`,
    `<textarea id="reason" name="reason" rows="3" maxlength="${LONGEST_REASON}"></textarea>`,
    `<button type="submit">${escaped(button)}</button>`,
    '</form>',
  ].join('\n');
}
