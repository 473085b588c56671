import type { ResolvedConfig } from '#src/config/types.js';
import { combinationOfMeasure } from '#src/domain/derivation/combination-of-measure.js';
import { edgesIn } from '#src/domain/derivation/crossed-edges.js';
import type { Lookup } from '#src/domain/derivation/types.js';
import { type DerivedMeasure, isCollected, isDerived, type Measure } from '#src/domain/measure/types.js';
import { periodsIn } from '#src/domain/period/period.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { noValueWords } from '#src/domain/score/score-period.js';
import { liftOf } from '#src/domain/series/series-over.js';
import type { StoredPart, StoredSeries } from '#src/domain/window/types.js';
import type { CurrentValue, NoValueRecord } from '#src/store/types.js';
import { madeWithout } from '../score/score-measure.js';
import type { ScorecardTree } from '../score/scorecard-tree.js';
import type { SeriesOf } from '../score/series-values.js';
import type { DerivedGraph } from './derived-graph.js';
import { expectedPeriods } from './expected-periods.js';
import { type DueMoment, isPastDue } from './past-due.js';

/** Stored values that derived measures of one level are made of, and the days they cover. */
export interface LoadedInputs {
  readonly config: ResolvedConfig;
  readonly tree: ScorecardTree;
  readonly graph: DerivedGraph;
  readonly moment: DueMoment;
  readonly actuals: ReadonlyMap<string, readonly CurrentValue[]>;
  /** Periods that were reported without a value. */
  readonly without: ReadonlyMap<string, readonly NoValueRecord[]>;
  readonly seriesOf: (measure: Measure) => SeriesOf;
  /** Days whose periods may be asked for, `[start, end)`. */
  readonly days: { readonly start: CalendarDate; readonly end: CalendarDate };
}

/** What derivations of one level ask of the stored values; each series is made once. */
export function derivedLookup(loaded: LoadedInputs): (measure: DerivedMeasure) => Lookup {
  const { tree, graph } = loaded;
  const made = new Map<string, StoredSeries>();
  const once = (key: string, make: () => StoredSeries): StoredSeries => {
    const series = made.get(key) ?? make();
    made.set(key, series);
    return series;
  };
  const ofMeasure = (measure: Measure): StoredSeries => once(measure.address, () => storedValues(measure, loaded));
  return (own) => ({
    series(address, name) {
      const measure = address === undefined ? own : tree.measureAt(address);
      if (measure === undefined) return undefined;
      return name === undefined
        ? ofMeasure(measure)
        : once(`${measure.address}#${name}`, () => namedSeries(measure, name, loaded));
    },
    children: (id) =>
      graph.childrenOf(own, id).flatMap((address) => {
        const measure = tree.measureAt(address);
        return measure === undefined ? [] : [{ address, series: ofMeasure(measure) }];
      }),
  });
}

function storedValues(measure: Measure, { config, actuals, without, tree, graph, moment }: LoadedInputs): StoredSeries {
  const reported = (without.get(measure.address) ?? []).map(({ period, reason, numerator }): [string, StoredPart] => {
    const sides = numerator === undefined ? {} : { numerator, denominator: '0' };
    return [period.id, { whyNone: noValueWords(reason), ...sides }];
  });
  const parts = (actuals.get(measure.address) ?? []).map(({ period, value, evidence }): [string, StoredPart] => {
    const { numerator, denominator } = evidence;
    const sides = numerator === undefined || denominator === undefined ? {} : { numerator, denominator };
    const partial = isDerived(measure) && madeWithout(measure, evidence) !== undefined ? { partial: true } : {};
    const edges = edgesIn(evidence.derived);
    return [period.id, { value, ...sides, ...partial, ...(edges === undefined ? {} : { edges }) }];
  });
  const scale = scaleOf(measure, tree, graph);
  const isExpected = expectedPeriods(config);
  return {
    grain: measure,
    combination: combinationOfMeasure(measure, tree.measureAt),
    ...(scale === '1' ? {} : { scale }),
    // A value goes before what was once found without one.
    values: new Map([...reported, ...parts]),
    isDue: (period) => isPastDue(measure, period, moment),
    isExpected: (period) => isExpected(measure, period),
  };
}

/** What the ratio of a measure is multiplied by; of one made of those below theirs. */
function scaleOf(measure: Measure, tree: ScorecardTree, graph: DerivedGraph): string {
  if (isCollected(measure)) return measure.scale;
  if (measure.derivation.kind !== 'children') return '1';
  const [first] = graph.childrenOf(measure, measure.derivation.measure);
  const child = first === undefined ? undefined : tree.measureAt(first);
  return child === undefined ? '1' : scaleOf(child, tree, graph);
}

/** A named series at the grain of its measure; a range is no number. */
function namedSeries(measure: Measure, name: string, { seriesOf, days, tree }: LoadedInputs): StoredSeries {
  const at = seriesOf(measure);
  const kind = isCollected(measure) ? measure.aggregation.kind : combinationOfMeasure(measure, tree.measureAt);
  const values = periodsIn(days.start, days.end, measure).flatMap((period): [string, StoredPart][] => {
    const reading = at(name, period);
    return reading.ok && reading.target.kind === 'value' ? [[period.id, { value: reading.target.value }]] : [];
  });
  return { grain: measure, combination: liftOf(kind), values: new Map(values) };
}
