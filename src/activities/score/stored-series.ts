import type { CalendarDate } from '#src/domain/period/types.js';
import type {
  CurrentActual,
  CurrentValue,
  NoValueRecord,
  ScoreRecord,
  StoreReader,
  WithdrawnActual,
} from '#src/store/types.js';

/** Current actuals by measure, each from its own day on. */
export async function actualsByMeasure(
  reader: StoreReader,
  from: readonly (readonly [string, CalendarDate])[],
): Promise<ReadonlyMap<string, readonly CurrentActual[]>> {
  const actuals = await readByStart(from, (addresses, start) => reader.currentActuals(addresses, start));
  return grouped(actuals, (actual) => actual.measure);
}

/** The same, but only what judging asks for. */
export async function valuesByMeasure(
  reader: StoreReader,
  from: readonly (readonly [string, CalendarDate])[],
): Promise<ReadonlyMap<string, readonly CurrentValue[]>> {
  const values = await readByStart(from, (addresses, start) => reader.currentValues(addresses, start));
  return grouped(values, (value) => value.measure);
}

/** Periods reported without a value, by measure, each from its own day on. */
export async function noValuesByMeasure(
  reader: StoreReader,
  from: readonly (readonly [string, CalendarDate])[],
): Promise<ReadonlyMap<string, readonly NoValueRecord[]>> {
  const records = await readByStart(from, (addresses, start) => reader.noValues(addresses, start));
  return grouped(records, (record) => record.measure);
}

/** Values taken back and not given anew, by measure, each from its own day on. */
export async function withdrawnByMeasure(
  reader: StoreReader,
  from: readonly (readonly [string, CalendarDate])[],
): Promise<ReadonlyMap<string, readonly WithdrawnActual[]>> {
  const records = await readByStart(from, (addresses, start) => reader.withdrawnActuals(addresses, start));
  return grouped(records, (record) => record.measure);
}

/** Current scores by node, each in periods that end after its own day. */
export async function scoresByNode(
  reader: StoreReader,
  from: readonly (readonly [string, CalendarDate])[],
): Promise<ReadonlyMap<string, readonly ScoreRecord[]>> {
  const scores = await readByStart(from, (nodes, start) => reader.currentScores(nodes, start));
  return grouped(scores, (score) => score.node);
}

/** All that is read of groups with one first day, which may be more than a call takes as its arguments. */
export async function readByStart<T>(
  from: readonly (readonly [string, CalendarDate])[],
  read: (addresses: string[], start: CalendarDate) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const parts: (readonly T[])[] = [];
  for (const [start, addresses] of byStart(from)) parts.push(await read(addresses, start));
  return parts.flat();
}

/** Addresses that share a start are read in one query. */
function byStart(from: readonly (readonly [string, CalendarDate])[]): ReadonlyMap<CalendarDate, string[]> {
  const groups = grouped(from, ([, start]) => start);
  return new Map([...groups].map(([start, group]) => [start, [...new Set(group.map(([address]) => address))]]));
}

/** Items by key, in their order. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
