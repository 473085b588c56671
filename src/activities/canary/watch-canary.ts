import type { ResolvedConfig, Site } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { assessAlerts } from '#src/domain/alert/assess.js';
import { isStanding } from '#src/domain/alert/transitions.js';
import type { AlertEvent, AlertRecord, FoundCondition } from '#src/domain/alert/types.js';
import { type Stuck, stuckLegs } from '#src/domain/canary/way.js';
import type { Instant } from '#src/domain/period/types.js';
import { dueFollowUps } from '#src/domain/policy/follow-up.js';
import { alertRules, WITHOUT_FACTS } from '../alert/alert-rules.js';
import { storeAndTell } from '../alert/store-and-tell.js';
import type { StepServices } from '../context.js';
import { canaryPatience, canaryWay } from './canary-way.js';

/** What the alerts about a canary that got stuck are about. */
const SUBJECT = alertSubject('pipeline', 'canary');

/** The end of a sweep: looks whether the canary came round in its time, and tells where it got stuck. */
export async function watchCanary(
  { store, now: clock, composeAlert }: Pick<StepServices, 'store' | 'now' | 'composeAlert'>,
  config: ResolvedConfig,
): Promise<void> {
  const { site } = config;
  const now = clock();
  const way = await canaryWay(store, config, now);
  if (way === undefined) return;
  const sweep = (await store.read.pipelineProgress()).find(({ part }) => part === 'sweep');
  const patience = canaryPatience(site, sweep?.since);
  const found: Found = {
    stuck: stuckLegs(way, now, patience),
    unfinished: stuckLegs(way, now, { ...patience, limitMs: 0 }),
  };
  const filter = { subjects: [SUBJECT] };
  // Most of the time nothing has to be written, and then nothing is.
  if (eventsOf(config, found, await store.read.alerts(filter), now).length === 0) return;
  await store.write(async (writer, reader) => {
    const known = await reader.alerts(filter);
    const telling = { config, recordedAt: now, composeAlert, now, runId: 'canary' };
    await storeAndTell(writer, reader, { events: eventsOf(config, found, known, now), known }, telling);
  });
}

interface Found {
  /** What took too long. */
  readonly stuck: readonly Stuck[];
  /** That, and what may still come. */
  readonly unfinished: readonly Stuck[];
}

/** An alert that stands is over when the canary has come round, and not when it sets out anew. */
function eventsOf(
  config: ResolvedConfig,
  { stuck, unfinished }: Found,
  known: readonly AlertRecord[],
  now: Instant,
): readonly AlertEvent[] {
  const { site } = config;
  const rules = alertRules(config, WITHOUT_FACTS);
  const standing = known.find(({ state }) => state === 'pending' || isStanding(state));
  return assessAlerts({
    conditions: standing === undefined ? conditionOf(site, stuck) : conditionOf(site, unfinished, standing.period),
    known,
    at: now,
    scope: () => true,
    inhibited: new Set(),
    ...(site.alertTiming === undefined ? {} : { timing: site.alertTiming }),
    followUps: (record) => dueFollowUps(record, rules(record), now),
  });
}

/** One condition, of the first leg: what comes behind it may only wait for that. */
function conditionOf({ operator }: Site, stuck: readonly Stuck[], since?: Instant): FoundCondition[] {
  const [first] = stuck;
  if (first === undefined) return [];
  return [
    {
      kind: 'pipeline_silent',
      subject: SUBJECT,
      period: since ?? first.since,
      through: first.since,
      owner: operator,
      summary: `The canary has not come round since ${first.since}: ${first.words}`,
      details: [
        ...stuck.slice(1).map(({ since, words }) => `And since ${since}: ${words}`),
        'It goes the way of all values and messages: what stops it stops others, too',
        'What to do: "plumbline doctor" says what is not healthy',
      ],
    },
  ];
}
