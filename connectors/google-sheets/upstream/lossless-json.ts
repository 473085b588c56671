import { canonical, Decimal } from '#src/domain/value/decimal.js';

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const WITH_EXPONENT = /[eE][+-]?0*\d{1,3}$/;

/**
 * JSON whose numbers keep their digits: each becomes a list of one text, `["0.1"]`, which no cell of an answer can be.
 *
 * Google holds numbers as 64-bit floats and prints the shortest digits that mean them, so these digits are all there is;
 * JavaScript's numbers would carry them no further, and lose those of any other sender.
 */
export function parseKeepingDigits(json: string): unknown {
  const parsed: unknown = JSON.parse(
    json.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `["${token}"]`)),
  );
  return parsed;
}

/** A JSON number without exponent; `undefined` where it would be absurdly long. */
export function plainDigits(number: string): string | undefined {
  if (!/[eE]/.test(number)) return number === '-0' ? '0' : number;
  return WITH_EXPONENT.test(number) ? canonical(new Decimal(number)) : undefined;
}
