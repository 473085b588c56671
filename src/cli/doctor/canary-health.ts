import { canaryPatience, canaryWay } from '#src/activities/canary/canary-way.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { CANARY_SUBJECT } from '#src/domain/canary/canary.js';
import { type CanaryWay, stuckLegs } from '#src/domain/canary/way.js';
import { compareInstants, millisecondsBetween } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import { lengthInWords } from '#src/domain/watch/silence.js';
import type { OutboxRecord, ReportingStore } from '#src/store/types.js';
import { counted, localTime } from '../render/time-words.js';
import type { Finding } from './finding.js';

/** Messages looked through for those of the canary. */
const MOST_MESSAGES = 5_000;

/**
 * When the canary last went round and how long each leg took, or where it got stuck; nothing where the site has none.
 *
 * @param config with the canary among what runs
 */
export async function canaryHealth(
  store: ReportingStore,
  config: ResolvedConfig,
  now: Instant,
): Promise<readonly Finding[]> {
  const { timeZone } = config.site;
  const way = await canaryWay(store, config, now);
  if (way === undefined) return [];
  const stuck = stuckLegs(way, now, canaryPatience(config.site));
  if (stuck.length > 0) {
    return stuck.map(({ leg, since, words }) => {
      const says = `It has not come round since ${localTime(since, timeZone)}: ${words}.`;
      return { area: 'canary', subject: leg, health: 'fail', says, remedy: REMEDIES[leg] };
    });
  }
  if (way.pulled === undefined) {
    const remedy = 'Wait for its schedule, or run "plumbline trigger" with its pull group.';
    return [{ area: 'canary', health: 'warn', says: 'It has not gone round yet.', remedy }];
  }
  const messages = (await store.models.outboxRecords(MOST_MESSAGES)).filter(
    ({ about }) => about?.subject.id === CANARY_SUBJECT,
  );
  return [{ area: 'canary', health: 'ok', says: roundWords(way, messages, timeZone) }];
}

const SCHEDULES = 'See what is said of Temporal, workers and schedules; without Temporal, of "plumbline run --once".';
const STEPS = 'See the run in the Temporal UI, and the log of the worker.';
const REMEDIES = {
  pulled: SCHEDULES,
  stored: STEPS,
  judged: STEPS,
  alerted: STEPS,
  resolved: STEPS,
  delivered: '"plumbline outbox" says why; "plumbline notify test" tries the channel now.',
} as const;

function roundWords(
  { pulled, stored, judged }: CanaryWay,
  messages: readonly OutboxRecord[],
  timeZone: string,
): string {
  if (pulled === undefined) return '';
  const { startedAt, at, logicalTime } = pulled;
  const after = (instant: Instant): string => `after ${shortLength(startedAt, instant)}`;
  const ofRound = messages.filter(({ createdAt }) => compareInstants(createdAt, startedAt) >= 0);
  const sent = ofRound.flatMap(({ channel, sentAt }) =>
    sentAt === undefined ? [] : [`sent over "${channel}" ${after(sentAt)}`],
  );
  const waiting = ofRound.length - sent.length;
  const legs = [
    `pulled ${after(at)}`,
    ...(stored === undefined ? [] : [`stored ${after(stored.at)}`]),
    ...(judged === undefined ? [] : [`judged ${after(judged.at)}`]),
    ...sent.toSorted(),
    ...(waiting > 0 ? [`${counted(waiting, 'message')} on the way`] : []),
    ...(ofRound.length === 0 ? ['there was nothing to tell yet'] : []),
  ];
  return `Its round for ${localTime(logicalTime, timeZone)}: ${legs.join(', ')}.`;
}

function shortLength(from: Instant, to: Instant): string {
  const seconds = Math.max(0, Math.round(millisecondsBetween(from, to) / 1000));
  return seconds < 120 ? counted(seconds, 'second') : lengthInWords({ from, to });
}
