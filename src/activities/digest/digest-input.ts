import type { Person, ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import type { DigestAlert, DigestInput, DigestMeasure, DigestRule } from '#src/domain/digest/types.js';
import { isCollected, type Measure } from '#src/domain/measure/types.js';
import { periodFigures } from '#src/domain/message/figures.js';
import { isPeriodOf, nextPeriod, periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { addMilliseconds, compareInstants, dateInZone } from '#src/domain/period/period-instants.js';
import type { Instant, Period } from '#src/domain/period/types.js';
import type { DigestRecord, ScoreRecord, StoreReader } from '#src/store/types.js';
import { lookedBackTo } from '../alert/looked-back-to.js';
import { subjectNames } from '../alert/subject-names.js';
import { deadlinesOf } from '../score/deadlines-of.js';
import { type SaidOf, saidBySources } from '../score/said-by-sources.js';
import { scoresByNode } from '../score/stored-series.js';
import { timeOfSweep } from '../sweep-run-id.js';
import { concernsOf } from './concerns.js';
import { standsInFor } from './presence.js';

/** What is due is named so many days ahead: a little further than the next digest. */
const DAYS_AHEAD = { day: 7, week: 14, month: 45 } as const satisfies Record<DigestRule['every'], number>;

const JUDGED = ['on_track', 'at_risk', 'off_track'];

/** Reads what a person's digest is made of. */
export async function digestInput(
  reader: StoreReader,
  config: ResolvedConfig,
  person: Pick<Person, 'id'>,
  {
    last,
    now,
    rule,
  }: { readonly last: Pick<DigestRecord, 'at' | 'last'>; readonly now: Instant; readonly rule: DigestRule },
): Promise<DigestInput> {
  const absent = standsInFor(config, person.id, now);
  const { measures, isConcern } = concernsOf(config, person.id, absent);
  const horizon = lookedBackTo(now);
  const scores = await scoresByNode(
    reader,
    measures.map((measure) => [measure.address, horizon(measure)]),
  );
  const names = subjectNames(config);
  const saidOf = await saidBySources(reader, config, now);
  const people = new Map(config.people.map(({ id, name }) => [id, name]));
  return {
    reader: person.id,
    since: last.last?.at ?? last.at,
    ...(last.last === undefined ? {} : { toldThen: new Set(last.last.standing) }),
    standsInFor: absent,
    now,
    dueUntil: addMilliseconds(now, DAYS_AHEAD[rule.every] * 86_400_000),
    timeZone: rule.timeZone,
    alerts: (await reader.alerts({}))
      .filter(isConcern)
      .map((alert): DigestAlert => ({ ...alert, name: names.get(alert.subject) ?? alert.subject })),
    measures: await Promise.all(
      measures.map((measure) =>
        digestMeasure(reader, measure, scores.get(measure.address) ?? [], config, { now, saidOf }),
      ),
    ),
    nameOf: (id) => people.get(id) ?? id,
  };
}

async function digestMeasure(
  reader: StoreReader,
  measure: Measure,
  scores: readonly ScoreRecord[],
  config: ResolvedConfig,
  at: { readonly now: Instant; readonly saidOf: SaidOf },
): Promise<DigestMeasure> {
  const { address, name, owner } = measure;
  const [newest, before] = scores
    .filter(({ period, status }) => isPeriodOf(period, measure) && JUDGED.includes(status))
    .toSorted((a, b) => (a.period.start < b.period.start ? 1 : -1));
  const hasTurned = newest !== undefined && before !== undefined && newest.status !== before.status;
  const knownAt = hasTurned ? await nominalTime(reader, newest) : newest?.scoredAt;
  const next = isCollected(measure) ? nextDue(measure, scores, config, at) : undefined;
  return {
    subject: alertSubject('measure', address),
    name,
    owner,
    ...(newest === undefined || knownAt === undefined
      ? {}
      : { newest: { ...periodFigures(newest, measure), knownAt } }),
    ...(before === undefined ? {} : { before: periodFigures(before, measure) }),
    ...(next === undefined ? {} : { next }),
  };
}

/** The time of the run that found a status: digests go by nominal times, as alerts do. */
async function nominalTime(reader: StoreReader, { runId, scoredAt }: ScoreRecord): Promise<Instant> {
  return timeOfSweep(runId) ?? (await reader.run(runId))?.logicalTime ?? scoredAt;
}

/** The earliest period whose value is neither there nor overdue. */
function nextDue(
  measure: Measure,
  scores: readonly ScoreRecord[],
  config: ResolvedConfig,
  { now, saidOf }: { readonly now: Instant; readonly saidOf: SaidOf },
): DigestMeasure['next'] {
  const current = periodContaining(dateInZone(now, measure.timeZone), measure);
  const closed = previousPeriod(current, measure);
  const standing = scores.find(({ period }) => period.id === closed.id)?.status;
  const candidates: readonly Period[] = [closed, current, nextPeriod(current, measure)];
  for (const period of candidates) {
    const { due } = deadlinesOf(period, measure, config.site, saidOf);
    const isThere = period === closed && standing !== undefined && standing !== 'not_due';
    if (!isThere && compareInstants(due, now) > 0) return { period: period.id, due };
  }
  return undefined;
}
