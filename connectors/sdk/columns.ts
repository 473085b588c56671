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
 * @throws PlumblineError `layout` SOURCE_COLUMN_MISSING listing every name that is absent or there more than once
 */
export function locateColumns(
  asked: readonly string[],
  present: readonly string[],
  place: string,
  matching: NameMatching,
): number[] {
  const problems: string[] = [];
  const indexes = asked.map((name) => {
    const found = indexesOf(name, present, matching);
    const [index] = found;
    if (index !== undefined && found.length === 1) return index;
    problems.push(index === undefined ? absent(name, present) : `"${name}" is there ${found.length} times`);
    return -1;
  });
  if (problems.length === 0) return indexes;
  throw new PlumblineError(
    'layout',
    'SOURCE_COLUMN_MISSING',
    `Looking for columns ${quoted(asked)} in ${place}: ${problems.join('; ')}. It has ${quoted(present) || 'no columns'}`,
    { remedy: 'Bring the column back under its name, or change "columns:" (or "from:" of the column) in the extract.' },
  );
}

function indexesOf(name: string, present: readonly string[], matching: NameMatching): number[] {
  const matches = (same: (candidate: string) => boolean): number[] =>
    present.flatMap((candidate, index) => (same(candidate) ? [index] : []));
  const exact = matches((candidate) => candidate === name);
  if (exact.length > 0 || matching === 'exact') return exact;
  return matches((candidate) => candidate.toLowerCase() === name.toLowerCase());
}

function absent(name: string, present: readonly string[]): string {
  const nearest = nearestName(name, present);
  return nearest === undefined ? `"${name}" is not there` : `"${name}" is not there (did you mean "${nearest}"?)`;
}

/** The candidate a person most likely meant: equal but for case and spaces, or a third of its letters away at most. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const plain = simplified(name);
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(plain, simplified(candidate));
    if (best === undefined || distance < best.distance) best = { candidate, distance };
  }
  if (best === undefined) return undefined;
  return best.distance <= Math.max(1, Math.floor(plain.length / 3)) ? best.candidate : undefined;
}

function simplified(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_-]+/g, '')
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
