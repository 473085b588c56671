import type { Extract } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { RejectRecord, RowBalance } from '#src/store/types.js';
import type { FoldResult, PartCount } from './fold/extract-fold.js';

/** Share of rejected rows above which a part is not believed, where the extract does not say. */
const USUAL_PERCENT = 50;

/**
 * Why the rows of a read are not to be believed: too many of one part of the source were rejected. What is left of such
 * a part is a number that looks right and is not, so none of the read is used.
 *
 * @returns `undefined` where every part is within the extract's limit
 */
export function quarantined(
  extract: Extract,
  { parts, balance, rejects }: Pick<FoldResult, 'parts' | 'balance' | 'rejects'>,
): PlumblineError | undefined {
  const percent = extract.limits.rejectedPercent ?? USUAL_PERCENT;
  const judged = parts.length > 0 ? parts : [{ part: `extract "${extract.id}"`, ...balance }];
  const bad = judged.filter(({ seen, rejected }) => rejected > 0 && rejected * 100 > percent * seen);
  const [worst] = bad.toSorted((a, b) => b.rejected * a.seen - a.rejected * b.seen);
  if (worst === undefined) return undefined;
  const others = bad.length === 1 ? '' : ` (and too many in ${bad.length - 1} more)`;
  return new PlumblineError(
    'data',
    'SOURCE_QUARANTINED',
    `Reading ${worst.part} rejected ${shareOf(worst)}, more than ${percent} %${others}: none of it is used, and earlier values stay. ` +
      firstOf(rejects, worst),
    {
      remedy:
        'Correct the rows, or the extract where the source has changed; where so many bad rows are right, raise "limits: { rejected_percent }" of the extract.',
    },
  );
}

const shareOf = ({ seen, rejected }: PartCount): string => `${rejected} of ${seen} rows`;

/** The first reject of the part that is named, where its place tells the part; else of the read. */
function firstOf(rejects: readonly RejectRecord[], { part }: PartCount): string {
  const first = rejects.find(({ locator }) => locator.startsWith(part)) ?? rejects[0];
  if (first === undefined) return '';
  const { locator, column, message } = first;
  return `The first: ${locator}${column === undefined ? '' : `, column "${column}"`}: ${message}`;
}

/** The balance of rows that were read and not believed: those that would have been used were skipped by this rule. */
export function quarantinedBalance({ seen, used, rejected, skipped }: RowBalance): RowBalance {
  return { seen, used: 0, rejected, skipped: used === 0 ? skipped : { ...skipped, quarantined: used } };
}
