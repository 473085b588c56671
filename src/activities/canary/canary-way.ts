import type { ResolvedConfig, Site } from '#src/config/types.js';
import { isStanding } from '#src/domain/alert/transitions.js';
import { CANARY, CANARY_MEASURE, CANARY_SUBJECT, canaryValue } from '#src/domain/canary/canary.js';
import type { CanaryWay, Patience } from '#src/domain/canary/way.js';
import { lastNominalTime } from '#src/domain/collection/nominal-times.js';
import { historyStart } from '#src/domain/collection/plan-measure.js';
import { lastClosedPeriod } from '#src/domain/period/period.js';
import { addMilliseconds, compareInstants, dateInZone } from '#src/domain/period/period-instants.js';
import type { Instant, Period } from '#src/domain/period/types.js';
import type { OutboxRecord, ReportingStore, RunRecord, StoreReader } from '#src/store/types.js';
import { silentMs } from '../watch/watch-pipeline.js';

type Canary = NonNullable<Site['canary']>;

/**
 * How far the canary of a site has come; `undefined` where there is none. Reads only.
 *
 * @param config with the canary among what runs
 */
export async function canaryWay(
  { read, outbox }: Pick<ReportingStore, 'read' | 'outbox'>,
  { site, pullGroups }: Pick<ResolvedConfig, 'site' | 'pullGroups'>,
  now: Instant,
): Promise<CanaryWay | undefined> {
  const { canary } = site;
  if (canary === undefined) return undefined;
  const [newest] = await read.latestPulls([CANARY]);
  const good = await read.lastRead(CANARY);
  const run = good === undefined ? undefined : await read.run(good.runId);
  const failed = newest?.outcome === 'failed' ? { at: newest.at, message: newest.failure.message } : undefined;
  const group = pullGroups.find(({ connection }) => connection === CANARY);
  const hasBegun = run?.trigger === 'schedule' && run.group === group?.id;
  const expected =
    run?.trigger === 'once' ? expectedRound(site, now) : await expectedPull(read, canary, site, hasBegun, now);
  return {
    ...(expected === undefined ? {} : { expected }),
    ...(failed === undefined ? {} : { failed }),
    ...(good === undefined || run === undefined ? {} : await roundOf(read, canary, site, run, good.at)),
    undelivered: await undeliveredOf({ read, outbox }),
  };
}

/** How long each leg may take, the waiting times of alerts added where they are. */
export function canaryPatience(site: Site, awakeSince?: Instant): Patience {
  const { pendingMs, holdMs } = site.alertTiming ?? {};
  return {
    limitMs: silentMs(site),
    pendingMs: pendingMs?.off_track ?? 0,
    holdMs: holdMs?.off_track ?? 0,
    ...(awakeSince === undefined ? {} : { awakeSince }),
  };
}

/** By its schedule: the newest nominal time, where the schedule was there before. */
async function expectedPull(
  read: StoreReader,
  { cadence }: Canary,
  site: Site,
  hasBegun: boolean,
  now: Instant,
): Promise<Instant | undefined> {
  const last = lastNominalTime(addMilliseconds(now, -silentMs(site)), cadence);
  if (hasBegun) return last;
  const applied = await read.latestApplied();
  return applied !== undefined && compareInstants(last, applied) > 0 ? last : undefined;
}

/** Rounds of `run --once` go by no schedule: there one is expected in the time that the site says, or none. */
function expectedRound({ watch }: Site, now: Instant): Instant | undefined {
  return watch?.silentMs === undefined ? undefined : addMilliseconds(now, -watch.silentMs);
}

/** What has become of the newest period that a run has read. */
async function roundOf(
  read: StoreReader,
  { cadence }: Canary,
  site: Site,
  { logicalTime, startedAt }: RunRecord,
  at: Instant,
): Promise<Pick<CanaryWay, 'pulled' | 'stored' | 'judged' | 'alert'>> {
  const frequency = cadence.every === 'day' ? 'daily' : 'weekly';
  const period = lastClosedPeriod(logicalTime, site.timeZone, frequency);
  const history = historyStart(dateInZone(logicalTime, site.timeZone), site.historyMonths, { frequency });
  const value = period.start < history ? undefined : canaryValue(period.start, cadence.every);
  const actuals = await read.currentActuals([CANARY_MEASURE], period.start);
  const actual = actuals.find((each) => each.period.id === period.id);
  const score = (await read.currentScores([CANARY_MEASURE], period.start)).find((each) => each.period.id === period.id);
  return {
    pulled: { logicalTime, startedAt, at, period: period.id, ...(value === undefined ? {} : { value }) },
    ...(actual === undefined ? {} : { stored: { value: actual.value, at: actual.recordedAt } }),
    ...(score === undefined ? {} : { judged: { status: score.status, at: score.scoredAt } }),
    alert: await alertOf(read, period),
  };
}

async function alertOf(read: StoreReader, period: Period): Promise<NonNullable<CanaryWay['alert']>> {
  const alerts = await read.alerts({ subjects: [CANARY_SUBJECT] });
  return {
    stands: alerts.some(({ state }) => isStanding(state)),
    isDealtWith: alerts.some((alert) => alert.period === period.id && alert.handledBy !== undefined),
  };
}

async function undeliveredOf({
  read,
  outbox,
}: Pick<ReportingStore, 'read' | 'outbox'>): Promise<CanaryWay['undelivered']> {
  const waiting = (await outbox.undelivered()).filter((message) => message.state === 'pending');
  return [...(await read.lostMessages()), ...waiting]
    .filter(({ about }) => about?.subject.id === CANARY_SUBJECT)
    .map((message) => ({
      channel: message.channel,
      dueAt: dueAt(message),
      isLost: message.state === 'dead',
      ...(message.detail === undefined ? {} : { detail: message.detail }),
    }))
    .toSorted((a, b) => compareInstants(a.dueAt, b.dueAt));
}

/** A message that was never tried may have been told to wait. */
function dueAt({ attempts, createdAt, nextAttemptAt }: OutboxRecord): Instant {
  return attempts === 0 ? nextAttemptAt : createdAt;
}
