/** Parts of a date in a pattern of file names. */
export const PARTS = { '{yyyy}': 'year', '{MM}': 'month', '{dd}': 'day' } as const;
type Part = keyof typeof PARTS;

/** What is no plain letter of a pattern; splitting by it keeps it. */
export const TOKEN = /(\{[^}]*\}|[*?])/;
/** More of them would only make the match slow, never clearer. */
const MAX_STARS = 2;

/** What is wrong with a pattern such as `sales-{yyyy}-{MM}-{dd}.csv`, in words; `undefined` when nothing is. */
export function problemOfDatePattern(pattern: string): string | undefined {
  const tokens = pattern.split(TOKEN);
  const parts = tokens.filter((token) => token.startsWith('{') && token.endsWith('}'));
  const unknown = parts.find((part) => !isPart(part));
  if (unknown !== undefined) return `has "${unknown}"; the parts of a date are {yyyy}, {MM} and {dd}`;
  if (new Set(parts).size < parts.length) return 'has a part of the date twice';
  if (!parts.includes('{yyyy}')) return 'has no {yyyy}';
  if (parts.includes('{dd}') && !parts.includes('{MM}')) return 'has {dd} but no {MM}';
  if (pattern.includes('/') || pattern.includes('\\')) return 'is about the file name alone, without folders';
  const stars = tokens.filter((token) => token === '*').length;
  return stars > MAX_STARS ? `has more than ${MAX_STARS} "*"` : undefined;
}

export function isPart(text: string): text is Part {
  return Object.hasOwn(PARTS, text);
}
