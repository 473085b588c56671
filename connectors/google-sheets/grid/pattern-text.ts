import { monthNames } from '#src/domain/value/month-names.js';
import type { WallTime } from './serials.js';

/** What a column says of its pattern. */
export interface PatternColumn {
  readonly pattern: string;
  readonly locale?: string;
}

/**
 * Texts of a wall-clock time under a pattern of the domain's date grammar, the likeliest first: a month may have several
 * names. Which of them the column reads as that time, if any, its reader must be asked.
 */
export function patternTexts({ pattern, locale }: PatternColumn): (wall: WallTime) => readonly string[] {
  const pieces = pattern.match(/([A-Za-z])\1*|'[^']*'|[^A-Za-z']|'/g) ?? [];
  const writers = pieces.map((piece) => pieceWriter(piece, locale));
  return (wall) =>
    writers.reduce<readonly string[]>(
      (texts, write) => {
        const endings = write(wall);
        return texts.flatMap((text) => endings.map((ending) => text + ending));
      },
      [''],
    );
}

type PieceWriter = (wall: WallTime) => readonly string[];

const FIELDS: Readonly<Record<string, (wall: WallTime) => string>> = {
  yyyy: ({ date }) => date.slice(0, 4),
  yy: ({ date }) => date.slice(2, 4),
  MM: ({ date }) => date.slice(5, 7),
  M: ({ date }) => date.slice(5, 7).replace(/^0/, ''),
  dd: ({ date }) => date.slice(8, 10),
  d: ({ date }) => date.slice(8, 10).replace(/^0/, ''),
  HH: ({ time }) => time.slice(0, 2),
  mm: ({ time }) => time.slice(3, 5),
  ss: ({ time }) => time.slice(6, 8),
};

function pieceWriter(piece: string, locale: string | undefined): PieceWriter {
  if ((piece === 'MMM' || piece === 'MMMM') && locale !== undefined) {
    const names = [...monthNames(locale, piece === 'MMM' ? 'short' : 'long')];
    return ({ date }) => names.flatMap(([name, month]) => (month === date.slice(5, 7) ? [name] : []));
  }
  const field = Object.hasOwn(FIELDS, piece) ? FIELDS[piece] : undefined;
  if (field !== undefined) return (wall) => [field(wall)];
  const literal = [piece.replaceAll("'", '')];
  return () => literal;
}

/** A time of day cut to what the pattern says of it: a column of minutes has no seconds. */
export function cutToPattern(time: string, pattern: string): string {
  return /s/.test(pattern.replace(/'[^']*'/g, '')) ? time.slice(0, 8) : `${time.slice(0, 5)}:00`;
}
