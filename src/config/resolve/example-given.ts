import { isCollected, type Measure } from '#src/domain/measure/types.js';
import type { Period } from '#src/domain/period/types.js';
import { TARGET, targetSeries } from '#src/domain/series/target-series.js';
import { type ByPeriod, collectedAddress } from '#src/domain/series/types.js';
import type { Target } from '#src/domain/target/types.js';
import type { StoredPart } from '#src/domain/window/types.js';
import { below, type Place } from '../problem-list.js';
import { remedyForName } from '../spec/closest-name.js';
import type { ExampleSpec, GivenSeries, GivenValue } from '../spec/examples-spec.js';
import { nameOf } from '../spec/report-issues.js';
import type { Example, Extract } from '../types.js';
import { checkReference, type ResolveContext } from './context.js';
import { namedPeriod } from './series-periods.js';
import { resolveTarget, wantedOf } from './targets.js';

/** What an example is resolved with, beside its own measure. */
export interface ExampleContext extends ResolveContext {
  readonly measures: ReadonlyMap<string, Measure>;
  /** Addresses of all measures, malformed ones too. */
  readonly known: ReadonlySet<string>;
  readonly extracts: readonly Extract[];
  /** Set of units that the measure's definition serves, if it does. */
  readonly forEach: string | undefined;
}

/** Values that an example gives of measures and their series, by address and period. */
export function resolveGiven(
  written: NonNullable<ExampleSpec['given']>,
  measure: Measure,
  place: Place,
  context: ExampleContext,
): Example['given'] {
  const given: Record<string, ByPeriod<StoredPart>> = {};
  for (const [name, values] of Object.entries(written)) {
    const at = below(place, name);
    const found = givenMeasure(name, measure, at, context);
    if (found === undefined) continue;
    const parts: Record<string, StoredPart> = {};
    for (const [id, value] of Object.entries(values)) {
      const period = namedPeriod(id, ['own'], found.measure, below(at, id), context.problems);
      if (period !== undefined) parts[period.id] = partOf(value);
    }
    given[found.address] = parts;
  }
  return given;
}

function partOf(value: GivenValue): StoredPart {
  return typeof value === 'string' ? { value } : value;
}

/** The measure that a key means, if the example's measure is made of it; else the fault is told. */
function givenMeasure(
  written: string,
  measure: Measure,
  place: Place,
  { measures, known, problems }: ExampleContext,
): { readonly address: string; readonly measure: Measure } | undefined {
  const [name = '', series] = written.split('#');
  const address = name.includes('/') ? name : `${measure.scorecard}/${name}`;
  const whole = series === undefined ? address : collectedAddress(address, series);
  const at: Place = { ...place, at: 'key' };
  const definition = definitionOf(address, known);
  if (definition === undefined) {
    const prefix = `${measure.scorecard}/`;
    const own = [...known].flatMap((each) => (each.startsWith(prefix) ? each.slice(prefix.length) : []));
    const remedy = remedyForName(name, name.includes('/') ? known : own, 'define the measure first');
    problems.error('CONFIG_UNKNOWN_MEASURE', at, `${nameOf(place)}: there is no measure "${name}"`, remedy);
    return undefined;
  }
  const found = measures.get(definition);
  // A malformed one has been told of.
  if (found === undefined) return undefined;
  if (isMadeOf(measure, address, series)) return { address: whole, measure: found };
  const parts = madeOf(measure);
  const message = `${nameOf(place)}: the measure "${measure.id}" is not made of "${written}"`;
  const remedy =
    parts.length === 0
      ? 'remove it: what the measure is made of are rows'
      : `give what it is made of: ${parts.join(', ')}`;
  problems.error('CONFIG_EXAMPLE_GIVEN', at, message, remedy);
  return undefined;
}

/** Address of the definition behind an address: that of a unit's measure has the unit in its middle. */
function definitionOf(address: string, known: ReadonlySet<string>): string | undefined {
  const steps = address.split('/');
  return [address, `${steps[0]}/${steps.at(-1)}`].find((each) => known.has(each));
}

/** A measure may look at its own past, a derived one at its inputs, one above units at the same measure in each. */
function isMadeOf(measure: Measure, address: string, series: string | undefined): boolean {
  if (address === measure.address && series === undefined) return true;
  if (isCollected(measure)) return false;
  const { derivation } = measure;
  if (derivation.kind === 'children') return address.endsWith(`/${derivation.measure}`) && series === undefined;
  return inputsOf(measure).some((input) => (input.measure ?? measure.address) === address && input.series === series);
}

function madeOf(measure: Measure): readonly string[] {
  const prefix = `${measure.scorecard}/`;
  return inputsOf(measure).map((input) => {
    const address = input.measure ?? measure.address;
    const name = address.startsWith(prefix) ? address.slice(prefix.length) : address;
    return input.series === undefined ? name : collectedAddress(name, input.series);
  });
}

function inputsOf(measure: Measure) {
  if (isCollected(measure) || measure.derivation.kind === 'children') return [];
  const { derivation } = measure;
  return derivation.kind === 'formula' ? Object.values(derivation.inputs) : [derivation.input];
}

/** Series that an example gives itself, by name and period. */
export function resolveGivenSeries(
  { series = {}, target }: ExampleSpec,
  measure: Measure,
  period: Period,
  place: Place,
  { problems }: ResolveContext,
): Example['series'] {
  const names = new Set([TARGET, ...targetSeries(measure).map(({ name }) => name)]);
  const written: readonly (readonly [string, GivenSeries, Place])[] = [
    ...(target === undefined ? [] : [[TARGET, target, below(place, 'target')] as const]),
    ...Object.entries(series).map(([name, given]) => [name, given, below(place, 'series', name)] as const),
  ];
  const resolved: Record<string, ByPeriod<Target>> = {};
  for (const [name, given, at] of written) {
    if (!checkReference('series', name, names, { ...at, at: 'key' }, problems)) continue;
    const wanted = wantedOf(name, measure);
    const values: Record<string, Target> = {};
    for (const [id, value, valuePlace] of byPeriod(given, period, at)) {
      const named = id === period.id ? period : namedPeriod(id, ['own', 'coarser'], measure, valuePlace, problems);
      const parts = typeof value === 'string' ? { value } : value;
      const result = resolveTarget(parts, wanted, valuePlace, problems, valuePlace);
      if (named !== undefined && result !== undefined) values[named.id] = result;
    }
    resolved[name] = values;
  }
  return resolved;
}

type OneValue = string | { readonly low: string; readonly high: string };

function byPeriod(given: GivenSeries, period: Period, place: Place): readonly (readonly [string, OneValue, Place])[] {
  if (typeof given === 'string' || isRange(given)) return [[period.id, given, place]];
  return Object.entries(given).map(([id, value]) => [id, value, below(place, id)] as const);
}

function isRange(given: Exclude<GivenSeries, string>): given is { readonly low: string; readonly high: string } {
  return typeof given['low'] === 'string' && typeof given['high'] === 'string';
}
