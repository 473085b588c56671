import { findCycle } from '#src/domain/graph/find-cycle.js';
import { below, type Place } from '../problem-list.js';
import type { PersonSpec } from '../spec/people-spec.js';
import type { Person } from '../types.js';
import { resolveAbsences } from './absences.js';
import { checkReference, type ResolveContext } from './context.js';
import { digestRule } from './digest.js';
import { checkTimeZone } from './site.js';

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
  const site = specs.site?.spec;
  const absences = resolveAbsences(entries, { specs, problems });
  return entries.map(({ id, spec, place }) => {
    const { name, email, manager, time_zone, working_hours, quiet_hours, channels, digest } = spec;
    const rule = digest ?? site?.digest;
    if (time_zone !== undefined) checkTimeZone(time_zone, below(place, 'time_zone'), problems);
    checkChannels(channels ?? [], below(place, 'channels'), { specs, problems });
    const absent = absences.get(id) ?? [];
    return {
      id,
      name,
      ...(email === undefined ? {} : { email }),
      ...(manager === undefined ? {} : { manager }),
      ...(time_zone === undefined ? {} : { timeZone: time_zone }),
      ...(rule === undefined || rule === 'none'
        ? {}
        : { digest: digestRule(rule, time_zone ?? site?.time_zone ?? 'UTC') }),
      ...(working_hours === undefined ? {} : { workingHours: hoursOf(working_hours) }),
      ...(quiet_hours === undefined ? {} : { quietHours: quiet_hours }),
      ...(absent.length === 0 ? {} : { absences: absent }),
      ...(channels === undefined ? {} : { channels }),
    };
  });
}

function hoursOf({ days, from, to }: NonNullable<PersonSpec['working_hours']>): NonNullable<Person['workingHours']> {
  return { ...(days === undefined ? {} : { days }), from, to };
}

function checkChannels(
  channels: readonly string[],
  place: Place,
  { specs, problems }: Pick<ResolveContext, 'specs' | 'problems'>,
): void {
  const known = specs.site && new Set(Object.keys(specs.site.spec.channels));
  for (const [index, channel] of channels.entries()) {
    checkReference('channel', channel, known, below(place, index), problems);
  }
}
