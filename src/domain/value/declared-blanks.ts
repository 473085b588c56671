import { accepted } from './reading.js';
import type { Reading, TypedCell } from './types.js';

/**
 * A reader for which some texts stand for a blank: `n/a`, `-`, or the 0 that a source writes until there is a figure.
 *
 * They are compared without case and white space around them. One that the column can read also stands for every other
 * form of the same value: where `0` is a blank, `0.00` is.
 */
export function withBlanks(
  read: (text: string) => Reading<TypedCell>,
  blanks: readonly string[],
): (text: string) => Reading<TypedCell> {
  const texts = new Set(blanks.map(plain));
  const values = new Set(
    blanks.flatMap((text) => {
      const reading = read(text);
      return reading.ok ? [reading.value] : [];
    }),
  );
  return (text) => {
    if (texts.has(plain(text))) return accepted(null);
    const reading = read(text);
    return reading.ok && values.has(reading.value) ? accepted(null) : reading;
  };
}

const plain = (text: string): string => text.trim().toLowerCase();
