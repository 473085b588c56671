import type { ChannelConfig, Person, ResolvedConfig } from '#src/config/types.js';
import { alertKey, alertSubject } from '#src/domain/alert/alert-key.js';
import { quietAfterDays } from '#src/domain/alert/kinds.js';
import { isTold } from '#src/domain/alert/transitions.js';
import type { AlertEvent, AlertSubject, ToldEvent } from '#src/domain/alert/types.js';
import type { MessageFigures } from '#src/domain/message/types.js';
import { millisecondsBetween } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import { nextInWords } from '#src/domain/policy/next-in-words.js';
import type { OutboxMessage } from '#src/store/types.js';
import { contentDigest } from '../content-digest.js';
import type { ComposeAlert } from '../context.js';
import { isReadByPeople, isShared, notBefore, readingZone } from '../deliver/hours-of.js';
import type { FiguresOf } from './alert-figures.js';
import { alertThread } from './alert-thread.js';
import { jointCause, sharedCauses } from './shared-cause.js';
import { subjectNames } from './subject-names.js';
import type { ToldStep } from './told-events.js';

/** Enough of an alert's thread for the command line to know it by. */
const ID_LENGTH = 8;

/** What messages about alerts are made from. */
export interface AlertTelling {
  readonly config: ResolvedConfig;
  readonly recordedAt: Instant;
  readonly composeAlert: ComposeAlert;
}

/**
 * The messages about events that are worth one: one a person and channel, and one for all where a channel is a room, or a
 * program that keeps alerts.
 */
export function alertMessages(
  steps: readonly ToldStep[],
  telling: AlertTelling,
  figuresOf: FiguresOf,
): OutboxMessage[] {
  const told = steps.filter(({ event }) => isTold(event.transition) && event.told?.length !== 0);
  if (told.length === 0) return [];
  const known = { names: subjectNames(telling.config), causeOf: sharedCauses(telling.config) };
  return told.flatMap((step) => messagesOf(step, telling, known, figuresOf(step.event)));
}

/** What is known of subjects. */
interface KnownSubjects {
  readonly names: ReadonlyMap<string, string>;
  readonly causeOf: ReturnType<typeof sharedCauses>;
}

function messagesOf(
  step: ToldStep,
  { config, composeAlert, recordedAt }: AlertTelling,
  { names, causeOf }: KnownSubjects,
  figures: MessageFigures | undefined,
): OutboxMessage[] {
  const { after, rules } = step;
  const event = toldEvent(step.event);
  const { kind, subject, period } = event.condition;
  const nameOf = (person: string): string => config.people.find(({ id }) => id === person)?.name ?? person;
  const people = config.people.filter(({ id }) => event.told?.includes(id)).toSorted(byOrderOf(event.told ?? []));
  const { severity, urgent } = rules.policy;
  const key = alertKey(kind, subject, period);
  const cause = causeOf(event.condition);
  const joint = cause === undefined ? undefined : jointCause(cause, event, urgent);
  const deliveries = deliveriesTo(people, rules.policy.channels, subject, config);
  // Programs close what they have opened.
  const told = isQuietEnd(step) ? deliveries.filter(([{ kind: of }]) => !isReadByPeople(of)) : deliveries;
  return told.map(([channel, person]) => {
    const timeZone = readingZone(channel.kind, person, config.site);
    const next = nextInWords(after, rules, event.at, nameOf, timeZone);
    const words = composeAlert({
      event,
      siteName: config.site.name,
      subjectName: names.get(subject) ?? subject,
      recipientName: person.name,
      ...(cause === undefined ? {} : { cause: { id: cause, name: names.get(cause) ?? cause } }),
      timeZone,
      ...(event.author === undefined ? {} : { authorName: nameOf(event.author) }),
      told: people.map(({ name }) => name),
      alertId: alertThread(event.condition).slice(0, ID_LENGTH),
      ...(figures === undefined ? {} : { figures }),
      ...(next === undefined ? {} : { next }),
      ...(severity === undefined ? {} : { severity }),
    });
    const to = { channel: channel.id, recipientId: person.id, urgent };
    return {
      messageId: contentDigest({ key, sequence: event.sequence, channel: channel.id, person: person.id }),
      threadId: alertThread(event.condition),
      ...to,
      recipientName: person.name,
      ...(person.email === undefined ? {} : { recipientAddress: person.email }),
      ...words,
      createdAt: recordedAt,
      // Programs group what they are told by themselves.
      ...(joint === undefined || !isReadByPeople(channel.kind) ? {} : { cause: joint }),
      notBefore: notBefore(recordedAt, to, config),
    };
  });
}

/** Whether news of a while has run out by itself. */
function isQuietEnd({ event, after }: ToldStep): boolean {
  const days = quietAfterDays(event.condition.kind);
  if (days === undefined || event.transition !== 'resolved' || event.author !== undefined) return false;
  return millisecondsBetween(after.openedAt, event.at) >= days * 86_400_000;
}

/** Each channel with each person it is to reach: of a shared one with the first of them. */
function deliveriesTo(
  people: readonly Person[],
  wanted: readonly string[] | undefined,
  subject: AlertSubject,
  { site }: ResolvedConfig,
): readonly (readonly [ChannelConfig, Person])[] {
  // A channel that loses messages would lose this one too.
  const others = site.channels.filter(({ id }) => alertSubject('channel', id) !== subject);
  const channels = others.filter(({ id }) => wanted?.includes(id) ?? true);
  return channels.flatMap((channel) => {
    const reached = people.filter((person) => channelsReaching(person, channels).includes(channel));
    return (isShared(channel.kind) ? reached.slice(0, 1) : reached).map((person) => [channel, person] as const);
  });
}

/** Those of some channels by which a person is reached. */
export function channelsReaching(person: Person, among: readonly ChannelConfig[]): readonly ChannelConfig[] {
  return among.filter((channel) => reaches(channel, person, among));
}

/**
 * Programs are told whatever a person says of his channels. A person whom none of the others reaches by his own word is told over
 * all of them: he must hear of it.
 */
function reaches({ id, kind }: ChannelConfig, { channels: own }: Person, among: readonly ChannelConfig[]): boolean {
  if (own === undefined || own.includes(id) || !isReadByPeople(kind)) return true;
  return !among.some((channel) => own.includes(channel.id) && isReadByPeople(channel.kind));
}

const byOrderOf =
  (ids: readonly string[]) =>
  (a: Person, b: Person): number =>
    ids.indexOf(a.id) - ids.indexOf(b.id);

/** Only those that are told come here. */
function toldEvent(event: AlertEvent): ToldEvent {
  return event as ToldEvent;
}
