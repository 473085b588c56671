import { assertBalance } from '#connectors/sdk/balance.js';
import type { Batch, Source } from '#connectors/sdk/types.js';
import { columnsOfRead } from '#src/activities/pull/asked-columns.js';
import { createBlockTyping, type TypedBlock } from '#src/activities/pull/fold/block-typing.js';
import { createRawBlocks, type RawBlock } from '#src/activities/pull/fold/raw-blocks.js';
import { createRejectLog } from '#src/activities/pull/fold/reject-log.js';
import { createRowAccounts } from '#src/activities/pull/fold/row-accounts.js';
import { BAD, USABLE } from '#src/activities/pull/fold/row-fates.js';
import { quarantined } from '#src/activities/pull/quarantine.js';
import { capturedOn } from '#src/activities/pull/snapshot.js';
import type { Extract, UnitColumns } from '#src/config/types.js';
import type { UnitRow } from '#src/config/units/units-of-rows.js';
import { vectorOf } from '#src/domain/measure/folds/row-block.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { cellAt } from '#src/domain/value/columns/column-vector.js';
import type { RejectRecord } from '#src/store/types.js';

/** Whatever its day, a row says that there is such a unit. */
const ALL_DAYS = { start: '0001-01-01', end: '9999-12-31' };

export interface ReadUnitRows {
  /** The latest row of each unit, in the order in which units first appear. */
  readonly rows: readonly UnitRow[];
  /** The first of them. */
  readonly rejects: readonly RejectRecord[];
  readonly rejectedRows: number;
  /** Rows in which nothing names a unit. */
  readonly nameless: number;
}

/**
 * Reads the rows of an extract that say which units there are, typed as in any run: a row with a bad cell is rejected.
 *
 * All rows are read, whatever their day; of one unit the latest counts, of two of the same time the one that comes later.
 *
 * @param day what a snapshot is captured on
 * @throws PlumblineError what reading fails with; `data` SOURCE_QUARANTINED where too many rows were rejected
 */
export async function readUnitRows(
  source: Source<unknown>,
  extract: Extract,
  columns: UnitColumns,
  { day, timeZone, signal }: { readonly day: CalendarDate; readonly timeZone: string; readonly signal: AbortSignal },
): Promise<ReadUnitRows> {
  const taking = createTaking(extract, columns, timeZone);
  const batches = source.read({
    extract: extract.id,
    options: extract.source,
    ...columnsOfRead(extract, false),
    window: ALL_DAYS,
    limits: extract.limits,
    signal,
  });
  for await (const batch of batches) {
    signal.throwIfAborted();
    taking.take(extract.snapshot === undefined ? batch : capturedOn(day, batch));
  }
  return taking.outcome();
}

/** When a row is from, so that the latest of a unit can be told. */
interface Dated {
  readonly day: number;
  readonly nanos: number;
  readonly row: UnitRow;
}

function createTaking(extract: Extract, columns: UnitColumns, timeZone: string) {
  const blocksOf = createRawBlocks(extract.columns);
  const typing = createBlockTyping(extract, ALL_DAYS, timeZone);
  const accounts = createRowAccounts();
  const rejects = createRejectLog();
  const latest = new Map<string, Dated>();
  const rowOf = unitRows(extract, columns);
  let nameless = 0;

  function settle(raw: RawBlock, block: TypedBlock, row: number): void {
    if (block.fates[row] === BAD) {
      rejects.add(typing.dayOf(row), () => typing.problemsOf(raw, row));
      return;
    }
    if (block.fates[row] !== USABLE) {
      rejects.add(typing.dayOf(row), () => [beyondTime(raw.locate(row), extract.timeColumn)]);
      return;
    }
    const read = rowOf(block, row);
    if (read === undefined) {
      nameless += 1;
      return;
    }
    const [day, nanos] = [block.timeDays[row] ?? 0, block.timeNanos?.[row] ?? 0];
    const known = latest.get(read.key);
    const isLater = known === undefined || day > known.day || (day === known.day && nanos >= known.nanos);
    if (isLater) latest.set(read.key, { day, nanos, row: read });
  }

  return {
    take(batch: Batch): void {
      assertBalance(batch);
      const before = rejects.rows;
      let wanted = batch.rejects.length;
      for (const { locator, rule, raw, message, remedy } of batch.rejects) {
        rejects.add(undefined, () => [{ locator, rule, raw, message, remedy }]);
      }
      for (const raw of blocksOf(batch)) {
        const block = typing.type(raw);
        wanted += block.length;
        for (let row = 0; row < block.length; row++) settle(raw, block, row);
      }
      accounts.judge(batch.part, wanted, rejects.rows - before);
    },
    outcome(): ReadUnitRows {
      const unbelieved = quarantined(extract, { parts: accounts.parts, rejects: rejects.records });
      if (unbelieved !== undefined) throw unbelieved;
      const rows = [...latest.values()].map(({ row }) => row);
      return { rows, rejects: rejects.records, rejectedRows: rejects.rows, nameless };
    },
  };
}

/** The last day there is, which sources write for "until further notice", is no time that a row is from. */
function beyondTime(locator: string, column: string): Omit<RejectRecord, 'ordinal'> {
  return {
    locator,
    column,
    raw: ALL_DAYS.end,
    rule: 'impossible_date',
    message: 'the last day of the calendar is no time that a row is from',
    remedy: 'name another column as time: of the extract',
  };
}

/** Reads the cells of a row that say something of its unit; `undefined` where nothing names it. */
function unitRows(extract: Extract, { id, name, parent, owner, weight, attributes = [] }: UnitColumns) {
  const positions = new Map(extract.columns.map((column, position) => [column.name, position]));
  const textAt = (block: TypedBlock, row: number, column: string | undefined): string | null => {
    const position = column === undefined ? undefined : positions.get(column);
    if (position === undefined) return null;
    const cell = cellAt(vectorOf(block, position), row);
    // A cell of blanks names nothing, no more than an empty one.
    return typeof cell === 'string' && cell.trim() !== '' ? cell : null;
  };
  return (block: TypedBlock, row: number): UnitRow | undefined => {
    const key = textAt(block, row, id);
    if (key === null) return undefined;
    return {
      locator: block.locate(row),
      key,
      name: textAt(block, row, name),
      parent: textAt(block, row, parent),
      owner: textAt(block, row, owner),
      weight: textAt(block, row, weight),
      attributes: Object.fromEntries(attributes.map((each) => [each, textAt(block, row, each)])),
    };
  };
}
