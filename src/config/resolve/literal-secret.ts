import type { Place, ProblemList } from '../problem-list.js';
import { REFERENCE_FORMS } from '../spec/scalars.js';

/** Tells of a text that should be a secret's reference and is the secret. Does not show it. */
export function reportLiteralSecret(what: string, place: Place, problems: ProblemList): void {
  const remedy = `put it into the environment or a file, and write ${REFERENCE_FORMS} here`;
  problems.error('CONFIG_LITERAL_SECRET', place, `${what} is written out in the file`, remedy);
}
