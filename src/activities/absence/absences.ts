import type { ResolvedConfig } from '#src/config/types.js';
import { type Absence, type AbsentInput, absenceOf, type SourceKnown } from '#src/domain/freshness/absence.js';
import { absenceWords } from '#src/domain/freshness/absence-words.js';
import { sourceStand } from '#src/domain/freshness/evidence.js';
import { whoCanAct } from '#src/domain/freshness/who-can-act.js';
import { valueColumns } from '#src/domain/measure/aggregation-columns.js';
import { type CollectedMeasure, isCollected, isDerived, type Measure } from '#src/domain/measure/types.js';
import type { Instant, Period } from '#src/domain/period/types.js';
import type { PullRecord, StoreReader } from '#src/store/types.js';
import { connectionOf, extractOf } from '../config-lookup.js';
import { absentInputs } from './absent-inputs.js';

/** A period of a measure whose value is due and not there. */
export interface OverduePeriod {
  readonly measure: Measure;
  readonly period: Period;
  /** Set where the measure is known to have had a value; of others the store is asked, over their whole history. */
  readonly hasReported?: true;
}

/** Why a value is not there, in words, and the person who can act. */
export interface FoundAbsence {
  readonly period: Period;
  readonly absence: Absence;
  readonly words: string;
  /** Person id. */
  readonly person: string;
}

type LatestPull = PullRecord & { readonly logicalTime: Instant };

interface KnownPull {
  readonly pull: LatestPull;
  /** `<measure> <period>` of those whose cells it found blank. */
  readonly blank: ReadonlySet<string>;
}

/**
 * Why values are not there, by the measure's address: of each measure in its one period.
 *
 * @param pulls newest pulls of the extracts that feed them
 */
export async function absencesOf(
  reader: StoreReader,
  config: ResolvedConfig,
  overdue: readonly OverduePeriod[],
  pulls: readonly LatestPull[],
): Promise<ReadonlyMap<string, FoundAbsence>> {
  if (overdue.length === 0) return new Map();
  const pullOf = new Map(pulls.map((pull) => [pull.extract, { pull, blank: blankPeriods(pull) }]));
  const unknown = overdue.filter(({ measure, hasReported }) => hasReported !== true && isCollected(measure));
  const reported = await reader.reportedFrom(unknown.map(({ measure }) => measure.address));
  const rejectsOf = countedRejects(reader);
  const inputsOf = await absentInputs(reader, config, overdue.filter(isOfDerived));
  const nameOf = namesOf(config);
  const found = new Map<string, FoundAbsence>();
  for (const each of overdue) {
    const { measure, period } = each;
    const source = isCollected(measure)
      ? await sourceKnown(config, measure, period, pullOf.get(measure.extract), rejectsOf)
      : undefined;
    const inputs: readonly AbsentInput[] = inputsOf.get(measure.address) ?? [];
    const { timeZone } = measure;
    const hasReported = each.hasReported ?? reported.has(measure.address);
    const absence = absenceOf({ period, timeZone, hasReported, inputs, ...(source === undefined ? {} : { source }) });
    const person = whoCanAct(absence, ownersOf(config, measure));
    found.set(measure.address, { period, absence, words: absenceWords(absence, timeZone, nameOf), person });
  }
  return found;
}

const isOfDerived = ({ measure }: OverduePeriod): boolean => isDerived(measure);

function namesOf({ people }: ResolvedConfig): (person: string) => string {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (person) => names.get(person) ?? person;
}

function ownersOf(config: ResolvedConfig, measure: Measure) {
  if (!isCollected(measure)) return { measure: measure.owner };
  const { connection, keptBy } = extractOf(config, measure.extract);
  const owners = { measure: measure.owner, connection: connectionOf(config, connection).owner };
  return keptBy === undefined ? owners : { ...owners, keptBy };
}

async function sourceKnown(
  config: ResolvedConfig,
  measure: CollectedMeasure,
  period: Period,
  newest: KnownPull | undefined,
  rejectsOf: (pull: LatestPull, period: Period) => Promise<number>,
): Promise<SourceKnown> {
  const { id, keptBy, evidence = 'newest_row', columns } = extractOf(config, measure.extract);
  const shared = { extract: id, ...(keptBy === undefined ? {} : { keptBy }) };
  if (newest === undefined) return { ...shared, rejects: 0 };
  const { pull, blank } = newest;
  const { logicalTime } = pull;
  if (pull.outcome === 'failed') return { ...shared, pull: { logicalTime, failure: pull.failure }, rejects: 0 };
  const stand = sourceStand(evidence, pull);
  const isBlank = blank.has(`${measure.address} ${period.id}`);
  const read = new Set(valueColumns(measure.aggregation));
  const texts = columns.filter(({ name }) => read.has(name)).flatMap(({ blanks = [] }) => blanks);
  return {
    ...shared,
    pull: { logicalTime },
    rejects: await rejectsOf(pull, period),
    ...(stand === undefined ? {} : { stand }),
    ...(isBlank ? { blank: { texts } } : {}),
  };
}

function blankPeriods(pull: LatestPull): ReadonlySet<string> {
  const blank = pull.outcome === 'ok' ? (pull.blankPeriods ?? []) : [];
  return new Set(blank.map(({ measure, period }) => `${measure} ${period}`));
}

/** Asked once of a pull and period, however many measures wait for it. */
function countedRejects(reader: StoreReader): (pull: LatestPull, period: Period) => Promise<number> {
  const known = new Map<string, number>();
  return async (pull, period) => {
    if (pull.outcome === 'failed' || pull.balance.rejected === 0) return 0;
    const key = `${pull.extract} ${period.start} ${period.end}`;
    const count = known.get(key) ?? (await reader.rejectsIn(pull, period));
    known.set(key, count);
    return count;
  };
}
