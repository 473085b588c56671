/**
 * A text that is no longer than a service takes, in UTF-16 units, which no service counts more strictly.
 *
 * Control characters become spaces, line breaks stay; no letter is cut in two. Services refuse an empty text, so a dash
 * stands for one.
 *
 * @param written how a character is written there: its length counts
 */
export function clipped(text: string, most: number, written = (character: string): string => character): string {
  let clear = '';
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim();
  for (const character of plain) {
    const next = written(character);
    if (clear.length + next.length > most) return `${withoutEnd(clear, most)}…`;
    clear += next;
  }
  return clear === '' ? '–' : clear;
}

/** Room for the one character that says that there was more. */
function withoutEnd(text: string, most: number): string {
  if (text.length < most) return text;
  return text.replace(/(?:&[a-z]+;|[\uD800-\uDBFF][\uDC00-\uDFFF]|[\s\S])$/, '');
}

/** As many of these lines as there is room for, and how many there are besides. */
export function clippedLines(
  lines: readonly string[],
  most: { readonly lines: number; readonly each: number },
  written?: (character: string) => string,
): readonly string[] {
  const shown = lines.slice(0, most.lines).map((line) => clipped(line.replace(/\s+/g, ' '), most.each, written));
  const left = lines.length - shown.length;
  return left === 0 ? shown : [...shown, `… and ${left} more`];
}
