import type { ResolvedConfig } from '#src/config/types.js';
import { dependencyOrder } from '#src/domain/graph/dependency-order.js';
import { type DerivedMeasure, isDerived, type Measure } from '#src/domain/measure/types.js';
import type { WorkingCalendar } from '#src/domain/period/types.js';
import { collectedAddress } from '#src/domain/series/types.js';
import { contentDigest } from '../content-digest.js';
import { type ScorecardTree, scorecardTree } from '../score/scorecard-tree.js';
import { workingCalendarOf } from '../score/working-calendar-of.js';

/** Derived measures in the order in which they are computed, and what each is made of. */
export interface DerivedGraph {
  /** Each level is made of measures that rows make, and of those of the levels before. */
  readonly levels: readonly (readonly DerivedMeasure[])[];
  /** Addresses of the measures and collected series that one is made of. */
  readonly inputsOf: (measure: DerivedMeasure) => readonly string[];
  /** Addresses of the same measure in the nearest scorecards below that have it. */
  readonly childrenOf: (measure: DerivedMeasure, id: string) => readonly string[];
  /**
   * Of all that decides its values but the values it is made of: with the scorecards below, where it is made of theirs,
   * and the days on which nothing is expected of its inputs.
   */
  readonly digestOf: (measure: DerivedMeasure) => string;
}

const known = new WeakMap<ResolvedConfig, DerivedGraph>();

/** Looked up once a configuration. */
export function derivedGraph(config: ResolvedConfig): DerivedGraph {
  const found = known.get(config) ?? graphOf(config);
  known.set(config, found);
  return found;
}

/** Derived measures above any of these addresses, however far. */
export function derivedAbove(config: ResolvedConfig, addresses: Iterable<string>): readonly DerivedMeasure[] {
  const { levels, inputsOf } = derivedGraph(config);
  const below = new Set(addresses);
  return levels.flat().filter((measure) => {
    const isAbove = inputsOf(measure).some((address) => below.has(address));
    if (isAbove) below.add(measure.address);
    return isAbove;
  });
}

function graphOf(config: ResolvedConfig): DerivedGraph {
  const tree = scorecardTree(config);
  const derived = config.measures.filter(isDerived);
  const inputs = new Map(derived.map((measure) => [measure.address, addressesRead(measure, tree)]));
  const measures = new Map(derived.map((measure) => [measure.address, measure]));
  const outcome = dependencyOrder(
    new Map([...inputs].map(([address, read]) => [address, read.filter((each) => measures.has(each))])),
  );
  // A circle is a mistake that no configuration is applied with; without an order nothing is computed.
  const order = outcome.ok ? outcome.order : [];
  const depths = new Map<string, number>();
  const levels: DerivedMeasure[][] = [];
  for (const address of order) {
    const measure = measures.get(address);
    if (measure === undefined) continue;
    const depth = Math.max(-1, ...(inputs.get(address) ?? []).map((each) => depths.get(each) ?? -1)) + 1;
    depths.set(address, depth);
    const level = levels[depth] ?? [];
    level.push(measure);
    levels[depth] = level;
  }
  return {
    levels,
    inputsOf: ({ address }) => inputs.get(address) ?? [],
    childrenOf: ({ scorecard }, id) => childAddresses(scorecard, id, tree),
    digestOf: ({ address, derivation, valueDigest }) => {
      const children = derivation.kind === 'children' ? { children: inputs.get(address) } : {};
      const closed = (inputs.get(address) ?? []).flatMap((input) => closedDays(tree.measureAt(input), config));
      const expected = closed.length === 0 ? {} : { closed };
      const more = { ...children, ...expected };
      return Object.keys(more).length === 0 ? valueDigest : contentDigest({ valueDigest, ...more });
    },
  };
}

/** By which days nothing is expected of an input: without them it is whole, so a change of them changes what is made of it. */
function closedDays(measure: Measure | undefined, { site }: ResolvedConfig): readonly (readonly [string, string])[] {
  if (measure === undefined || isDerived(measure) || measure.expects?.observations !== 'working_days') return [];
  return [[measure.address, calendarDigest(workingCalendarOf(measure, site))]];
}

/** By calendar: it lives as long as the configuration it belongs to. */
const digests = new WeakMap<WorkingCalendar, string>();

function calendarDigest(calendar: WorkingCalendar): string {
  const digest = digests.get(calendar) ?? contentDigest({ ...calendar });
  digests.set(calendar, digest);
  return digest;
}

function addressesRead(measure: DerivedMeasure, tree: ScorecardTree): readonly string[] {
  const { derivation, address: own } = measure;
  if (derivation.kind === 'children') return childAddresses(measure.scorecard, derivation.measure, tree);
  const inputs = derivation.kind === 'formula' ? Object.values(derivation.inputs) : [derivation.input];
  const addresses = inputs.flatMap(({ measure: address = own, series }) =>
    // A series may be made of the measure's own past, and of what is collected for it.
    series === undefined ? [address] : [...(address === own ? [] : [address]), collectedAddress(address, series)],
  );
  return [...new Set(addresses)];
}

/** The nearest scorecards below that have the measure: one that has it not, as that above many units, is looked through. */
function childAddresses(scorecard: string, id: string, tree: ScorecardTree): readonly string[] {
  return tree.childrenOf(scorecard).flatMap((child) => {
    const address = `${child.address}/${id}`;
    return tree.measureAt(address) === undefined ? childAddresses(child.address, id, tree) : [address];
  });
}
