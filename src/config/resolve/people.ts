import { findCycle } from '#src/domain/graph/find-cycle.js';
import { below } from '../problem-list.js';
import type { Person } from '../types.js';
import { checkReference, type ResolveContext } from './context.js';

/** All well-formed people. A manager who is not there, or is his own by some way round, is a problem. */
export function resolvePeople({ specs, problems }: ResolveContext): readonly Person[] {
  const { entries, ids } = specs.people;
  for (const { spec, place } of entries) {
    if (spec.manager !== undefined) checkReference('manager', spec.manager, ids, below(place, 'manager'), problems);
  }
  const managers = new Map(entries.map(({ id, spec }) => [id, spec.manager === undefined ? [] : [spec.manager]]));
  const cycle = findCycle(managers);
  const start = entries.find(({ id }) => id === cycle?.[0]);
  if (cycle !== undefined && start !== undefined) {
    const message = `managers go round in a circle: ${cycle.join(' → ')}`;
    problems.error(
      'CONFIG_MANAGER_CYCLE',
      below(start.place, 'manager'),
      message,
      'leave the manager of one of them out',
    );
  }
  return entries.map(({ id, spec: { name, email, manager } }) => ({
    id,
    name,
    ...(email === undefined ? {} : { email }),
    ...(manager === undefined ? {} : { manager }),
  }));
}
