import type { ResolvedConfig } from '#src/config/types.js';
import { historyStart } from '#src/domain/collection/plan-measure.js';
import { derive } from '#src/domain/derivation/derive.js';
import { familyKey } from '#src/domain/measure/family.js';
import type { DerivedMeasure, Measure } from '#src/domain/measure/types.js';
import { isOutsideList, isPeriodClosed, periodContaining, periodsIn } from '#src/domain/period/period.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { MeasureProgress, StoreReader, StoreWriter } from '#src/store/types.js';
import type { ScoringMoment } from '../score/score-measure.js';
import { scorecardTree } from '../score/scorecard-tree.js';
import { actualsByMeasure, noValuesByMeasure, withdrawnByMeasure } from '../score/stored-series.js';
import { type DerivedGraph, derivedGraph } from './derived-graph.js';
import { type DerivedOutcome, derivedRecords } from './derived-records.js';
import { type Due, earliest, lookupOfLevel } from './lookup-of-level.js';
import { onlySinceReported } from './only-since-reported.js';
import { pastDueFrom } from './past-due.js';

/** What has changed below, and when it is. */
export interface DeriveScope {
  readonly config: ResolvedConfig;
  /** Start of the earliest period that changed, by address of a measure or collected series. */
  readonly changedFrom: ReadonlyMap<string, CalendarDate>;
  readonly moment: ScoringMoment;
}

/**
 * Computes again what stands above changed values, once, in the order of what is made of what, and nothing else; and
 * all of a measure whose own definition has changed. Stores what came out differently; part of one transaction.
 *
 * @returns start of the earliest period that was computed, by address of the derived measure
 */
export async function deriveScope(
  writer: StoreWriter,
  reader: StoreReader,
  { config, changedFrom, moment }: DeriveScope,
): Promise<ReadonlyMap<string, CalendarDate>> {
  const graph = derivedGraph(config);
  const computed = new Map<string, CalendarDate>();
  if (graph.levels.length === 0) return computed;
  const changed = new Map(changedFrom);
  const progress = await progressOf(reader, config, graph);
  for (const level of graph.levels) {
    const due = level.flatMap((measure): Due[] => {
      const from = dueFrom(measure, { graph, changed, progress, config, moment });
      return from === undefined ? [] : [{ measure, from }];
    });
    if (due.length === 0) continue;
    await computeLevel(writer, reader, { due, config, graph, progress, moment });
    for (const { measure, from } of due) {
      changed.set(measure.address, from);
      computed.set(measure.address, from);
    }
  }
  return computed;
}

interface Known {
  readonly graph: DerivedGraph;
  readonly changed: ReadonlyMap<string, CalendarDate>;
  readonly progress: ReadonlyMap<string, MeasureProgress>;
  readonly config: ResolvedConfig;
  readonly moment: ScoringMoment;
}

/** Progress of all that derived measures are made of, and their own. */
async function progressOf(
  reader: StoreReader,
  config: ResolvedConfig,
  { levels, inputsOf }: DerivedGraph,
): Promise<ReadonlyMap<string, MeasureProgress>> {
  const tree = scorecardTree(config);
  const keys = levels.flat().flatMap((measure) => [
    familyKey(measure),
    ...inputsOf(measure).flatMap((address) => {
      const input = tree.measureAt(address);
      return input === undefined ? [] : [familyKey(input)];
    }),
  ]);
  const progress = await reader.progress([...new Set(keys)]);
  return new Map(progress.map((each) => [each.measure, each]));
}

/** The first day to compute; `undefined` where nothing below changed, nor came to be missing. Before any input was read there is nothing to do. */
function dueFrom(measure: DerivedMeasure, known: Known): CalendarDate | undefined {
  const { graph, changed, progress, config, moment } = known;
  const inputs = graph.inputsOf(measure);
  const before = progress.get(familyKey(measure));
  if (before?.valueDigest !== graph.digestOf(measure)) {
    const tree = scorecardTree(config);
    const isRead = inputs.some((address) => {
      const input = tree.measureAt(address);
      return changed.has(address) || (input !== undefined && progress.has(familyKey(input)));
    });
    return isRead ? historyStart(today(measure, moment), config.site.historyMonths, measure) : undefined;
  }
  const pastDue = pastDueFrom(measure, before, scorecardTree(config), moment);
  const starts = [
    ...inputs.flatMap((address) => changed.get(address) ?? []),
    ...(pastDue === undefined ? [] : [pastDue]),
  ].sort();
  return starts[0] === undefined ? undefined : periodContaining(starts[0], measure).start;
}

interface Level extends Omit<Known, 'changed'> {
  readonly due: readonly Due[];
}

async function computeLevel(writer: StoreWriter, reader: StoreReader, level: Level): Promise<void> {
  const { due, config, graph, moment } = level;
  const tree = scorecardTree(config);
  const ends = due.map(({ measure }) => periodContaining(today(measure, moment), measure).end);
  const days = { start: earliest(due.map(({ from }) => from)), end: ends.reduce((a, b) => (a > b ? a : b)) };
  const lookupOf = await lookupOfLevel(reader, { due, days, config, tree, graph, moment });
  const measures = due.map(({ measure }) => measure);
  const sinceReported = await onlySinceReported(reader, measures, graph);
  const own = due.map(({ measure, from }) => [measure.address, from] as const);
  const current = await actualsByMeasure(reader, own);
  const withdrawn = await withdrawnByMeasure(reader, own);
  const without = await noValuesByMeasure(reader, own);
  const outcomes = due.flatMap(({ measure, from }): DerivedOutcome[] => {
    const lookup = lookupOf(measure);
    const open = periodContaining(today(measure, moment), measure);
    return periodsIn(from, open.end, measure)
      .filter((period) => !isOutsideList(period, measure))
      .map((period) => ({
        measure,
        period,
        closed: isPeriodClosed(period, moment.now, measure.timeZone),
        seenClosed: (level.progress.get(familyKey(measure))?.collectedTo ?? '') > period.end,
        derived: sinceReported(measure, period, derive(measure.derivation, measure, period, lookup)),
      }));
  });
  const { revisions, noValues } = derivedRecords(outcomes, { current, withdrawn, without, moment });
  await writer.appendActuals(revisions);
  await writer.saveNoValues(noValues);
  await writer.saveProgress(progressAfter(level));
}

function progressAfter({ due, graph, progress, config, moment }: Level): MeasureProgress[] {
  const after = new Map<string, MeasureProgress>();
  for (const { measure } of due) {
    const key = familyKey(measure);
    const valueDigest = graph.digestOf(measure);
    const collectedFrom = historyStart(today(measure, moment), config.site.historyMonths, measure);
    const collectedTo = periodContaining(today(measure, moment), measure).end;
    const before = progress.get(key);
    if (before?.valueDigest === valueDigest && before.collectedTo === collectedTo) continue;
    after.set(key, { measure: key, runId: moment.runId, valueDigest, collectedFrom, collectedTo });
  }
  return [...after.values()];
}

const today = ({ timeZone }: Measure, { now }: ScoringMoment): CalendarDate => dateInZone(now, timeZone);
