/**
 * The name somebody probably meant: the nearest by edits, if few enough are needed; ties go to the first.
 *
 * An edit is a letter put in, left out, changed, or swapped with its neighbour. One edit is allowed for each three letters.
 */
export function closestName(written: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - written.length) >= fewest) continue;
    const edits = editsBetween(written.toLowerCase(), name.toLowerCase());
    if (edits < fewest) [best, fewest] = [name, edits];
  }
  return best;
}

/** A remedy for an unknown name: the one that was meant, else those there are. */
export function remedyForName(written: string, names: Iterable<string>, whenNone: string): string {
  const known = [...new Set(names)];
  const meant = closestName(written, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  if (known.length === 0) return whenNone;
  const shown = known.slice(0, 12).join(', ');
  return known.length > 12 ? `use one of: ${shown} … (${known.length} in all)` : `use one of: ${shown}`;
}

/** Optimal string alignment distance, row by row. */
function editsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(beforeLast, j - 2) + 1 : changed;
      row.push(Math.min(changed, swapped, at(last, j) + 1, at(row, j - 1) + 1));
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
