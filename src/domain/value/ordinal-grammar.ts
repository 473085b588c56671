import { errorTokenRejected, isErrorToken } from './error-token.js';
import { accepted, rejected } from './reading.js';
import type { DecimalText, Reading } from './types.js';

/**
 * Compiles the words of an ordinal column, from worst to best, once for all its cells. A cell is the place of its word,
 * from 1.
 *
 * Words are compared as they are written, without outer white space: `aa` is not `AA`, which rate differently. Any other
 * text is `ordinal_word`.
 */
export function ordinalReader(order: readonly string[]): (text: string) => Reading<DecimalText> {
  const places = new Map(order.map((word, index) => [folded(word), String(index + 1)]));
  return (text) => {
    const word = folded(text);
    const place = places.get(word);
    if (place !== undefined) return accepted(place);
    if (isErrorToken(word)) return errorTokenRejected();
    return rejected(
      'ordinal_word',
      'the text is none of the words of the column',
      `one of ${order.join(', ')}, written exactly so; or the word added to the order of the column`,
    );
  };
}

/** The place of a word, from 1; `undefined` for any other text. */
export function ordinalPlace(text: string, order: readonly string[]): DecimalText | undefined {
  const index = order.findIndex((word) => folded(word) === folded(text));
  return index < 0 ? undefined : String(index + 1);
}

/** The same text, whether an accent is a character of its own or not. */
function folded(word: string): string {
  return word.trim().normalize('NFC');
}
