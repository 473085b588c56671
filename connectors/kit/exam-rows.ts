import type { ExamRows } from './types.js';

/** Small rows of three columns, each different from the others. */
export function sampleRows(count: number): ExamRows {
  return Array.from({ length: count }, (_, index) => [String(index + 1), `name ${index + 1}`, `${index * 3 + 1}.25`]);
}

/** Values whose every digit counts; names are what a failure calls them. */
export const GOLDEN_VALUES: Readonly<Record<string, string>> = {
  'a decimal of 38 digits': '12345678901234567890123456.789012345678',
  'its negative': '-12345678901234567890123456.789012345678',
  '2^63': '9223372036854775808',
  '2^53 + 1': '9007199254740993',
  'a hundredth': '0.01',
  'leading zeros': '00123',
  'a date before 1970': '1969-07-20',
  'a leap day of an old century': '1600-02-29',
  'a text with a comma and quotes': 'Smith, "Jo" & sons; 50%',
  'a text of two lines': 'first\nsecond',
  'letters beyond ASCII': 'Größe 北京 😀',
};
