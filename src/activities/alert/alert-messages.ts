import type { ResolvedConfig } from '#src/config/types.js';
import { alertKey, alertSubject } from '#src/domain/alert/alert-key.js';
import { isTold } from '#src/domain/alert/transitions.js';
import type { AlertEvent, ToldEvent } from '#src/domain/alert/types.js';
import type { MessageFigures } from '#src/domain/message/types.js';
import type { Instant } from '#src/domain/period/types.js';
import type { OutboxMessage } from '#src/store/types.js';
import { canaryChannels } from '../canary/canary-channels.js';
import { contentDigest } from '../content-digest.js';
import type { ComposeAlert } from '../context.js';
import type { FiguresOf } from './alert-figures.js';
import { alertThread } from './alert-thread.js';

/** Enough of an alert's thread for the command line to know it by. */
const ID_LENGTH = 8;

/** What messages about alerts are made from. */
export interface AlertTelling {
  readonly config: ResolvedConfig;
  readonly recordedAt: Instant;
  readonly composeAlert: ComposeAlert;
}

/**
 * One message a channel about each event that is worth one, to the alert's owner, or to the site's operator where the
 * owner is gone. Nobody is told what he has done himself.
 */
export function alertMessages(
  events: readonly AlertEvent[],
  telling: AlertTelling,
  figuresOf: FiguresOf = withoutFigures,
): OutboxMessage[] {
  const told = events.filter((event): event is ToldEvent => isTold(event.transition));
  const names = told.length === 0 ? new Map<string, string>() : subjectNames(telling.config);
  return told.flatMap((event) => messagesOf(event, telling, names, figuresOf(event)));
}

const withoutFigures: FiguresOf = () => undefined;

function messagesOf(
  event: ToldEvent,
  { config, composeAlert, recordedAt }: AlertTelling,
  names: ReadonlyMap<string, string>,
  figures: MessageFigures | undefined,
): OutboxMessage[] {
  const { kind, subject, period, owner } = event.condition;
  const person = [owner, config.site.operator]
    .map((id) => config.people.find((each) => each.id === id))
    .find((each) => each !== undefined);
  if (person === undefined || person.id === event.author) return [];
  const author = config.people.find(({ id }) => id === event.author);
  const key = alertKey(kind, subject, period);
  const words = composeAlert({
    event,
    siteName: config.site.name,
    subjectName: names.get(subject) ?? subject,
    recipientName: person.name,
    ...(author === undefined ? {} : { authorName: author.name }),
    told: [person.name],
    alertId: alertThread(event.condition).slice(0, ID_LENGTH),
    ...(figures === undefined ? {} : { figures }),
  });
  // A channel that loses messages would lose this one too.
  const wanted = canaryChannels(config, event.condition);
  const channels = config.site.channels.filter(
    ({ id }) => alertSubject('channel', id) !== subject && (wanted?.includes(id) ?? true),
  );
  return channels.map((channel) => ({
    messageId: contentDigest({ key, sequence: event.sequence, channel: channel.id, person: person.id }),
    threadId: alertThread(event.condition),
    channel: channel.id,
    recipientId: person.id,
    recipientName: person.name,
    ...(person.email === undefined ? {} : { recipientAddress: person.email }),
    ...words,
    createdAt: recordedAt,
  }));
}

/** Names of the measures by alert subject; a connection or an extract is called by its id. */
function subjectNames({ measures }: ResolvedConfig): ReadonlyMap<string, string> {
  return new Map(measures.map(({ address, name }) => [alertSubject('measure', address), name]));
}
