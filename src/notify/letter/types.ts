/**
 * What a mail says, apart from how it looks: plain text and HTML are both made of this, so that they say the same.
 *
 * All of it is plain text.
 */
export interface Letter {
  readonly greeting: string;
  readonly title: string;
  /** How it is meant, for a colour beside the words. */
  readonly tone: 'bad' | 'warning' | 'good' | 'neutral';
  readonly lead: string;
  readonly blocks: readonly LetterBlock[];
  readonly footer: string;
}

/** A part of a letter, in the order they are read. */
export type LetterBlock =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly [label: string, text: string])[] }
  | { readonly kind: 'bars'; readonly heading: string; readonly bars: readonly LetterBar[] }
  | { readonly kind: 'list'; readonly heading?: string; readonly lines: readonly string[] }
  /** `main` is the one that a reader should press. */
  | { readonly kind: 'link'; readonly label: string; readonly url: string; readonly main: boolean }
  | { readonly kind: 'command'; readonly label: string; readonly command: string };

/** One period: its name, its bar as text, what it stands for. */
export interface LetterBar {
  readonly label: string;
  /** Absent where there is no value to draw. */
  readonly bar?: string;
  /** The same, exact to a hundredth. */
  readonly percent?: number;
  readonly text: string;
}
