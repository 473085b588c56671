import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import type { AlertRecord } from '#src/domain/alert/types.js';
import { isAskedOn, namedRequests } from '#src/domain/freshness/named-requests.js';
import { familyKey } from '#src/domain/measure/family.js';
import { type CollectedMeasure, isCollected } from '#src/domain/measure/types.js';
import { grainKey, isPeriodClosed, isPeriodOf } from '#src/domain/period/period.js';
import { addDays, compareInstants, dateInZone, startInstant } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Instant, Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { extractOf } from '../config-lookup.js';
import { expectedPeriods } from '../derive/expected-periods.js';
import { deadlinesOf } from '../score/deadlines-of.js';
import { type SaidOf, saidBySources } from '../score/said-by-sources.js';

/** A value that is not there on a day on which its due rule asks for it. */
export interface WantedValue {
  readonly measure: CollectedMeasure;
  readonly period: Period;
  readonly day: CalendarDate;
  /** Until when it is, or was, due. */
  readonly due: Instant;
  /** Id of the person who can bring it. */
  readonly person: string;
}

interface Candidate extends Omit<WantedValue, 'person'> {
  readonly keptBy?: string;
  /** Its due time is over: what alerts say of the measure is about it too. */
  readonly isOverdue: boolean;
}

/**
 * The values that are to be asked for now and were not yet.
 *
 * Before it is due, only a value that a person keeps by hand is asked for: of any other the source is read by itself, and nobody
 * has to do anything. Afterwards an alert says who can act. Nobody is asked while that alert is in somebody's hands, or where it
 * was told that day; nor while the source cannot be read, or was not read yet that day: the value may be in it.
 */
export async function wantedValues(
  reader: StoreReader,
  config: ResolvedConfig,
  now: Instant,
): Promise<readonly WantedValue[]> {
  const named = candidates(config, now, await saidBySources(reader, config, now));
  const [from] = named.map(({ day }) => day).sort();
  if (from === undefined) return [];
  const requests = await reader.valueRequests(from);
  const asked = new Map(requests.map(({ measure, periodId, day }) => [`${measure} ${periodId}`, day]));
  const isAsked = ({ measure, period, day }: Candidate) => (asked.get(`${measure.address} ${period.id}`) ?? '') >= day;
  const isExpected = expectedPeriods(config);
  const open = await readSince(
    reader,
    named.filter((each) => !isAsked(each) && isExpected(each.measure, each.period)),
    now,
  );
  const alertOf = await overdueAlerts(reader, open);
  const unhandled = open.filter((each) => !isInHand(each, alertOf(each)));
  const absent = await withoutValue(reader, unhandled, now);
  return absent.map((each) => {
    const { measure, period, day, due, keptBy } = each;
    return { measure, period, day, due, person: keptBy ?? alertOf(each)?.owner ?? measure.owner };
  });
}

function candidates(config: ResolvedConfig, now: Instant, saidOf: SaidOf): readonly Candidate[] {
  // Measures by the thousand share few rules.
  const known = new Map<string, ReturnType<typeof namedRequests>>();
  return config.measures.flatMap((measure): readonly Candidate[] => {
    const { due, timeZone } = measure;
    if (due.remind === undefined || !isCollected(measure)) return [];
    const { beforeDays, afterDays } = due.remind;
    const key = `${grainKey(measure)} ${timeZone} ${beforeDays} ${afterDays}`;
    const named = known.get(key) ?? namedRequests(measure, due, dateInZone(now, timeZone));
    known.set(key, named);
    const { keptBy } = extractOf(config, measure.extract);
    return named.flatMap(({ period, day }): readonly Candidate[] => {
      const { due: dueAt, lockedFrom } = deadlinesOf(period, measure, config.site, saidOf);
      if (lockedFrom !== undefined && compareInstants(now, lockedFrom) >= 0) return [];
      if (!isAskedOn(day, { due: dueAt, timeZone, isKeptByHand: keptBy !== undefined })) return [];
      const isOverdue = compareInstants(now, dueAt) > 0;
      return [{ measure, period, day, due: dueAt, isOverdue, ...(keptBy === undefined ? {} : { keptBy }) }];
    });
  });
}

/** Those whose source was read on the named day, or could have been until it was over, and can be read. */
async function readSince(
  reader: StoreReader,
  among: readonly Candidate[],
  now: Instant,
): Promise<readonly Candidate[]> {
  if (among.length === 0) return [];
  const families = [...new Set(among.map(({ measure }) => familyKey(measure)))];
  const looked = new Set((await reader.progress(families)).map(({ measure }) => measure));
  const pulls = await reader.latestPulls([...new Set(among.map(({ measure }) => measure.extract))]);
  const pullOf = new Map(pulls.map((pull) => [pull.extract, pull]));
  return among.filter(({ measure, day }) => {
    const pull = pullOf.get(measure.extract);
    if (pull?.outcome !== 'ok' || !looked.has(familyKey(measure))) return false;
    const start = startInstant(day, measure.timeZone);
    const isDayOver = compareInstants(startInstant(addDays(day, 1), measure.timeZone), now) <= 0;
    return isDayOver || compareInstants(pull.logicalTime, start) >= 0;
  });
}

/** The alert about an overdue value that is not over, or that a person has resolved. */
async function overdueAlerts(
  reader: StoreReader,
  among: readonly Candidate[],
): Promise<(of: Candidate) => AlertRecord | undefined> {
  if (!among.some(({ isOverdue }) => isOverdue)) return () => undefined;
  const bySubject = new Map(
    (await reader.alerts({ isActive: true }))
      .filter(({ kind }) => kind === 'late' || kind === 'missing')
      .map((alert) => [alert.subject, alert]),
  );
  return ({ measure, isOverdue }) => (isOverdue ? bySubject.get(alertSubject('measure', measure.address)) : undefined);
}

/** Whether somebody has the alert about a value in hand, or it was told on the named day or later. */
function isInHand({ measure, day }: Candidate, alert: AlertRecord | undefined): boolean {
  if (alert === undefined || alert.state === 'pending') return false;
  if (alert.state !== 'open') return true;
  const told = alert.remindedAt ?? alert.unhandledSince ?? alert.openedAt;
  return compareInstants(told, startInstant(day, measure.timeZone)) >= 0;
}

async function withoutValue(
  reader: StoreReader,
  among: readonly Candidate[],
  now: Instant,
): Promise<readonly Candidate[]> {
  const [from] = among.map(({ period }) => period.start).sort();
  if (from === undefined) return [];
  const addresses = [...new Set(among.map(({ measure }) => measure.address))];
  const there = new Set(
    (await reader.currentValues(addresses, from)).map(({ measure, period }) => `${measure} ${period.id}`),
  );
  // Of what is over the states are known, and say more: a period before the first one reported is no gap.
  const states = new Set(
    (await reader.periodsWithStatus(addresses, ['not_due', 'late', 'missing'], from)).map(
      ({ measure, period }) => `${measure} ${period.id}`,
    ),
  );
  return among.filter(({ measure, period }) => {
    const key = `${measure.address} ${period.id}`;
    if (there.has(key) || !isPeriodOf(period, measure)) return false;
    return states.has(key) || !isPeriodClosed(period, now, measure.timeZone);
  });
}
