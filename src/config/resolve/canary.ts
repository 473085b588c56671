import { below, type Place } from '../problem-list.js';
import type { SiteSpec } from '../spec/site-spec.js';
import type { ChannelKind, Site } from '../types.js';
import { cadenceOf } from './cadence.js';
import { checkReference, type ResolveContext } from './context.js';

/** The others are read by programs, which would call somebody. */
const READ_BY_PEOPLE: readonly ChannelKind[] = ['email', 'file', 'slack', 'teams'];

const MINUTES_OF = { day: 1440, week: 10_080 } as const;

/** Absent where none is asked for, so that revisions from before there was one stay. */
export function resolveCanary(spec: SiteSpec, place: Place, { specs, problems }: ResolveContext): Pick<Site, 'canary'> {
  const { canary } = spec;
  if (canary === undefined) return {};
  const at = below(place, 'canary');
  const { person = spec.operator } = canary;
  if (canary.person !== undefined) checkReference('owner', person, specs.people.ids, below(at, 'person'), problems);
  const known = new Set(Object.keys(spec.channels));
  for (const [index, id] of (canary.channels ?? []).entries()) {
    checkReference('channel', id, known, below(at, 'channels', index), problems);
  }
  const ofPeople = Object.entries(spec.channels).flatMap(([id, { kind }]) =>
    READ_BY_PEOPLE.includes(kind) ? [id] : [],
  );
  const channels = canary.channels ?? ofPeople;
  if (channels.length === 0) {
    const remedy = 'add a channel, or name those that it may go over: channels: [hook]';
    problems.error('CONFIG_INVALID_VALUE', at, 'canary: there is no channel that people read', remedy);
  }
  for (const setting of ['pending_minutes', 'hold_minutes'] as const) {
    const minutes = spec.alerts?.[setting]?.off_track ?? 0;
    if (minutes < MINUTES_OF[canary.every]) continue;
    const message = `canary: its alert, which begins and ends by turns each ${canary.every}, cannot with ${setting} of ${minutes} for off_track`;
    const remedy = `write less than ${MINUTES_OF[canary.every]} minutes, or leave the canary out`;
    problems.error('CONFIG_INVALID_VALUE', below(place, 'alerts', setting, 'off_track'), message, remedy);
  }
  return { canary: { cadence: { ...cadenceOf(canary, spec.time_zone), every: canary.every }, person, channels } };
}
