import { below, type Place } from '../problem-list.js';
import type { ExtractSpec } from '../spec/extracts-spec.js';
import type { Extract } from '../types.js';
import { checkReference, type ResolveContext } from './context.js';

/** How a source shows its age and who fills it: what the extract says, else what its connection does. */
export function sourceSettingsOf(
  spec: ExtractSpec,
  place: Place,
  context: ResolveContext,
): Pick<Extract, 'evidence' | 'keptBy'> {
  checkKeeper(spec.kept_by, place, context);
  const connection = context.specs.connections.entries.find(({ id }) => id === spec.connection)?.spec;
  const evidence = spec.evidence ?? connection?.evidence;
  const keptBy = spec.kept_by ?? connection?.kept_by;
  return { ...(evidence === undefined ? {} : { evidence }), ...(keptBy === undefined ? {} : { keptBy }) };
}

/** Tells of a keeper who is not among the people. */
export function checkKeeper(keptBy: string | undefined, place: Place, { specs, problems }: ResolveContext): void {
  if (keptBy === undefined) return;
  checkReference('owner', keptBy, specs.people.ids, below(place, 'kept_by'), problems);
}
