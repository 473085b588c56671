import { type Colour, PALETTE } from './html-palette.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that cannot become mark-up; without control characters, which no mail program shows. */
export function escaped(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, ' ').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Text of people or sources: its direction is its own, and it breaks anywhere sooner than widen the page. */
export function isolated(text: string): string {
  return `<bdi>${escaped(text)}</bdi>`;
}

interface Look {
  readonly ink?: Colour;
  readonly ground?: Colour;
  readonly edge?: Colour;
  readonly css?: string;
}

/** Attributes of an element with these colours: inline for light mode, classes for dark mode. */
export function looks({ ink, ground, edge, css = '' }: Look): string {
  const classes = [
    ...(ink === undefined ? [] : [`c-${ink}`]),
    ...(ground === undefined ? [] : [`b-${ground}`]),
    ...(edge === undefined ? [] : [`l-${edge}`]),
  ];
  const style = [
    ...(ink === undefined ? [] : [`color:${PALETTE[ink].light}`]),
    ...(ground === undefined ? [] : [`background-color:${PALETTE[ground].light}`]),
    css,
    ...(edge === undefined ? [] : [`border-color:${PALETTE[edge].light}`]),
  ];
  const named = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
  return `${named} style="${style.filter((each) => each !== '').join(';')}"`;
}
