import { assertBalance } from '#connectors/sdk/balance.js';
import type { Extract } from '#src/config/types.js';
import { columnsOf, needsPlaces } from '#src/domain/measure/aggregation-columns.js';
import type { RejectRecord } from '#src/store/types.js';
import { breathing } from '../breathing.js';
import { createBlockTyping, type TypedBlock, type Window } from './block-typing.js';
import { createDuplicateRows, type RepeatedKey } from './duplicate-rows.js';
import type { ExtractFold } from './fold-types.js';
import { createKeptRows } from './kept-rows.js';
import { createPeriodValues, type PlannedMeasure } from './period-values.js';
import { BLOCK_ROWS, createRawBlocks, type RawBlock } from './raw-blocks.js';
import { createRejectLog } from './reject-log.js';
import { createRowAccounts } from './row-accounts.js';
import { BAD, OUTSIDE, USABLE } from './row-fates.js';

export type { Window } from './block-typing.js';
export type { ExtractFold, FoldResult, PartCount } from './fold-types.js';
export type { PeriodValue, PlannedMeasure } from './period-values.js';

/**
 * Types the batches of one read, accounts for every row, and aggregates the rows as they pass.
 *
 * A row is outside the window (skipped), rejected with every problem it has, superseded by a duplicate
 * (skipped), or used: seen = used + rejected + skipped. A row with one bad cell is rejected as a whole. Rows are not
 * kept, save where a later one may take their place.
 *
 * @param window days that are read, around those of every planned measure
 * @param timeZone whose days rows are put into
 */
export function createExtractFold(
  extract: Extract,
  planned: readonly PlannedMeasure[],
  window: Window,
  timeZone: string,
): ExtractFold {
  const blocksOf = createRawBlocks(extract.columns);
  const typing = createBlockTyping(extract, window, timeZone);
  const values = createPeriodValues(extract.columns, planned, window);
  const aggregations = planned.map(({ measure }) => measure.aggregation);
  const needed = new Set(aggregations.flatMap(columnsOf));
  const kept = createKeptRows(extract.columns, (name) => needed.has(name), aggregations.some(needsPlaces));
  const duplicates = createDuplicateRows(extract, kept);
  const everyRowCounts = extract.duplicates.keep === 'all';
  const accounts = createRowAccounts();
  const rejects = createRejectLog();
  const rows = new Int32Array(BLOCK_ROWS);
  let used = 0;

  /** Whether the row is used now. */
  function settle(raw: RawBlock, block: TypedBlock, row: number): boolean {
    const fate = block.fates[row];
    if (fate === BAD) {
      rejects.add(typing.dayOf(row), () => typing.problemsOf(raw, row));
      return false;
    }
    if (fate === USABLE) {
      const outcome = duplicates.take(block, row);
      if (outcome.is === 'superseded') accounts.skip('superseded_duplicate', 1);
      if (outcome.is === 'rejected') {
        const date = typing.dayOf(row);
        rejects.add(date, () => [duplicateKey(outcome, block.locate(row), date)]);
      }
      return outcome.is === 'used';
    }
    accounts.skip('outside_window', 1);
    if (fate === OUTSIDE && duplicates.takeOutside(block, row) === 'superseded') {
      accounts.skip('superseded_duplicate', 1);
    }
    return false;
  }

  /** @param unplaced how many of the rows are of no unit that there is */
  function use(rows: number, unplaced: number): void {
    used += rows - unplaced;
    accounts.skip('unknown_unit', unplaced);
  }

  function duplicateKey(
    { key, firstPlace }: RepeatedKey,
    locator: string,
    date: string | undefined,
  ): Omit<RejectRecord, 'ordinal'> {
    return {
      locator,
      raw: key,
      rule: 'duplicate_key',
      message: `The row repeats the key of ${firstPlace}.`,
      remedy: `Remove one of the two rows, or declare duplicates: { keep: last } for the extract "${extract.id}".`,
      ...(date === undefined ? {} : { date }),
    };
  }

  return {
    add(batch) {
      assertBalance(batch);
      accounts.addBatch(batch);
      const before = rejects.rows;
      let wanted = batch.rejects.length;
      for (const { locator, rule, raw, message, remedy } of batch.rejects) {
        rejects.add(undefined, () => [{ locator, rule, raw, message, remedy }]);
      }
      for (const raw of blocksOf(batch)) {
        const block = typing.type(raw);
        wanted += block.length - block.outside;
        let count = 0;
        for (let row = 0; row < block.length; row++) {
          if ((everyRowCounts && block.fates[row] === USABLE) || settle(raw, block, row)) rows[count++] = row;
        }
        use(count, values.take(block, { rows, count }));
      }
      accounts.judge(batch.part, wanted, rejects.rows - before);
    },
    addPart(date, count, parts, unit) {
      accounts.addSeen(count);
      if (date < window.start || date >= window.end) {
        accounts.skip('outside_window', count);
        return;
      }
      use(count, values.takeDay(date, count, parts, unit));
    },
    async finish(signal) {
      signal.throwIfAborted();
      const breathe = breathing(signal);
      let unplacedKept = 0;
      for (const { block, selection } of kept.chunks()) {
        unplacedKept += values.take(block, selection);
        await breathe();
      }
      use(kept.count, unplacedKept);
      const { unknownUnits } = values;
      return {
        values: await values.values(rejects.rowsIn, rejects.undated, signal),
        rejects: rejects.records,
        balance: { seen: accounts.seen, used, rejected: rejects.rows, skipped: accounts.skipped },
        repaired: accounts.repaired,
        undatedRejects: rejects.undated,
        ...(typing.newestDay === undefined ? {} : { newestDay: typing.newestDay }),
        ...(unknownUnits.length === 0 ? {} : { unknownUnits }),
        parts: accounts.parts,
      };
    },
  };
}
