import type { ChannelConfig, Person, ResolvedConfig } from '#src/config/types.js';
import { endWords } from '#src/domain/freshness/dates.js';
import { compareInstants } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import { peopleTold } from '#src/domain/policy/told.js';
import type { OutboxMessage, StoreReader, StoreWriter } from '#src/store/types.js';
import { channelsReaching } from '../alert/alert-messages.js';
import { staffOf } from '../alert/alert-rules.js';
import { extractOf } from '../config-lookup.js';
import { contentDigest } from '../content-digest.js';
import type { ComposeRequest } from '../context.js';
import { isReadByPeople, notBefore } from '../deliver/hours-of.js';
import { grouped } from '../score/stored-series.js';
import { type WantedValue, wantedValues } from './wanted-values.js';

export interface RequestTelling {
  readonly config: ResolvedConfig;
  readonly now: Instant;
  readonly recordedAt: Instant;
  readonly composeRequest: ComposeRequest;
}

/**
 * Asks for the values that due rules want to be asked for, one message a person; part of the transaction of a sweep.
 *
 * Nobody is asked outside of his hours: a later sweep asks, if the value has not come by then. What was asked is kept with the
 * message, so any number of sweeps ask once a day named.
 */
export async function sendValueRequests(
  writer: StoreWriter,
  reader: StoreReader,
  telling: RequestTelling,
): Promise<void> {
  const { config, now, recordedAt } = telling;
  if (!config.measures.some(({ due }) => due.remind !== undefined)) return;
  const wanted = (await wantedValues(reader, config, now)).map((value) => ({
    ...value,
    person: whoIsAsked(value, config, now),
  }));
  for (const [person, values] of grouped(wanted, (value) => value.person)) {
    const messages = messagesTo(person, values, telling);
    if (messages.length === 0) continue;
    await writer.addValueRequests(
      values.map(({ measure, period, day }) => ({
        ...{ measure: measure.address, periodId: period.id, day, person },
        requestedAt: recordedAt,
      })),
    );
    await writer.enqueue(messages);
  }
}

/** Who stands in where a person is absent; where that leads to nobody, the operator. */
function whoIsAsked({ measure, person }: WantedValue, config: ResolvedConfig, now: Instant): string {
  const parties = { owner: measure.owner, actor: person };
  return peopleTold(['who_can_act'], parties, staffOf(config), now)[0] ?? config.site.operator;
}

/** None while he may not be told, or where no channel reaches him. */
function messagesTo(id: string, values: readonly WantedValue[], telling: RequestTelling): OutboxMessage[] {
  const { config, recordedAt, composeRequest } = telling;
  const person = config.people.find((each) => each.id === id);
  if (person === undefined) return [];
  const channels = channelsReaching(person, config.site.channels).filter(({ kind }) => isReadByPeople(kind));
  const isFree = channels.every(
    (channel) =>
      compareInstants(notBefore(recordedAt, { channel: channel.id, recipientId: id }, config), recordedAt) <= 0,
  );
  if (!isFree) return [];
  const words = composeRequest({
    values: values.map((value) => valueWords(value, telling)),
    recipient: { id, name: person.name },
    siteName: config.site.name,
    day: values.map(({ day }) => day).reduce((a, b) => (a > b ? a : b), ''),
    at: recordedAt,
  });
  const keys = values.map(({ measure, period, day }) => [measure.address, period.id, day]);
  return channels.map((channel) => message(channel, person, keys, { ...words, createdAt: recordedAt }));
}

function message(
  channel: ChannelConfig,
  { id, name, email }: Person,
  values: readonly (readonly string[])[],
  words: Pick<OutboxMessage, 'subject' | 'text' | 'about' | 'createdAt'>,
): OutboxMessage {
  return {
    messageId: contentDigest({ request: id, values, channel: channel.id }),
    threadId: contentDigest({ request: id, values }),
    channel: channel.id,
    recipientId: id,
    recipientName: name,
    ...(email === undefined ? {} : { recipientAddress: email }),
    ...words,
  };
}

function valueWords({ measure, period, due }: WantedValue, { config, now }: RequestTelling) {
  const { id, connection } = extractOf(config, measure.extract);
  const verb = compareInstants(now, due) > 0 ? 'it was due' : 'due';
  return {
    address: measure.address,
    name: measure.name,
    period: period.id,
    due: `${verb} by ${endWords(due, measure.timeZone)}`,
    place: `read from the extract "${id}" of the connection "${connection}"`,
  };
}
