import type { ResolvedConfig } from '#src/config/types.js';
import { readsOf } from '#src/domain/derivation/reads-of.js';
import type { Lookup } from '#src/domain/derivation/types.js';
import type { DerivedMeasure, Measure } from '#src/domain/measure/types.js';
import { periodContaining } from '#src/domain/period/period.js';
import type { CalendarDate, DayRange, Grain } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import type { ScorecardTree } from '../score/scorecard-tree.js';
import { seriesOfMeasures } from '../score/series-values.js';
import { noValuesByMeasure, valuesByMeasure } from '../score/stored-series.js';
import type { DerivedGraph } from './derived-graph.js';
import { derivedLookup } from './derived-lookup.js';
import type { DueMoment } from './past-due.js';

/** A derived measure with the first day whose periods are computed. */
export interface Due {
  readonly measure: DerivedMeasure;
  readonly from: CalendarDate;
}

/** Measures none of which is made of another of them, and the days whose periods are computed. */
export interface LevelDue {
  readonly due: readonly Due[];
  readonly days: DayRange;
  readonly config: ResolvedConfig;
  readonly tree: ScorecardTree;
  readonly graph: DerivedGraph;
  readonly moment: DueMoment;
}

/** All that derived measures of one level are made of, read from the store at once. */
export async function lookupOfLevel(
  reader: StoreReader,
  { due, days, config, tree, graph, moment }: LevelDue,
): Promise<(measure: DerivedMeasure) => Lookup> {
  const reads = due.flatMap(({ measure, from }) => whatIsRead(measure, from, tree, graph));
  const starts = reads.map(({ measure, start }) => [measure.address, start] as const);
  return derivedLookup({
    config,
    tree,
    graph,
    moment,
    actuals: await valuesByMeasure(reader, starts),
    without: await noValuesByMeasure(reader, starts),
    seriesOf: await seriesOfMeasures(
      reader,
      reads.map(({ measure, start }) => [measure, start] as const),
      config.site,
    ),
    days: { start: earliest([days.start, ...reads.map(({ start }) => start)]), end: days.end },
  });
}

interface InputDays {
  readonly measure: Measure;
  readonly start: CalendarDate;
}

/** The measures whose values, or series, are needed to compute a measure from a day on, and from which day theirs are. */
function whatIsRead(
  measure: DerivedMeasure,
  from: CalendarDate,
  tree: ScorecardTree,
  graph: DerivedGraph,
): readonly InputDays[] {
  const { derivation } = measure;
  if (derivation.kind === 'children') {
    return graph.childrenOf(measure, derivation.measure).flatMap((address) => {
      const child = tree.measureAt(address);
      return child === undefined ? [] : [{ measure: child, start: periodContaining(from, child).start }];
    });
  }
  const grainOf = (address: string | undefined): Grain | undefined =>
    address === undefined ? measure : tree.measureAt(address);
  return readsOf(derivation, measure, periodContaining(from, measure), grainOf).flatMap((read) => {
    const input = read.measure === undefined ? measure : tree.measureAt(read.measure);
    return input === undefined ? [] : [{ measure: input, start: read.start }];
  });
}

/** The first of days, at least one. */
export const earliest = (dates: readonly CalendarDate[]): CalendarDate => dates.reduce((a, b) => (a < b ? a : b));
