/** A child that a node's score is made without. */
export interface LeftOutChild {
  readonly node: string;
  /** Of one whose value is over the age limit: the period it is of. */
  readonly tooOld?: string;
}

/** The first of the children that a score is made without, and how many more there are. */
export interface LeftOut {
  readonly children: readonly LeftOutChild[];
  readonly more: number;
}

/** Children that are kept by name: of thousands of shops the first few, and how many more. */
const MOST_NAMED = 20;

/** Absent where none is left out. */
export function leftOutOf(left: readonly LeftOutChild[]): LeftOut | undefined {
  if (left.length === 0) return undefined;
  const children = left
    .slice(0, MOST_NAMED)
    .map(({ node, tooOld }) => (tooOld === undefined ? { node } : { node, tooOld }));
  return { children, more: left.length - children.length };
}

/** `without shops/a, shops/b (its last value, of 2026-01, is too old) and 3 more` */
export function leftOutWords({ children, more }: LeftOut): string {
  const named = children.map(({ node, tooOld }) =>
    tooOld === undefined ? node : `${node} (its last value, of ${tooOld}, is too old)`,
  );
  return `without ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
