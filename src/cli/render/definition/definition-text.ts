import { printable, wrapped } from '../text-width.js';
import type { NodeDefinition } from './node-definition.js';

const INDENT = '  ';
const NO_BREAK = '\u00a0';

/** A definition as headed paragraphs; lines stand as they are, so that they can be pasted. */
export function definitionText(
  {
    node,
    sections,
  }: Pick<NodeDefinition, 'sections'> & { readonly node: { readonly name: string; readonly address: string } },
  width: number,
): string {
  const paragraphs = sections.map(({ heading, sentences, items, lines }) =>
    [
      heading,
      ...sentences.map((sentence) => wrapped(printable(sentence), width, INDENT)),
      ...items.map((item) => hanging(printable(item), width)),
      ...lines.map((line) => `${INDENT}${INDENT}${printable(line)}`),
    ].join('\n'),
  );
  return `${printable(node.name)} (${node.address})\n\n${paragraphs.join('\n\n')}\n`;
}

/** An item of a list, what does not fit on its line indented further. */
function hanging(item: string, width: number): string {
  // A number and its sign stay together.
  const lines = wrapped(item.replaceAll(' %', `${NO_BREAK}%`), width, `${INDENT}${INDENT}`);
  return `${INDENT}- ${lines.trimStart().replaceAll(NO_BREAK, ' ')}`;
}
