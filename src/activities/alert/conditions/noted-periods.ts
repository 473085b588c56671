import type { ResolvedConfig } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { StoreReader } from '#src/store/types.js';
import { settingsOf } from '../settings-of.js';

/** Ids of the periods that somebody wrote a note about, of the measures that ask for notes. */
export async function notedPeriods(
  reader: StoreReader,
  { site }: ResolvedConfig,
  measures: readonly Measure[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const asking = measures.filter((measure) => settingsOf(measure, site).isOn('note_missing'));
  const notes = await reader.notes(asking.map(({ address }) => address));
  const noted = new Map<string, Set<string>>();
  for (const { node, periodId } of notes) noted.set(node, (noted.get(node) ?? new Set()).add(periodId));
  return noted;
}
