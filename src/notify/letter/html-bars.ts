import { isolated, looks } from './html-element.js';
import type { LetterBar } from './types.js';

/**
 * Periods below one another, each with its words above its bar, so that no column is squeezed on a phone. The bar is two cells
 * with a ground: what Outlook draws too, and what nobody reads aloud.
 */
export function htmlBars(heading: string, bars: readonly LetterBar[]): string {
  const lines = bars.map(
    ({ label, percent, text }) =>
      `<p style="margin:6px 0 3px"><strong>${isolated(label)}</strong> ${isolated(text)}</p>${percent === undefined ? '' : barHtml(percent)}`,
  );
  return [
    `<h2 style="margin:18px 0 6px;font-size:16px;line-height:1.4;font-weight:700">${isolated(`${heading}:`)}</h2>`,
    ...lines,
    '<div style="height:10px;line-height:10px;font-size:1px">&nbsp;</div>',
  ].join('\n');
}

function barHtml(percent: number): string {
  const cell = (width: number, ground: 'neutral' | 'empty'): string =>
    width === 0
      ? ''
      : `<td width="${width}%" height="8"${looks({ ground, css: 'height:8px;font-size:1px;line-height:8px' })}>&nbsp;</td>`;
  return `<table role="presentation" aria-hidden="true" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 8px"><tr>${cell(percent, 'neutral')}${cell(100 - percent, 'empty')}</tr></table>`;
}
