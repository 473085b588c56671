import { TIMELINESS_DAYS } from '#src/activities/absence/timeliness.js';
import { alertRules, WITHOUT_FACTS } from '#src/activities/alert/alert-rules.js';
import { extractOf } from '#src/activities/config-lookup.js';
import { expectedPeriods } from '#src/activities/derive/expected-periods.js';
import { deadlinesOf } from '#src/activities/score/deadlines-of.js';
import type { SaidOf } from '#src/activities/score/said-by-sources.js';
import type { ResolvedConfig, Site } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { dueWords, endWords } from '#src/domain/freshness/dates.js';
import { isAskedOn } from '#src/domain/freshness/named-requests.js';
import { escalationDays, reminderDays } from '#src/domain/freshness/reminders.js';
import type { Timeliness } from '#src/domain/freshness/timeliness.js';
import { type DueRule, isCollected, type Measure } from '#src/domain/measure/types.js';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import type { Instant, Period } from '#src/domain/period/types.js';
import type { ExplainedValue } from './explanation.js';
import { counted } from './time-words.js';

/** When a value that is not there is due, and the other days that the due rule names. */
export function dueSentences(explained: ExplainedValue): readonly string[] {
  const { measure, found, config, absence, timeliness, saidOf } = explained;
  const { due, timeZone } = measure;
  const { period } = found;
  if (period === undefined) return [];
  const deadlines = deadlinesOf(period, measure, config.site, saidOf);
  const notice = dateInZone(deadlines.due, timeZone);
  const followUps = hasOwnReminders(measure, config) ? [] : escalationDays(notice, due);
  const { lockedFrom } = deadlines;
  const isAwaited = found.revisions.at(-1)?.value === undefined;
  if (isAwaited && !expectedPeriods(config)(measure, period))
    return ['Nothing is expected in it, so that no value is due.', ...timelinessWords(timeliness)];
  return [
    ...(isAwaited ? [`It is ${deadlineWords(period, measure, config.site, saidOf)}.`] : []),
    ...(absence === undefined ? [] : [absence.words, `Who can act: ${personName(absence.person, config)}.`]),
    ...requestWords(measure, period, saidOf, config),
    ...(followUps.length === 0
      ? []
      : [
          `Without one it is overdue from ${notice} on; ${days(followUps.length)} to follow that up: ${followUps.join(', ')}.`,
        ]),
    ...(lockedFrom === undefined
      ? []
      : [
          `It is locked at the end of ${addDays(dateInZone(lockedFrom, timeZone), -1)}: no run reads the period after that.`,
        ]),
    ...timelinessWords(timeliness),
  ];
}

/** Who is asked for a value on the days that the due rule names. What is computed is not asked for, but what it is made of. */
export function requestWords(
  measure: Measure,
  period: Period,
  saidOf: SaidOf,
  config: ResolvedConfig,
): readonly string[] {
  if (!isCollected(measure)) return [];
  const { due } = deadlinesOf(period, measure, config.site, saidOf);
  const { timeZone } = measure;
  const { keptBy } = extractOf(config, measure.extract);
  const named = reminderDays(period, measure.due);
  const asked = named.filter((day) => isAskedOn(day, { due, timeZone, isKeptByHand: keptBy !== undefined }));
  const others = named.filter((day) => !asked.includes(day));
  const who = keptBy === undefined ? 'Who can act' : personName(keptBy, config);
  return [
    ...(asked.length === 0 ? [] : [`${who} is asked for it on ${asked.join(' and ')}, if it is not there.`]),
    ...(others.length === 0
      ? []
      : [`Nobody is asked for it on ${others.join(' and ')}: before it is due, its source is read by itself.`]),
  ];
}

/** Whether the policy that decides on an overdue value says itself when it is reminded of. */
function hasOwnReminders({ address, owner }: Measure, config: ResolvedConfig): boolean {
  const subject = alertSubject('measure', address);
  return alertRules(config, WITHOUT_FACTS)({ kind: 'missing', subject, owner }).policy.remind !== undefined;
}

/**
 * `due by the end of 2026-04-08, late until the end of 2026-04-11, and missing from then on`; `due by 2026-04-01 06:00` where
 * a deadline is no midnight.
 */
export function deadlineWords(period: Period, measure: Measure, site: Site, saidOf: SaidOf): string {
  const deadlines = deadlinesOf(period, measure, site, saidOf);
  const { due, missingFrom } = deadlines;
  const words = (instant: Instant): string => endWords(instant, measure.timeZone);
  const late = due === missingFrom ? '' : `, late until ${words(missingFrom)},`;
  return `${dueWords(deadlines, measure.timeZone)}${late} and missing from then on`;
}

function timelinessWords(timeliness: Timeliness | undefined): readonly string[] {
  if (timeliness === undefined || timeliness.due === 0) return [];
  const { due, onTime } = timeliness;
  return [`On time in the last ${TIMELINESS_DAYS} days: ${onTime} of ${counted(due, 'value')}.`];
}

function personName(id: string, { people }: ResolvedConfig): string {
  return people.find((person) => person.id === id)?.name ?? id;
}

/** `5 working days after the end of the period`: when a rule says a value is due. */
export function whenDue(rule: DueRule): string {
  const latest = latestDue(rule);
  return rule.asOf === true
    ? `as soon as its source says that it stands at the end of the period, ${latest} at the latest,`
    : latest;
}

function latestDue({ businessDays, hours, dayOfMonth, calendar }: DueRule): string {
  if (hours !== undefined) return `${counted(hours, 'hour')} after the end of the period`;
  if (dayOfMonth !== undefined) return `at the end of the first day ${dayOfMonth} of a month after the period`;
  if (businessDays === 0) return 'at the end of the period';
  const whose = calendar === undefined ? '' : ` of the calendar "${calendar}"`;
  return `${counted(businessDays, 'working day')}${whose} after the end of the period`;
}

const days = (count: number): string => counted(count, 'day');
