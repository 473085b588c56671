import { alertSubject } from '#src/domain/alert/alert-key.js';
import { assessAlerts } from '#src/domain/alert/assess.js';
import { isStanding } from '#src/domain/alert/transitions.js';
import type { AlertRecord } from '#src/domain/alert/types.js';
import { dueFollowUps } from '#src/domain/policy/follow-up.js';
import type { ReportingStore, StoreReader, StoreWriter } from '#src/store/types.js';
import type { AlertTelling } from '../alert/alert-messages.js';
import { alertRules, WITHOUT_FACTS } from '../alert/alert-rules.js';
import { storeAndTell } from '../alert/store-and-tell.js';
import { channelConditions } from './channel-conditions.js';

/** Run id of events that came of a delivery, or of what a person did to messages. */
const DELIVERY = 'deliver';

/**
 * Judges whether messages over a channel get lost, and stores events and messages; part of the transaction in which that
 * may have changed.
 *
 * @param change `lost`: one more was given up; `made good`: delivered, tried again or dropped; `time`: nothing but time passed
 */
export async function assessChannel(
  writer: StoreWriter,
  reader: StoreReader,
  telling: AlertTelling,
  channel: string,
  change: 'lost' | 'made good' | 'time',
): Promise<void> {
  const subject = alertSubject('channel', channel);
  const known = await reader.alerts({ subjects: [subject] });
  if (change === 'lost' ? known.some(isTold) : !known.some(isNotOver)) return;
  const conditions = (await channelConditions(reader, telling.config)).filter((each) => each.subject === subject);
  const { alertTiming: timing } = telling.config.site;
  const now = telling.recordedAt;
  const rules = alertRules(telling.config, WITHOUT_FACTS);
  const events = assessAlerts({
    conditions,
    known,
    at: now,
    scope: () => true,
    inhibited: new Set(),
    ...(timing === undefined ? {} : { timing }),
    followUps: (record) => dueFollowUps(record, rules(record), now),
  });
  await storeAndTell(writer, reader, { events, known, rules }, { ...telling, now, runId: DELIVERY });
}

/** The ends of snoozes and of times to wait. */
export async function assessChannelsByTime(store: ReportingStore, telling: AlertTelling): Promise<void> {
  const { channels } = telling.config.site;
  const known = await store.read.alerts({ subjects: channels.map(({ id }) => alertSubject('channel', id)) });
  if (!known.some(isNotOver)) return;
  await store.write(async (writer, reader) => {
    for (const { id } of channels) await assessChannel(writer, reader, telling, id, 'time');
  });
}

/** What is lost beside others is no news. */
function isTold({ state, easedAt }: AlertRecord): boolean {
  return (state === 'open' || state === 'acknowledged') && easedAt === undefined;
}

/** Also what is held back, and what a person resolved as it stood. */
function isNotOver({ state, dismissedThrough }: AlertRecord): boolean {
  return state === 'pending' || isStanding(state) || dismissedThrough !== undefined;
}
