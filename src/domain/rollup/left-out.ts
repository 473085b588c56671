/** A child that a node's score is made without. */
export interface LeftOutChild {
  readonly node: string;
  /** Of one whose value is over the age limit: the period it is of. */
  readonly tooOld?: string;
}

/** The children that a reason names, and how many more there are. */
export interface LeftOut {
  readonly children: readonly LeftOutChild[];
  readonly more: number;
}

/** Children without a score that a reason names: of thousands of shops the first few, and how many more. */
const MOST_NAMED = 20;
const NAMED = /(\S+?)(?: \(its last value, of (\S+?), is too old\))?(?:, |$)/g;

/** `without shops/a, shops/b (its last value, of 2026-01, is too old) and 3 more`; absent where none is left out. */
export function leftOutWords(left: readonly LeftOutChild[]): string | undefined {
  if (left.length === 0) return undefined;
  const named = left
    .slice(0, MOST_NAMED)
    .map(({ node, tooOld }) => (tooOld === undefined ? node : `${node} (its last value, of ${tooOld}, is too old)`));
  const more = left.length - named.length;
  return `without ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What {@link leftOutWords} has said, perhaps after another reason; `undefined` where it has not. Addresses and periods have no blanks. */
export function readLeftOut(reason: string): LeftOut | undefined {
  const found = /(?:^|; )without (.*?)(?: and (\d+) more)?$/.exec(reason);
  if (found === null) return undefined;
  const [, named = '', more = '0'] = found;
  const children = [...named.matchAll(NAMED)].map(([, node = '', tooOld]) =>
    tooOld === undefined ? { node } : { node, tooOld },
  );
  return { children, more: Number(more) };
}
