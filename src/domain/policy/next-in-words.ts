import { Temporal } from 'temporal-polyfill';
import type { AlertRecord } from '../alert/types.js';
import type { Instant } from '../period/types.js';
import { type FollowUpRules, nextEscalation, nextReminder } from './follow-up.js';

/**
 * What happens next to an alert if nobody does anything, and by when, in words; `undefined` where nothing does.
 *
 * @param nameOf name of a person by id
 */
export function nextInWords(
  record: AlertRecord,
  rules: FollowUpRules,
  at: Instant,
  nameOf: (person: string) => string,
): string | undefined {
  const { timeZone } = rules.days;
  const reminder = nextReminder(record, rules);
  const escalation = nextEscalation(record, rules, at);
  const steps = [
    ...(reminder === undefined ? [] : [`a reminder is sent on ${onWall(reminder, timeZone)}`]),
    ...(escalation === undefined
      ? []
      : [
          `${listed(escalation.told.map(nameOf))} ${escalation.told.length === 1 ? 'is' : 'are'} told on ${onWall(escalation.due, timeZone)}`,
        ]),
  ];
  return steps.length === 0 ? undefined : `Unless somebody acknowledges it, ${steps.join(', and ')} (${timeZone}).`;
}

function onWall(instant: Instant, timeZone: string): string {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return zoned.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
