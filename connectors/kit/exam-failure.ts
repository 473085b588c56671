/**
 * A connector did not pass a check: what was expected, and what it did.
 *
 * It has a `cause` only where the connector threw something that the check had no expectation for.
 */
export class ExamFailure extends Error {
  override readonly name = 'ExamFailure';
}

/** @throws ExamFailure */
export function expectThat(holds: boolean, expectation: string, found?: unknown): asserts holds {
  if (holds) return;
  throw new ExamFailure(found === undefined ? expectation : `${expectation}; found ${shown(found)}`);
}

/** @throws ExamFailure */
export function expectSame(found: unknown, expected: unknown, what: string): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left === right) return;
  throw new ExamFailure(`${what} must be ${shown(expected)}; found ${shown(found)}`);
}

const WORDS_OF_A_REASON = 4;

/** Where a subject departs from the exam it says why, in words. @throws ExamFailure when it does not */
export function expectReason(reason: unknown, what: string): void {
  const words = typeof reason === 'string' ? reason.split(/\s+/).filter((word) => /\p{L}/u.test(word)) : [];
  expectThat(
    words.length >= WORDS_OF_A_REASON,
    `The subject must say why ${what}, in ${WORDS_OF_A_REASON} words or more`,
    reason ?? 'no reason',
  );
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
