import { definitionChecks } from './checks/definition-checks.js';
import { discoveryChecks } from './checks/discovery-checks.js';
import { endingChecks } from './checks/ending-checks.js';
import { faultChecks } from './checks/fault-checks.js';
import { limitChecks } from './checks/limit-checks.js';
import { readingChecks } from './checks/reading-checks.js';
import { secretChecks } from './checks/secret-checks.js';
import { valueChecks } from './checks/value-checks.js';
import { ExamFailure, expectReason } from './exam-failure.js';
import type { Allowance, ExamCheck, ExamSubject, NotApplicable } from './types.js';

/** Every question a connector is asked, in the order they are shown. */
export const EXAM: readonly ExamCheck[] = [
  ...definitionChecks,
  ...discoveryChecks,
  ...readingChecks,
  ...valueChecks,
  ...faultChecks,
  ...secretChecks,
  ...limitChecks,
  ...endingChecks,
];

/** What a check is called in the list of results: a check that does not apply never looks like one that was passed. */
export function titleOf(check: ExamCheck, subject: ExamSubject): string {
  const outside = check.doesNotApply?.(subject);
  if (outside !== undefined) return `${check.name}: does not apply: ${outside.notApplicable}`;
  const remark = check.remark?.(subject);
  return `${check.name}: ${check.asks}${remark === undefined ? '' : ` (${remark})`}`;
}

/**
 * Asks one question. Whatever the connector throws where it should have answered is a failure of the check, and the
 * failure's `cause`.
 *
 * @returns why the check does not apply, where it does not
 * @throws ExamFailure
 */
export async function ask(
  check: ExamCheck,
  subject: ExamSubject,
  allowance: Allowance,
): Promise<NotApplicable | undefined> {
  const outside = check.doesNotApply?.(subject);
  if (outside !== undefined) {
    expectReason(outside.notApplicable, `"${check.name}" does not apply`);
    return outside;
  }
  try {
    await check.run(subject, allowance);
  } catch (error) {
    if (error instanceof ExamFailure) throw error;
    throw new ExamFailure(`${check.asks} The connector threw ${String(error)}`, { cause: error });
  }
  return undefined;
}
