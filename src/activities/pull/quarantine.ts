import type { Extract } from '#src/config/types.js';
import { FAILURE_KINDS, type FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { RejectRecord, RowBalance } from '#src/store/types.js';
import type { FoldResult, PartCount } from './fold/extract-fold.js';

/** Share of rejected rows above which a part is not believed, where the extract does not say. */
const USUAL_PERCENT = 50;

/**
 * Why the rows of a read are not to be believed: too many of one part of the source were rejected. What is left of such
 * a part is a number that looks right and is not, so none of the read is used. Only rows that this read wanted are judged:
 * a long history around them would hide that all of its newest are bad.
 *
 * @returns `undefined` where every part is within the extract's limit
 */
export function quarantined(
  extract: Extract,
  { parts, rejects }: Pick<FoldResult, 'parts' | 'rejects'>,
): PlumblineError | undefined {
  const percent = extract.limits.rejectedPercent ?? USUAL_PERCENT;
  const bad = parts.filter(({ wanted, rejected }) => rejected > 0 && rejected * 100 > percent * wanted);
  const [worst] = bad.toSorted((a, b) => b.rejected * a.wanted - a.rejected * b.wanted);
  if (worst === undefined) return undefined;
  const others = bad.length === 1 ? '' : ` (and too many in ${bad.length - 1} more)`;
  return new PlumblineError(
    'data',
    'SOURCE_QUARANTINED',
    `Reading ${worst.part ?? `extract "${extract.id}"`} rejected ${shareOf(worst)}, more than ${percent} %${others}: none of it is used, and earlier values stay. ` +
      firstOf(rejects, worst),
    {
      remedy:
        'Correct the rows, or the extract where the source has changed; where so many bad rows are right, raise "limits: { rejected_percent }" of the extract.',
    },
  );
}

const shareOf = ({ wanted, rejected }: PartCount): string => `${rejected} of ${wanted} rows`;

/** The first reject of the part that is named, where its place tells the part; else of the read. */
function firstOf(rejects: readonly RejectRecord[], { part }: PartCount): string {
  const first = rejects.find(({ locator }) => part !== undefined && locator.startsWith(part)) ?? rejects[0];
  if (first === undefined) return '';
  const { locator, column, message } = first;
  return `The first: ${locator}${column === undefined ? '' : `, column "${column}"`}: ${message}`;
}

/** What a failure leaves of the rows that were read: their account where its kind quarantines them, else nothing. */
export function keptOf(
  kind: FailureKind,
  { balance, rejects }: Pick<FoldResult, 'balance' | 'rejects'>,
): { readonly balance: { readonly balance?: RowBalance }; readonly rejects: readonly RejectRecord[] } {
  return FAILURE_KINDS[kind].quarantine
    ? { balance: { balance: quarantinedBalance(balance) }, rejects }
    : { balance: {}, rejects: [] };
}

/** The balance of rows that were read and not believed: those that would have been used were skipped by this rule. */
export function quarantinedBalance({ seen, used, rejected, skipped }: RowBalance): RowBalance {
  return { seen, used: 0, rejected, skipped: used === 0 ? skipped : { ...skipped, quarantined: used } };
}
