import { definitionChecks } from './checks/definition-checks.js';
import { discoveryChecks } from './checks/discovery-checks.js';
import { endingChecks } from './checks/ending-checks.js';
import { faultChecks } from './checks/fault-checks.js';
import { limitChecks } from './checks/limit-checks.js';
import { readingChecks } from './checks/reading-checks.js';
import { valueChecks } from './checks/value-checks.js';
import { ExamFailure } from './exam-failure.js';
import type { Allowance, ExamCheck, ExamSubject, NotApplicable } from './types.js';

/** Every question a connector is asked, in the order they are shown. */
export const EXAM: readonly ExamCheck[] = [
  ...definitionChecks,
  ...discoveryChecks,
  ...readingChecks,
  ...valueChecks,
  ...faultChecks,
  ...limitChecks,
  ...endingChecks,
];

/**
 * Asks one question. Whatever the connector throws where it should have answered is a failure of the check.
 *
 * @returns why the check does not apply, where it does not
 * @throws ExamFailure
 */
export async function ask(
  check: ExamCheck,
  subject: ExamSubject,
  allowance: Allowance,
): Promise<NotApplicable | undefined> {
  const outcome = await check.run(subject, allowance).catch((error: unknown) => {
    if (error instanceof ExamFailure) throw error;
    throw new ExamFailure(`${check.asks} The connector threw ${String(error)}`, { cause: error });
  });
  if (outcome !== undefined && outcome.notApplicable.trim().length < 10) {
    throw new ExamFailure(`The subject says that "${check.name}" does not apply, without a reason`);
  }
  return outcome;
}
