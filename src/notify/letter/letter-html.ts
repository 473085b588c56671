import { htmlBars } from './html-bars.js';
import { escaped, isolated, looks } from './html-element.js';
import { darkRules } from './html-palette.js';
import type { Letter, LetterBlock } from './types.js';

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const WRAP = 'overflow-wrap:anywhere;word-break:break-word';

/**
 * A letter as an HTML mail: one column that is as wide as the screen, at most 600 pixels; the same words as the plain text.
 *
 * Nothing is fetched and nothing runs: no image, no script, no sheet from elsewhere. Tables stand where programs know no
 * other way to draw (Outlook); they say that they are none.
 */
export function letterHtml({ greeting, title, tone, lead, blocks, footer }: Letter): string {
  const body = [
    `<p${looks({ ink: 'quiet', css: 'margin:0 0 12px' })}>${isolated(greeting)}</p>`,
    `<h1${looks({ ink: tone, css: `margin:0 0 8px;font-size:22px;line-height:1.25;font-weight:700;${WRAP}` })}>${isolated(title)}</h1>`,
    `<p style="margin:0 0 16px;font-size:18px;line-height:1.4;${WRAP}">${isolated(lead)}</p>`,
    ...blocks.map(blockHtml),
    `<p${looks({ ink: 'quiet', edge: 'line', css: `margin:20px 0 0;padding-top:12px;border-top:1px solid;font-size:14px;${WRAP}` })}>${isolated(footer)}</p>`,
  ];
  return [
    '<!DOCTYPE html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escaped(title)}</title>`,
    `<style>:root{color-scheme:light dark;supported-color-schemes:light dark}${darkRules()}</style></head>`,
    `<body${looks({ ink: 'ink', ground: 'page', css: 'margin:0;padding:0;-webkit-text-size-adjust:100%' })}>`,
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"${looks({ ground: 'page' })}><tr>`,
    '<td align="center" style="padding:12px 8px">',
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"${looks({ ground: 'sheet', css: 'max-width:600px;border-radius:8px' })}><tr>`,
    `<td align="left"${looks({ ink: 'ink', ground: 'sheet', edge: tone, css: `padding:20px 16px;border-left:6px solid;border-radius:8px;font-size:16px;line-height:1.5;${FONT};${WRAP}` })}>`,
    ...body,
    '</td></tr></table>',
    '</td></tr></table>',
    '</body></html>',
    '',
  ].join('\n');
}

function blockHtml(block: LetterBlock): string {
  switch (block.kind) {
    case 'rows':
      return block.rows.map(([label, text]) => rowHtml(label, isolated(text))).join('\n');
    case 'bars':
      return htmlBars(block.heading, block.bars);
    case 'list': {
      const items = block.lines.map((line) => `<li style="margin:0 0 6px;${WRAP}">${isolated(line)}</li>`);
      return `${headingHtml(block.heading)}<ul style="margin:8px 0 14px;padding:0 0 0 20px">${items.join('\n')}</ul>`;
    }
    case 'link':
      return linkHtml(block);
    case 'command':
      return rowHtml(block.label, `<code style="font-size:15px;${WRAP}">${isolated(block.command)}</code>`);
  }
}

function rowHtml(label: string, content: string): string {
  return `<p style="margin:0 0 8px;${WRAP}"><span${looks({ ink: 'quiet' })}>${isolated(`${label}:`)}</span> ${content}</p>`;
}

function headingHtml(heading: string | undefined): string {
  if (heading === undefined) return '';
  return `<h2 style="margin:18px 0 6px;font-size:16px;line-height:1.4;font-weight:700">${isolated(`${heading}:`)}</h2>`;
}

function linkHtml({ label, url, main }: Extract<LetterBlock, { kind: 'link' }>): string {
  const href = escaped(url);
  const look = main
    ? looks({
        ground: 'press',
        css: 'display:inline-block;padding:12px 20px;border-radius:6px;color:#ffffff;font-weight:700;text-decoration:none',
      })
    : looks({ ink: 'link' });
  return `<p style="margin:12px 0"><a href="${href}"${look}>${isolated(label)}</a></p>`;
}
