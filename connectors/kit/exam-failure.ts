/** A connector did not pass a check: what was expected, and what it did. */
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

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
