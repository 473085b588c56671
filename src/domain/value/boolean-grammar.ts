import { errorTokenRejected, isErrorToken } from './error-token.js';
import { accepted, rejected } from './reading.js';
import type { ColumnSpec, Reading } from './types.js';

type Words = NonNullable<ColumnSpec['words']>;

const DEFAULT_WORDS: Words = { true: ['true', 'yes', '1', 't', 'y'], false: ['false', 'no', '0', 'f', 'n'] };

/** Compiles the words of a column, once for all its cells; see {@link readBoolean}. */
export function booleanReader(words: Words = DEFAULT_WORDS): (text: string) => Reading<boolean> {
  const meanings = new Map<string, boolean>();
  for (const word of words.true) meanings.set(folded(word), true);
  for (const word of words.false) meanings.set(folded(word), false);
  return (text) => {
    const meaning = meanings.get(folded(text));
    if (meaning !== undefined) return accepted(meaning);
    if (isErrorToken(text.trim())) return errorTokenRejected();
    return rejected(
      'boolean_word',
      'the text is none of the words for true and false',
      `one of ${words.true.join(', ')} for true, or ${words.false.join(', ')} for false`,
    );
  };
}

/**
 * Whether a cell says true or false.
 *
 * Compared without case and outer white space with `words`, or true/false, yes/no, 1/0, t/f, y/n; declared words
 * replace those. Anything else is `boolean_word`: another number than 1 is not true.
 */
export function readBoolean(text: string, words?: Words): Reading<boolean> {
  return booleanReader(words)(text);
}

/** Without regard to case, and to whether an accent is a character of its own; the same on every machine. */
function folded(word: string): string {
  return word.trim().normalize('NFC').toLowerCase();
}
