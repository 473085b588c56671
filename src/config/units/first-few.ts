/** Things that are named in one sentence; the others are counted. */
const NAMED = 5;

/** The first few of some things, and how many more there are: `a, b, c, d, e and 2,495 more`. */
export function firstFew(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  const more = names.length - NAMED;
  return more > 0 ? `${shown} and ${more.toLocaleString('en-US')} more` : shown;
}
