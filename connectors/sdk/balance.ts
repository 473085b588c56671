import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Batch } from './types.js';

/**
 * Holds a batch to the rule that nothing is lost: seen = rows + rejects + skipped.
 *
 * @param place what was read, for the message
 * @throws PlumblineError `defect` BUG_UNBALANCED_BATCH when the counts differ or one of them is no count
 */
export function assertBalance(batch: Batch, place = 'a batch'): void {
  const skipped = Object.values(batch.skipped);
  const accounted = batch.rows.length + batch.rejects.length + skipped.reduce((sum, count) => sum + count, 0);
  const countsAreCounts = [batch.seen, ...skipped].every((count) => Number.isSafeInteger(count) && count >= 0);
  if (accounted === batch.seen && countsAreCounts) return;
  throw new PlumblineError(
    'defect',
    'BUG_UNBALANCED_BATCH',
    `Reading ${place}: ${batch.seen} rows were seen but ${accounted} accounted for ` +
      `(${batch.rows.length} rows, ${batch.rejects.length} rejects, skipped ${JSON.stringify(batch.skipped)})`,
    { remedy: 'This is a fault of the connector, not of the data: please report it.' },
  );
}
