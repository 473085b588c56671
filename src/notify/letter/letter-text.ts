import type { Letter, LetterBlock } from './types.js';

const LABEL_WIDTH = 9;

/** A letter as plain text. */
export function letterText({ greeting, title, lead, blocks, footer }: Letter): string {
  const parts = [greeting, title, lead, ...joined(blocks.map(blockText)), footer];
  return `${parts.join('\n\n')}\n`;
}

/** Rows that follow rows stand right below them. */
function joined(texts: readonly { readonly text: string; readonly row: boolean }[]): readonly string[] {
  const parts: string[] = [];
  for (const [index, { text, row }] of texts.entries()) {
    const above = parts.pop();
    if (above === undefined) parts.push(text);
    else if (row && texts[index - 1]?.row === true) parts.push(`${above}\n${text}`);
    else parts.push(above, text);
  }
  return parts;
}

function blockText(block: LetterBlock): { readonly text: string; readonly row: boolean } {
  switch (block.kind) {
    case 'rows':
      return { text: block.rows.map(([label, text]) => row(label, text)).join('\n'), row: true };
    case 'bars': {
      const width = Math.max(...block.bars.map(({ label }) => label.length));
      const hasBars = block.bars.some(({ bar }) => bar !== undefined);
      const lines = block.bars.map(({ label, bar, text }) =>
        [`  ${label.padEnd(width)}`, ...(hasBars ? [(bar ?? '').padEnd(10)] : []), text].join('  '),
      );
      return { text: [`${block.heading}:`, ...lines].join('\n'), row: false };
    }
    case 'list': {
      const heading = block.heading === undefined ? [] : [`${block.heading}:`];
      return { text: [...heading, ...block.lines.map((line) => `- ${line}`)].join('\n'), row: false };
    }
    case 'link':
      return { text: row(block.label, block.url), row: true };
    case 'command':
      return { text: row(block.label, block.command), row: true };
  }
}

function row(label: string, text: string): string {
  return `${`${label}:`.padEnd(LABEL_WIDTH)} ${text}`;
}
