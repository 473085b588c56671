import { addDays, dateInZone } from '../period/period-instants.js';
import type { CalendarDate, Instant } from '../period/types.js';
import type { Digest, DigestRule } from './types.js';

/** How much of a digest is sent. */
export type DigestForm = 'whole' | 'line' | 'nothing';

/** Days after which what stays open is told again: a week where digests are daily, else four. */
const REPEAT_DAYS = { day: 7, week: 28, month: 28 } as const satisfies Record<DigestRule['every'], number>;

/**
 * Whether a digest is worth sending: with news; without any where something stays open of which the last one was told long
 * enough ago, or never. All else is a line, or nothing, as the rule says.
 *
 * @param at time that it is for
 * @param toldAt when the last whole one was sent; absent before the first
 */
export function digestForm(digest: Digest, rule: DigestRule, at: Instant, toldAt: Instant | undefined): DigestForm {
  const from = repeatedFrom(rule, toldAt);
  const isRepeated = digest.isWorthRepeating && from !== undefined && from <= dateInZone(at, rule.timeZone);
  if (digest.hasNews || isRepeated) return 'whole';
  return rule.saysWhenEmpty ? 'line' : 'nothing';
}

/** The first day, in the zone of the rule, on which what stays open is told again; `undefined` where that is never. */
export function repeatedFrom(
  { every, repeatDays = REPEAT_DAYS[every], timeZone }: DigestRule,
  toldAt: Instant | undefined,
): CalendarDate | undefined {
  if (toldAt === undefined) return '0001-01-01';
  return repeatDays === 'never' ? undefined : addDays(dateInZone(toldAt, timeZone), repeatDays);
}
