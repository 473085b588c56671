/** A test of file names: `*` stands for any letters, `?` for one. Linear in the name, whatever the glob. */
export function globMatcher(glob: string): (name: string) => boolean {
  const parts = glob.split(/\*+/).map((part) => [...part]);
  const hidden = glob.startsWith('.');
  return (text) => {
    if (text.startsWith('.') && !hidden) return false;
    return matchParts(parts, [...text]);
  };
}

function matchParts(parts: readonly (readonly string[])[], text: readonly string[]): boolean {
  const fits = (part: readonly string[], at: number): boolean =>
    at >= 0 && at + part.length <= text.length && part.every((letter, i) => letter === '?' || letter === text[at + i]);
  const first = parts[0] ?? [];
  if (parts.length === 1) return first.length === text.length && fits(first, 0);
  const last = parts.at(-1) ?? [];
  const lastAt = text.length - last.length;
  if (!fits(first, 0) || !fits(last, lastAt)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    while (from <= lastAt && !fits(part, from)) from += 1;
    if (from > lastAt) return false;
    from += part.length;
  }
  return from <= lastAt;
}
