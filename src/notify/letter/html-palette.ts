/** A colour in light and in dark mode. */
interface Shade {
  readonly light: string;
  readonly dark: string;
}

/**
 * Each pair of text and ground keeps a contrast of 4.5 or more in both modes (WCAG 2 AA; computed in a browser by
 * `test/notify/mail-in-browser.e2e.test.ts`).
 */
export const PALETTE = {
  page: { light: '#f3f4f6', dark: '#111418' },
  sheet: { light: '#ffffff', dark: '#1b2027' },
  ink: { light: '#1c2430', dark: '#e6e9ee' },
  quiet: { light: '#56606e', dark: '#a7b0bd' },
  line: { light: '#d9dee5', dark: '#39424e' },
  empty: { light: '#e3e7ec', dark: '#333c47' },
  link: { light: '#0b5cad', dark: '#7db8f5' },
  press: { light: '#0b5cad', dark: '#0b5cad' },
  bad: { light: '#a8202b', dark: '#ff9aa0' },
  warning: { light: '#8a4b00', dark: '#f3b760' },
  good: { light: '#0f6b3c', dark: '#74d3a0' },
  neutral: { light: '#3d4a5c', dark: '#b4c0d0' },
} as const satisfies Record<string, Shade>;

export type Colour = keyof typeof PALETTE;

/**
 * Colours of dark mode, by class. They go over the inline ones, which is all that mail programs without style sheets see.
 */
export function darkRules(): string {
  const names = Object.keys(PALETTE) as Colour[];
  const rules = names.flatMap((name) => [
    `.c-${name}{color:${PALETTE[name].dark}!important}`,
    `.b-${name}{background-color:${PALETTE[name].dark}!important}`,
    `.l-${name}{border-color:${PALETTE[name].dark}!important}`,
  ]);
  return `@media (prefers-color-scheme:dark){${rules.join('')}}`;
}
