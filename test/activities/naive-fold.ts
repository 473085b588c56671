import type { Batch } from '#connectors/sdk/types.js';
import type { PlannedMeasure, Window } from '#src/activities/pull/fold/extract-fold.js';
import type { Extract } from '#src/config/types.js';
import type { Aggregate, Observation } from '#src/domain/actual/types.js';
import { periodContaining, periodsIn } from '#src/domain/period/period.js';
import { zoneClock } from '#src/domain/period/zone-clock.js';
import { canonical, Decimal } from '#src/domain/value/decimal.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { TypedCell } from '#src/domain/value/types.js';
import type { RejectRecord } from '#src/store/types.js';
import { naiveAggregate } from '../domain/measure/naive-aggregate.js';

const BLANK_TIME = {
  rule: 'blank_required',
  message: 'the cell is blank, and without a time the row is of no day',
  remedy: 'a value; or name another column as time: of the extract',
} as const;

/** What the fold must agree with: every row an object that is kept, typed cell by cell, then put into periods. */
export function naiveFold(
  extract: Extract,
  planned: readonly PlannedMeasure[],
  window: Window,
  timeZone: string,
  batches: readonly Batch[],
) {
  const { columns, duplicates } = extract;
  const readers = columns.map(createCellReader);
  const clock = zoneClock(timeZone);
  const positionOf = (name: string): number => columns.findIndex((column) => column.name === name);
  const timePosition = positionOf(extract.timeColumn);
  const keyPositions = duplicates.keep === 'all' ? [] : duplicates.key.map(positionOf);
  const rejects: RejectRecord[] = [];
  const rejectedDays: string[] = [];
  const skipped: Record<string, number> = {};
  const unkeyed: Observation[] = [];
  const kept = new Map<string, Observation | { locator: string }>();
  let [seen, rejected, undatedRejects] = [0, 0, 0];

  const skip = (rule: string, rows: number): void => {
    if (rows > 0) skipped[rule] = (skipped[rule] ?? 0) + rows;
  };
  const supersede = (earlier: object): void => skip('cells' in earlier ? 'superseded_duplicate' : 'outside_window', 1);

  function addRow(raw: readonly (string | null)[], locator: string): void {
    const readings = readers.map((reader, position) => reader(raw[position] ?? null));
    const time = readings[timePosition];
    const value = time?.ok === true && typeof time.value === 'string' ? time.value : undefined;
    const isInstant = columns[timePosition]?.type === 'datetime';
    const date = value === undefined ? undefined : isInstant ? clock.dateAt(value) : value;
    const keyReadings = keyPositions.map((position) => readings[position]);
    const key = JSON.stringify(keyReadings.map((reading) => (reading?.ok ? reading.value : undefined)));
    const earlier = kept.get(key);
    if (date !== undefined && (date < window.start || date >= window.end)) {
      const readable = keyPositions.length > 0 && keyReadings.every((reading) => reading?.ok === true);
      if (!readable || (earlier !== undefined && duplicates.keep !== 'last')) {
        skip('outside_window', 1);
        return;
      }
      if (earlier !== undefined) supersede(earlier);
      kept.set(key, { locator });
      return;
    }
    const dated = date === undefined ? {} : { date };
    const cells: TypedCell[] = [];
    readings.forEach((reading, position) => {
      if (reading.ok) cells.push(reading.value);
      if (!reading.ok || (position === timePosition && reading.value === null)) {
        const column = columns[position]?.sourceName ?? '';
        const place = { ordinal: rejects.length, locator, column, raw: raw[position] ?? '' };
        rejects.push({ ...place, ...(reading.ok ? BLANK_TIME : reading.problem), ...dated });
      }
    });
    if (cells.length < columns.length || date === undefined || value === undefined) {
      rejected += 1;
      if (date !== undefined) rejectedDays.push(date);
      else undatedRejects += 1;
      return;
    }
    const row: Observation = { cells, date, time: value, locator };
    if (duplicates.keep === 'all') {
      unkeyed.push(row);
    } else if (earlier === undefined) {
      kept.set(key, row);
    } else if (duplicates.keep === 'last') {
      supersede(earlier);
      kept.set(key, row);
    } else if (duplicates.keep === 'first') {
      skip('superseded_duplicate', 1);
    } else {
      rejected += 1;
      rejectedDays.push(date);
      rejects.push({
        ordinal: rejects.length,
        locator,
        raw: key,
        rule: 'duplicate_key',
        message: `The row repeats the key of ${earlier.locator}.`,
        remedy: `Remove one of the two rows, or declare duplicates: { keep: last } for the extract "${extract.id}".`,
        date,
      });
    }
  }

  for (const batch of batches) {
    seen += batch.seen;
    for (const [rule, rows] of Object.entries(batch.skipped)) skip(rule, rows);
    for (const { locator, rule, raw, message, remedy } of batch.rejects) {
      rejected += 1;
      undatedRejects += 1;
      rejects.push({ ordinal: rejects.length, locator, rule, raw, message, remedy });
    }
    if ('bounds' in batch.rows) throw new Error('the oracle reads text');
    batch.rows.forEach((row, index) => {
      addRow(row, batch.locate(index));
    });
  }
  const keptRows = [...kept.values()].filter((row): row is Observation => 'cells' in row);
  skip('outside_window', kept.size - keptRows.length);
  const used = duplicates.keep === 'all' ? unkeyed : keptRows;

  const values = planned.flatMap(({ measure, window: own }) => {
    const { aggregation, scale, emptyMeansZero, frequency } = measure;
    const read = used.map(({ date }) => periodContaining(date, frequency));
    const periods = emptyMeansZero
      ? periodsIn(own.start, own.end, frequency)
      : read.filter(({ start }) => start >= own.start && start < own.end);
    return [...new Map(periods.map((period) => [period.id, period])).values()].map((period) => {
      const inside = (date: string): boolean => date >= period.start && date < period.end;
      const rows = used.filter(({ date }) => inside(date));
      const rejectedRows = rejectedDays.filter(inside).length;
      const zero = emptyMeansZero && rejectedRows + undatedRejects === 0;
      const naive = naiveAggregate(aggregation, scale, zero, columns, rows);
      const before = used.filter(({ date }) => periodContaining(date, frequency).end === period.start);
      const previous = before.length === 0 ? undefined : naiveAggregate(aggregation, scale, zero, columns, before);
      const aggregate = aggregation.kind === 'cumulative' ? differenceOf(naive, previous, scale) : naive;
      return { measure, period, aggregate, rejects: rejectedRows };
    });
  });
  return { values, rejects, balance: { seen, used: used.length, rejected, skipped } };
}

/** Of running totals that start anew outside every window of these tests. */
function differenceOf(
  { reason: _gap, ...naive }: Aggregate,
  previous: Aggregate | undefined,
  scale: string,
): Aggregate {
  const [total, totalBefore] = [naive.cumulative, previous?.cumulative];
  if (total === undefined) return { ...naive, ...(_gap === undefined ? {} : { reason: _gap }) };
  if (totalBefore === undefined) return { ...naive, reason: 'cumulative_gap' };
  const difference = new Decimal(total).minus(totalBefore);
  const sides = { ...naive, previousCumulative: totalBefore };
  return difference.lt(0)
    ? { ...sides, reason: 'cumulative_drop' }
    : { ...sides, value: canonical(difference.times(scale)) };
}
