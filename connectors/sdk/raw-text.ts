/** Longest raw text a reject carries, in UTF-16 units. */
const SHOWN_CHARACTERS = 500;

/** A raw text as a reject shows it: cut at 500 characters, with a mark where it was cut. */
export function shortened(text: string, limit: number = SHOWN_CHARACTERS): string {
  if (text.length <= limit) return text;
  const whole = text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
  return `${whole}… (${text.length} characters)`;
}
