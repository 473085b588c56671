import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** How names are compared: letter by letter, or without case where that leaves exactly one candidate. */
export type NameMatching = 'exact' | 'ignore-case-if-unique';

/**
 * Finds the asked-for columns among those a source has.
 *
 * @param asked names as the extract has them
 * @param present names as the source has them, in its order
 * @param place the source, as messages name it
 * @returns for each asked name its index in `present`
 * @throws PlumblineError `layout` SOURCE_COLUMN_MISSING when one is absent, else SOURCE_COLUMN_AMBIGUOUS when one is there
 *   more than once; the message lists every name of either kind
 */
export function locateColumns(
  asked: readonly string[],
  present: readonly string[],
  place: string,
  matching: NameMatching,
): number[] {
  const found = asked.map((name) => indexesOf(name, present, matching));
  const missing = [...new Set(asked.filter((_, at) => found[at]?.length === 0))];
  const repeated = asked.flatMap((name, at) => ((found[at]?.length ?? 0) > 1 ? [{ name, at: found[at] ?? [] }] : []));
  if (missing.length === 0 && repeated.length === 0) return found.flat();

  const claimed = new Set(found.flat());
  const unclaimed = present.filter((name, index) => name.trim() !== '' && !claimed.has(index));
  const problems = [
    ...missing.map((name) => absent(name, present, unclaimed, missing.length === 1)),
    ...repeated.map(({ name, at }) => `"${name}" is there ${at.length} times (columns ${at.map(numbered).join(', ')})`),
  ];
  const remedies = [
    ...(missing.length === 0 ? [] : [BRING_BACK]),
    ...(repeated.length === 0 ? [] : [repeated.every(({ name }) => name === '') ? NAME_IT : TELL_APART]),
  ];
  throw new PlumblineError(
    'layout',
    missing.length === 0 ? 'SOURCE_COLUMN_AMBIGUOUS' : 'SOURCE_COLUMN_MISSING',
    `Looking for columns ${quoted(asked)} in ${place}: ${problems.join('; ')}. It has ${quoted(present) || 'no columns'}`,
    { remedy: remedies.join(' ') },
  );
}

const BRING_BACK =
  'Bring the column back under its name, or change "columns:" (or "from:" of the column) in the extract.';
const TELL_APART =
  'Give columns of one name a name each. Where the header cannot be changed and the connector knows these settings: join several header rows ("header: { rows: 2 }", "header_rows: 2"), or name columns by position ("header: none").';
const NAME_IT = 'Give the columns without a name one each.';

function numbered(index: number): string {
  return String(index + 1);
}

function indexesOf(name: string, present: readonly string[], matching: NameMatching): number[] {
  const matches = (same: (candidate: string) => boolean): number[] =>
    present.flatMap((candidate, index) => (same(candidate) ? [index] : []));
  const exact = matches((candidate) => candidate === name);
  if (exact.length > 0 || matching === 'exact') return exact;
  return matches((candidate) => candidate.toLowerCase() === name.toLowerCase());
}

/** @param isOnlyOne no other name is missing, so a heading that nobody asked for may be this one renamed */
function absent(name: string, present: readonly string[], unclaimed: readonly string[], isOnlyOne: boolean): string {
  // A heading that another name found already is the less likely one.
  const near = nearestNames(name, unclaimed);
  const nearest = near.length > 0 ? near : nearestNames(name, present);
  if (nearest.length > 0) return `"${name}" is not there (did you mean ${alternatives(nearest)}?)`;
  const [only] = unclaimed;
  if (isOnlyOne && only !== undefined && unclaimed.length === 1 && present.length > 1)
    return `"${name}" is not there (is "${only}" its new name? It is the only column that nobody asked for)`;
  return `"${name}" is not there`;
}

/** The candidate a person most likely meant, see {@link nearestNames}. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  return nearestNames(name, candidates)[0];
}

/** Names suggested at most: a longer list is no suggestion. */
const SUGGESTED_NAMES = 3;

/**
 * The candidates a person may have meant, the likeliest first, three at most: of the same words in any order, written
 * together or apart; then those a third of their letters away at most, case, spaces and signs not counted; then those
 * that share most of their words.
 */
export function nearestNames(name: string, candidates: readonly string[]): readonly string[] {
  const plain = simplified(name);
  const words = wordsOf(name);
  const farthest = Math.max(1, Math.floor(plain.length / 3));
  const ranked = [...new Set(candidates)].flatMap((candidate) => {
    if (simplified(candidate) === '' || plain === '') return [];
    const distance = editDistance(plain, simplified(candidate));
    if (distance === 0) return [{ candidate, rank: 0, distance }];
    const others = wordsOf(candidate);
    if (isMadeOf(plain, others) || isMadeOf(simplified(candidate), words)) return [{ candidate, rank: 1, distance }];
    // Where every letter differs nothing is alike, however short the name.
    if (distance <= farthest && distance < plain.length) return [{ candidate, rank: 2, distance }];
    return sharesMost(words, others) ? [{ candidate, rank: 3, distance }] : [];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || a.distance - b.distance)
    .slice(0, SUGGESTED_NAMES)
    .map(({ candidate }) => candidate);
}

/** Words of a heading in small letters: parted by spaces and signs, and where a capital follows a small letter. */
function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 100)
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Whether a text is these words, each once, in any order. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  if (text === '' || words.length === 0) return text === '' && words.length === 0;
  // Few orders fit a text, but a heading of many equal letters could have too many of them.
  if (words.length > 6) return false;
  return words.some((word, at) => text.startsWith(word) && isMadeOf(text.slice(word.length), words.toSpliced(at, 1)));
}

/** Whether more than half of all words of two names are in both. */
function sharesMost(some: readonly string[], others: readonly string[]): boolean {
  const all = new Set([...some, ...others]);
  const shared = [...new Set(some)].filter((word) => others.includes(word));
  return shared.length * 2 > all.size;
}

function alternatives(names: readonly string[]): string {
  const shown = names.map((name) => `"${name}"`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

function simplified(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .slice(0, 100);
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 50).map((name) => `"${name}"`);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
