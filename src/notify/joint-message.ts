import { MISSING_NOW } from '#src/domain/alert/assess.js';
import type { JointAlerts, MessageFacts, Severity } from '#src/domain/message/types.js';
import { alertMessageSubject } from './alert-message.js';
import { endingWords, kindWords } from './letter/alert-words.js';
import { letterOf } from './letter/letter-of.js';
import { letterText } from './letter/letter-text.js';

/** Alerts that are told of in a message; of the rest it says how many there are. */
const MOST_ALERTS = 20;

/** Names in the first sentence. */
const MOST_NAMES = 4;

const BY_SEVERITY: readonly Severity[] = ['critical', 'error', 'warning', 'info'];

export interface JointMessageInput {
  readonly messageId: string;
  /** The first of those that it is told in the place of: of one kind, transition and cause. */
  readonly messages: readonly MessageFacts[];
  /** How many there are. */
  readonly count: number;
  /** Period id, or time, in which the first of them began. */
  readonly since: string;
  readonly recipientName: string;
}

/**
 * One message about several alerts of one cause: what they have in common, and a line about each.
 *
 * @throws RangeError where there is no message
 */
export function composeJointMessage(input: JointMessageInput): {
  readonly subject: string;
  readonly text: string;
  readonly about: MessageFacts;
} {
  const about = factsOf(input);
  return { subject: alertMessageSubject(about), text: letterText(letterOf(about, input.recipientName)), about };
}

function factsOf({ messageId, messages, count, since }: JointMessageInput): MessageFacts {
  const [first] = messages;
  if (first === undefined) throw new RangeError('a joint message is made of at least one');
  const { alert: _alert, figures: _figures, next: _next, severity: _severity, ...common } = first;
  const told = messages.toSorted((a, b) => (a.subject.name < b.subject.name ? -1 : 1));
  const isOfMeasures = first.subject.id.startsWith('measure/');
  const of = `${count} ${isOfMeasures ? 'measures' : 'extracts'} of ${first.cause?.name ?? first.subject.name}`;
  const names = told.slice(0, MOST_NAMES).map(({ subject }) => subject.name);
  const severities = messages.flatMap(({ severity }) => severity ?? []);
  const severity = BY_SEVERITY.find((each) => severities.includes(each));
  const next = inCommon(messages.map((each) => each.next));
  return {
    ...common,
    subject: { id: first.cause?.id ?? first.subject.id, name: of },
    period: since,
    summary: `${listed(names, count)} ${isOfMeasures ? `are ${kindWords(first.kind)}` : 'cannot be read'}`,
    details: first.details.filter((line) => messages.every(({ details }) => details.includes(line))),
    reason: inCommon(messages.map(({ reason }) => reason)) ?? 'each has its own reason',
    joint: { message: messageId, count, alerts: told.slice(0, MOST_ALERTS).map(jointAlert) },
    ...(next === undefined ? {} : { next }),
    ...(severity === undefined ? {} : { severity }),
    told: [...new Set(messages.flatMap((each) => each.told))],
    sequence: 0,
  };
}

function jointAlert(facts: MessageFacts): JointAlerts['alerts'][number] {
  const { alert, subject, summary, transition, stillHolds } = facts;
  const isOver = transition === 'resolved' && stillHolds !== true;
  const line = isOver
    ? `${subject.name}: ${endingWords(facts) ?? (facts.reason === MISSING_NOW ? 'missing now.' : 'over.')}`
    : summary;
  return { ...(alert === undefined ? {} : { alert }), name: subject.name, line };
}

/** `Rating, Returns and 3 more` */
function listed(names: readonly string[], count: number): string {
  const more = count - names.length;
  const all = more > 0 ? [...names, `${more} more`] : names;
  return [all.slice(0, -1).join(', '), ...all.slice(-1)].join(' and ');
}

function inCommon<T>(values: readonly T[]): T | undefined {
  return values.every((each) => each === values[0]) ? values[0] : undefined;
}
