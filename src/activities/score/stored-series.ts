import type { CalendarDate } from '#src/domain/period/types.js';
import type { CurrentActual, NoValueRecord, ScoreRecord, StoreReader, WithdrawnActual } from '#src/store/types.js';

/** Current actuals by measure, each from its own day on. */
export async function actualsByMeasure(
  reader: StoreReader,
  from: readonly (readonly [string, CalendarDate])[],
): Promise<ReadonlyMap<string, readonly CurrentActual[]>> {
  const actuals: CurrentActual[] = [];
  for (const [start, addresses] of byStart(from)) actuals.push(...(await reader.currentActuals(addresses, start)));
  return grouped(actuals, (actual) => actual.measure);
}

/** Periods reported without a value, by measure, each from its own day on. */
export async function noValuesByMeasure(
  reader: StoreReader,
  from: readonly (readonly [string, CalendarDate])[],
): Promise<ReadonlyMap<string, readonly NoValueRecord[]>> {
  const records: NoValueRecord[] = [];
  for (const [start, addresses] of byStart(from)) records.push(...(await reader.noValues(addresses, start)));
  return grouped(records, (record) => record.measure);
}

/** Values taken back and not given anew, by measure, each from its own day on. */
export async function withdrawnByMeasure(
  reader: StoreReader,
  from: readonly (readonly [string, CalendarDate])[],
): Promise<ReadonlyMap<string, readonly WithdrawnActual[]>> {
  const records: WithdrawnActual[] = [];
  for (const [start, addresses] of byStart(from)) records.push(...(await reader.withdrawnActuals(addresses, start)));
  return grouped(records, (record) => record.measure);
}

/** Current scores by node, each in periods that end after its own day. */
export async function scoresByNode(
  reader: StoreReader,
  from: readonly (readonly [string, CalendarDate])[],
): Promise<ReadonlyMap<string, readonly ScoreRecord[]>> {
  const scores: ScoreRecord[] = [];
  for (const [start, nodes] of byStart(from)) scores.push(...(await reader.currentScores(nodes, start)));
  return grouped(scores, (score) => score.node);
}

/** Addresses that share a start are read in one query. */
function byStart(from: readonly (readonly [string, CalendarDate])[]): ReadonlyMap<CalendarDate, string[]> {
  const groups = grouped(from, ([, start]) => start);
  return new Map([...groups].map(([start, group]) => [start, [...new Set(group.map(([address]) => address))]]));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
