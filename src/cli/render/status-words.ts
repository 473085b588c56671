import type { NoScoreState, Status } from '#src/domain/score/types.js';

/** A status as a sign and a word: neither colour nor sign alone carries the meaning. */
export const STATUS_WORDS = {
  on_track: { sign: '●', word: 'on track', colour: 32 },
  at_risk: { sign: '▲', word: 'at risk', colour: 33 },
  off_track: { sign: '✖', word: 'off track', colour: 31 },
  late: { sign: '…', word: 'late', colour: 35 },
  missing: { sign: '?', word: 'missing', colour: 35 },
  not_due: { sign: '○', word: 'not due', colour: 2 },
  not_expected: { sign: '◌', word: 'not expected', colour: 2 },
  no_target: { sign: '–', word: 'no target', colour: 2 },
  insufficient_data: { sign: '∅', word: 'insufficient data', colour: 2 },
  unscored: { sign: '◇', word: 'not scored', colour: 2 },
} as const satisfies Record<Status | NoScoreState, { sign: string; word: string; colour: number }>;

/** A node that no run has scored or stated yet. */
const NOTHING_YET = { sign: '·', word: 'nothing yet', colour: 2 };

const wordsOf = (status: Status | NoScoreState | undefined) =>
  status === undefined ? NOTHING_YET : STATUS_WORDS[status];

export function statusText(status: Status | NoScoreState | undefined): string {
  const { sign, word } = wordsOf(status);
  return `${sign} ${word}`;
}

/** Colours a text as its status; for terminals only, see {@link wantsColour}. */
export function statusPaint(status: Status | NoScoreState | undefined): (text: string) => string {
  const { colour } = wordsOf(status);
  return (text) => `\u001b[${colour}m${text}\u001b[0m`;
}

/** Colour only for a terminal, and never against NO_COLOR (https://no-color.org: set and not empty). */
export function wantsColour(
  stdout: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '';
}
