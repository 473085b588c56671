/** Columns of a line where nothing says how wide the terminal is: files, pipes. */
export const USUAL_WIDTH = 132;

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]|\ufe0f/u;
const WITHOUT_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Nothing but these takes one column each, so the slow way can be left out. */
const PLAIN = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff…–]*$/;

let segmenter: Intl.Segmenter | undefined;

/** Made when a text first needs it: most need none, and making one takes longer than a page of plain ones. */
function graphemes(text: string): Iterable<Intl.SegmentData> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/**
 * A text that a terminal shows and does not obey: control characters become spaces, and those that turn the order of
 * writing round are left out. Names, reasons and raw cells come from files and sources.
 */
export function printable(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/\p{Cc}+/gu, ' ');
}

/** Columns a text takes on a terminal: East Asian wide characters and emoji take two, combining marks none. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes(text)) width += segmentWidth(segment);
  return width;
}

/** A text cut to a width, `…` in place of what was cut. */
export function fitTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes(text)) {
    used += segmentWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** A text with spaces up to a width; longer ones stay as they are. */
export function padTo(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const gap = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + gap : gap + text;
}

/** A paragraph broken at spaces, each line behind `indent`. A word longer than the line stands alone, uncut. */
export function wrapped(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(indent) + displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines.map((each) => `${indent}${each}`).join('\n');
}

function segmentWidth(segment: string): number {
  if (WITHOUT_WIDTH.test(segment)) return 0;
  return WIDE.test(segment) ? 2 : 1;
}
