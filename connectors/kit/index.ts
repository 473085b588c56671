import { rm } from 'node:fs/promises';
import { afterAll, describe, it } from 'vitest';
import { ask, EXAM, titleOf } from './exam.js';
import { CACHE_DIRECTORY } from './reading.js';
import { type Allowance, DEFAULT_ALLOWANCE, type ExamSubject } from './types.js';

export { ask, EXAM } from './exam.js';
export { ExamFailure } from './exam-failure.js';
export { GOLDEN_VALUES } from './exam-rows.js';
export {
  type Allowance,
  DEFAULT_ALLOWANCE,
  type ExamCheck,
  type ExamRows,
  type ExamSubject,
  FAULTS,
  type Fault,
  type NotApplicable,
  type Situation,
} from './types.js';

/**
 * Puts a connector through the exam: one vitest test a check.
 *
 * Where a check cannot apply to this kind of source, the subject has to say why, in words; the test's title repeats them.
 *
 * @param title of the suite; default: the connector's name
 */
export function examineConnector(
  subject: ExamSubject,
  { title = subject.connector.name, allowance = DEFAULT_ALLOWANCE }: { title?: string; allowance?: Allowance } = {},
): void {
  describe(`the exam of connector ${title}`, () => {
    afterAll(() => rm(CACHE_DIRECTORY, { recursive: true, force: true }));
    for (const check of EXAM) {
      it(titleOf(check, subject), async () => {
        await ask(check, subject, allowance);
      });
    }
  });
}
