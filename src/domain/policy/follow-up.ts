import type { AlertRecord, FollowUp } from '../alert/types.js';
import type { DueRule } from '../measure/types.js';
import { afterDuration, type DayCount, durationInWords } from '../period/duration.js';
import { compareInstants, dateInZone, daysBetween } from '../period/period-instants.js';
import type { Instant } from '../period/types.js';
import { overdueReminders } from './overdue-reminders.js';
import { peopleFor, peopleTold } from './told.js';
import type { AlertPolicy, EscalationStep, Parties, Reminders, Staff } from './types.js';

/** What follow-ups are worked out from, beside the alert. */
export interface FollowUpRules {
  readonly policy: AlertPolicy;
  readonly parties: Parties;
  readonly staff: Staff;
  /** How days are counted. */
  readonly days: DayCount;
  /** Whether there is a note on the period that the alert is about. */
  readonly hasNote: (record: AlertRecord) => boolean;
  /** Of an alert about an overdue value, where the due rule has it: what reminds of it if the policy has no reminders. */
  readonly overdue?: {
    readonly escalate: NonNullable<DueRule['escalate']>;
    /** When people were first told that the value is overdue. */
    readonly noticeAt: (record: AlertRecord) => Instant;
  };
}

/**
 * The reminders and escalations that are due: at most one of each, however long nobody looked.
 *
 * A reminder goes to those that the policy tells first, an escalation to those of its steps who do not know yet. Neither comes
 * while somebody has the alert in hand, before anybody was told, or when it is over.
 */
export function dueFollowUps(record: AlertRecord, rules: FollowUpRules, at: Instant): readonly FollowUp[] {
  const isDue = (due: Instant | undefined): boolean => due !== undefined && compareInstants(due, at) <= 0;
  const reminders = isDue(nextReminder(record, rules)) ? [reminder(record, rules, at)] : [];
  return [...dueEscalation(record, rules, at), ...reminders];
}

/** When the next reminder is due: its gap after the last message that asked for somebody; `undefined` where none is to come. */
export function nextReminder(record: AlertRecord, rules: FollowUpRules): Instant | undefined {
  const { days, hasNote } = rules;
  const remind = isUnhandled(record) ? remindersOf(record, rules) : undefined;
  if (remind === undefined) return undefined;
  const sent = record.reminders ?? 0;
  const gap = remind.gaps[sent] ?? (remind.repeat ? remind.gaps.at(-1) : undefined);
  if (gap === undefined || sent >= (remind.most ?? Number.POSITIVE_INFINITY)) return undefined;
  if (remind.stopAtNote && hasNote(record)) return undefined;
  return afterDuration(record.remindedAt ?? unhandledSince(record), gap, days);
}

/** Those of the policy that decides; where it has none, those of the due rule. */
function remindersOf(record: AlertRecord, { policy, days, overdue }: FollowUpRules): Reminders | undefined {
  if (policy.remind !== undefined || overdue === undefined) return policy.remind;
  const dayOf = (at: Instant) => dateInZone(at, days.timeZone);
  return overdueReminders(overdue.escalate, daysBetween(dayOf(overdue.noticeAt(record)), dayOf(record.openedAt)));
}

/** The next step of an escalation with somebody who does not know yet; `undefined` where there is none. */
export function nextEscalation(
  record: AlertRecord,
  rules: FollowUpRules,
  at: Instant,
): { readonly due: Instant; readonly told: readonly string[] } | undefined {
  if (!isUnhandled(record)) return undefined;
  for (const step of rules.policy.escalate.slice(record.escalations ?? 0)) {
    const due = dueAt(step, record, rules);
    const told = due === undefined ? [] : strangers([step], record, rules, at);
    if (due !== undefined && told.length > 0) return { due, told };
  }
  return undefined;
}

/** Open, and nobody has acknowledged it or asked for silence. */
function isUnhandled({ state, easedAt }: AlertRecord): boolean {
  return state === 'open' && easedAt === undefined;
}

function unhandledSince({ unhandledSince: since, openedAt }: AlertRecord): Instant {
  return since ?? openedAt;
}

function dueAt({ after }: EscalationStep, record: AlertRecord, { days }: FollowUpRules): Instant | undefined {
  return afterDuration(unhandledSince(record), after, days);
}

/** Those that steps tell and who have not been told. */
function strangers(
  steps: readonly EscalationStep[],
  { told = [] }: AlertRecord,
  { parties, staff }: FollowUpRules,
  at: Instant,
): readonly string[] {
  const recipients = steps.flatMap(({ tell }) => tell);
  return peopleFor(recipients, parties, staff, at).filter((id) => !told.includes(id));
}

/** One event for all steps that are due: who slept through two is not told of it in two messages. */
function dueEscalation(record: AlertRecord, rules: FollowUpRules, at: Instant): readonly FollowUp[] {
  if (!isUnhandled(record)) return [];
  const reached = record.escalations ?? 0;
  const steps = rules.policy.escalate.slice(reached);
  const waits = steps.findIndex((step) => {
    const due = dueAt(step, record, rules);
    return due === undefined || compareInstants(due, at) > 0;
  });
  const due = waits < 0 ? steps : steps.slice(0, waits);
  const [last] = due.slice(-1);
  const told = strangers(due, record, rules, at);
  if (last === undefined || told.length === 0) return [];
  const reason = `nobody has acknowledged it for ${durationInWords(last.after)}`;
  return [{ transition: 'escalated', reason, told, step: reached + due.length }];
}

function reminder(record: AlertRecord, { policy, parties, staff }: FollowUpRules, at: Instant): FollowUp {
  const count = (record.reminders ?? 0) + 1;
  const reason = `reminder ${count}: it still holds, and nobody has acknowledged it`;
  return { transition: 'reminded', reason, told: peopleTold(policy.tell, parties, staff, at) };
}
