import type { ResolvedConfig, Site } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { assessAlerts } from '#src/domain/alert/assess.js';
import { isStanding } from '#src/domain/alert/transitions.js';
import type { AlertCondition, AlertEvent, AlertRecord, FoundCondition } from '#src/domain/alert/types.js';
import type { Instant } from '#src/domain/period/types.js';
import { dueFollowUps } from '#src/domain/policy/follow-up.js';
import {
  lengthInWords,
  type PartProgress,
  progressAfter,
  type Silence,
  silenceBefore,
  silentSince,
  toldBy,
  type WatchedPart,
} from '#src/domain/watch/silence.js';
import { alertRules, WITHOUT_FACTS } from '../alert/alert-rules.js';
import { storeAndTell } from '../alert/store-and-tell.js';
import type { StepServices } from '../context.js';
import type { WatchedRequest } from '../types.js';

const MINUTE_MS = 60_000;
const LEAST_SILENT_MS = 30 * MINUTE_MS;

const OTHER = { sweep: 'deliver', deliver: 'sweep' } as const satisfies Record<WatchedPart, WatchedPart>;

/** What a part does, after "was". */
const DOES = { sweep: 'evaluated', deliver: 'delivered' } as const satisfies Record<WatchedPart, string>;

/** After how long without a sweep, or a delivery, something is wrong. */
export function silentMs({ watch, sweepMinutes, deliverMinutes }: Site): number {
  return watch?.silentMs ?? Math.max(LEAST_SILENT_MS, 3 * Math.max(sweepMinutes, deliverMinutes) * MINUTE_MS);
}

/** Whether anybody may expect the next one by the clock: a schedule started it, or the site says how long it may take. */
export function isWatched({ site }: ResolvedConfig, { scheduled }: WatchedRequest): boolean {
  return scheduled === true || site.watch?.silentMs !== undefined;
}

/**
 * The end of a sweep or a delivery: notes that it was there, looks whether the other one is, and tells once of a silence that
 * has just ended.
 *
 * @param watched see {@link isWatched}; otherwise it is only noted
 */
export async function watchPipeline(
  services: Pick<StepServices, 'store' | 'now' | 'composeAlert'>,
  config: ResolvedConfig,
  part: WatchedPart,
  watched: boolean,
): Promise<void> {
  const { store, composeAlert } = services;
  const now = services.now();
  const limit = silentMs(config.site);
  const isDue = (progress: readonly PartProgress[]): boolean =>
    progressAfter(part, of(part, progress), now, limit) !== undefined;
  const subjects = [part, OTHER[part]].map((each) => alertSubject('pipeline', each));
  // Most of the time nothing has to be written, and then nothing is.
  const before = await store.read.pipelineProgress();
  const known = watched ? await store.read.alerts({ subjects }) : [];
  if (!isDue(before) && (!watched || eventsOf(config, part, before, known, now).events.length === 0)) return;
  await store.write(async (writer, reader) => {
    const progress = await reader.pipelineProgress();
    const noted = progressAfter(part, of(part, progress), now, limit);
    if (noted !== undefined) await writer.savePipelineProgress(noted);
    if (!watched) return;
    const alerts = await reader.alerts({ subjects });
    const { events, told } = eventsOf(config, part, progress, alerts, now);
    const telling = { config, recordedAt: now, composeAlert, now, runId: part };
    await storeAndTell(writer, reader, { events, known: alerts, isNews: (event) => told.includes(event) }, telling);
  });
}

const of = (part: WatchedPart, progress: readonly PartProgress[]): PartProgress | undefined =>
  progress.find((each) => each.part === part);

/** What has to be stored, and what of it is told. */
function eventsOf(
  config: ResolvedConfig,
  part: WatchedPart,
  progress: readonly PartProgress[],
  known: readonly AlertRecord[],
  now: Instant,
): { readonly events: readonly AlertEvent[]; readonly told: readonly AlertEvent[] } {
  const { site } = config;
  const limit = silentMs(site);
  const [own, other] = [of(part, progress), of(OTHER[part], progress)];
  const awake = progressAfter(part, own, now, limit) ?? own ?? { part, seenAt: now, since: now };
  const since = silentSince(awake, other, now, limit);
  const silence = silenceBefore(own, now, limit);
  const timing = site.alertTiming === undefined ? {} : { timing: site.alertTiming };
  const rules = alertRules(config, WITHOUT_FACTS);
  const events = assessAlerts({
    conditions: since === undefined ? [] : [silentCondition(site, OTHER[part], since)],
    known,
    at: now,
    scope: () => true,
    inhibited: new Set(),
    ...timing,
    followUps: (record) => dueFollowUps(record, rules(record), now),
  }).map((event) => (silence === undefined ? event : withLength(event, part, silence)));
  if (silence === undefined || known.some(isOf(part, silence)) || toldBy(other, silence))
    return { events, told: events };
  const isTotal = silenceBefore(other, now, limit) !== undefined;
  const over = overAlready(site, part, silence, isTotal);
  // That it began is no news any more: one message, which says from when to when.
  return { events: [...events, ...over], told: [...events, ...over.slice(1)] };
}

function silentCondition(site: Site, part: WatchedPart, since: Instant): FoundCondition {
  return {
    ...conditionOf(site, part, since),
    through: since,
    summary: `Nothing was ${DOES[part]} since ${since}`,
    details: ['What to do: "plumbline doctor" says what is not healthy'],
  };
}

function conditionOf(site: Site, part: WatchedPart, since: Instant) {
  const subject = alertSubject('pipeline', part);
  return { kind: 'pipeline_silent' as const, subject, period: since, owner: site.operator };
}

/** An end that says how long it was. */
function withLength(event: AlertEvent, part: WatchedPart, silence: Silence): AlertEvent {
  const { condition, transition } = event;
  if (transition !== 'resolved' || condition.subject !== alertSubject('pipeline', part)) return event;
  return { ...event, condition: { ...condition, summary: summaryOf(DOES[part], silence) } };
}

/** Whether an alert tells of a silence: one that is not over, was resolved by a person meanwhile, or began with it. */
function isOf(part: WatchedPart, { from }: Silence): (alert: AlertRecord) => boolean {
  const subject = alertSubject('pipeline', part);
  return (alert) =>
    alert.subject === subject &&
    (alert.state === 'pending' ||
      isStanding(alert.state) ||
      alert.dismissedThrough !== undefined ||
      alert.period === from);
}

/** Beginning and end of a silence that nobody was there to notice. */
function overAlready(site: Site, part: WatchedPart, silence: Silence, isTotal: boolean): readonly AlertEvent[] {
  const does = isTotal ? `${DOES[part]} or ${DOES[OTHER[part]]}` : DOES[part];
  const condition: AlertCondition = {
    ...conditionOf(site, part, silence.from),
    summary: summaryOf(does, silence),
    details: ['Values that became late, and messages, waited for it'],
  };
  const at = silence.to;
  return [
    { transition: 'opened', condition, sequence: 0, at, reason: 'nothing ran that could have noticed' },
    { transition: 'resolved', condition, sequence: 1, at, reason: 'it runs again' },
  ];
}

function summaryOf(does: string, silence: Silence): string {
  return `Nothing was ${does} from ${silence.from} to ${silence.to} (${lengthInWords(silence)})`;
}
