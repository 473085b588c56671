import type { ChannelKind, Person, ResolvedConfig } from '#src/config/types.js';
import type { Instant } from '#src/domain/period/types.js';
import { isWorkingDay } from '#src/domain/period/working-days.js';
import { reachableFrom } from '#src/domain/policy/reachable-from.js';
import type { Hours } from '#src/domain/policy/types.js';

const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** Who reads a kind of channel: each person for himself, a room of people, or a program that has rules of its own. */
const READERS = {
  email: 'person',
  file: 'person',
  slack: 'room',
  teams: 'room',
  webhook: 'program',
  alertmanager: 'shared program',
  pagerduty: 'shared program',
} as const satisfies Record<ChannelKind, string>;

/** Whether people read a channel: it has their hours, and counts for what they get in an hour. */
export function isReadByPeople(kind: ChannelKind): boolean {
  return READERS[kind] === 'person' || READERS[kind] === 'room';
}

/** Whether one message over a channel tells all of them. */
export function isShared(kind: ChannelKind): boolean {
  return READERS[kind] === 'room' || READERS[kind] === 'shared program';
}

/**
 * On the wall of which zone times are told over a channel: of a person's own on that of the person, of all else, which several
 * read, on that of the site.
 */
export function readingZone(
  kind: ChannelKind,
  { timeZone }: Pick<Person, 'timeZone'>,
  site: Pick<ResolvedConfig['site'], 'timeZone'>,
): string {
  return READERS[kind] === 'person' ? (timeZone ?? site.timeZone) : site.timeZone;
}

/** Ids of the channels that people read. */
export function channelsOfPeople({ site }: Pick<ResolvedConfig, 'site'>): readonly string[] {
  return site.channels.filter(({ kind }) => isReadByPeople(kind)).map(({ id }) => id);
}

/** When a message may reach a person, from a time on. */
export function notBefore(
  at: Instant,
  {
    urgent,
    channel,
    recipientId,
  }: { readonly urgent?: boolean; readonly channel: string; readonly recipientId: string },
  config: Pick<ResolvedConfig, 'people' | 'site'>,
): Instant {
  const person = config.people.find(({ id }) => id === recipientId);
  if (urgent || person === undefined || !channelsOfPeople(config).includes(channel)) return at;
  return reachableFrom(at, hoursOf(person, config.site));
}

/** The hours of a person; days are the site's working days where nothing else is said, and its holidays are worked by nobody. */
export function hoursOf({ timeZone, workingHours, quietHours }: Person, site: ResolvedConfig['site']): Hours {
  const days = workingHours?.days;
  const calendar =
    days === undefined ? site.calendar : { ...site.calendar, weekend: WEEK.filter((day) => !days.includes(day)) };
  return {
    timeZone: timeZone ?? site.timeZone,
    ...(workingHours === undefined
      ? {}
      : { working: { ...workingHours, isWorked: (date) => isWorkingDay(date, calendar) } }),
    ...(quietHours === undefined ? {} : { quiet: quietHours }),
  };
}
