import type { AlertRecord } from '../alert/types.js';
import { zoneInWords } from '../message/wall-times.js';
import { localTime } from '../period/local-time.js';
import type { Instant } from '../period/types.js';
import { type FollowUpRules, nextEscalation, nextReminder } from './follow-up.js';

/**
 * What happens next to an alert if nobody does anything, and by when, in words; `undefined` where nothing does.
 *
 * @param nameOf name of a person by id
 * @param timeZone of the wall on which it is read; without one that of the site
 */
export function nextInWords(
  record: AlertRecord,
  rules: FollowUpRules,
  at: Instant,
  nameOf: (person: string) => string,
  timeZone: string = rules.days.timeZone,
): string | undefined {
  const reminder = nextReminder(record, rules);
  const escalation = nextEscalation(record, rules, at);
  const steps = [
    ...(reminder === undefined ? [] : [`a reminder is sent on ${localTime(reminder, timeZone)}`]),
    ...(escalation === undefined
      ? []
      : [
          `${listed(escalation.told.map(nameOf))} ${escalation.told.length === 1 ? 'is' : 'are'} told on ${localTime(escalation.due, timeZone)}`,
        ]),
  ];
  return steps.length === 0
    ? undefined
    : `Unless somebody acknowledges it, ${steps.join(', and ')} (${zoneInWords(timeZone)}).`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
