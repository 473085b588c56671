const EXPONENT_FORM = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/;

/**
 * A floating-point number's text without an exponent: `1e21` → `1000000000000000000000`, `-2.5e-7` → `-0.00000025`.
 * Only the decimal point moves, so no digit is lost or made up. Any other text stays as it is.
 */
export function plainNumber(text: string): string {
  const match = EXPONENT_FORM.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  // eslint-disable-next-line no-restricted-syntax -- the power of ten, at most three digits, not the value
  const point = whole.length + Number.parseInt(exponent, 10);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
