import { findCycle } from '#src/domain/graph/find-cycle.js';
import type { SeriesCollection } from '#src/domain/measure/types.js';
import type { Grain } from '#src/domain/period/types.js';
import { TARGET } from '#src/domain/series/target-series.js';
import type { Series, SeriesSource } from '#src/domain/series/types.js';
import { below, type Place } from '../problem-list.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { SeriesFormSpec, SeriesSpec } from '../spec/series-spec.js';
import type { Extract } from '../types.js';
import { resolveAggregation } from './aggregation.js';
import { checkReference, type ResolveContext } from './context.js';
import { resolveForm } from './series-forms.js';
import { resolveVersions, wantedOf } from './targets.js';
import { resolveUnitColumn } from './unit-column.js';
import type { ValuesOverTime } from './values-over-time.js';

/** A measure whose series are resolved. */
interface SeriesOwner {
  readonly spec: MeasureSpec;
  /** How its values behave over several periods. */
  readonly aggregation: ValuesOverTime;
  /** Of its values. */
  readonly grain: Grain;
  /** The words of an ordinal measure, worst first. */
  readonly labels: readonly string[] | undefined;
  /** Of the measure. */
  readonly place: Place;
}

interface SeriesResolveContext extends ResolveContext {
  /** The set of units that the scorecard's definition serves, if it does. */
  readonly forEach: string | undefined;
  readonly extracts: ReadonlyMap<string, Extract>;
}

/**
 * All series of a measure but the versions of its target, and how those are read that an extract gives.
 *
 * What is wrong with one leaves it out.
 */
export function resolveSeries(
  owner: SeriesOwner,
  context: SeriesResolveContext,
): { readonly series: readonly Series[]; readonly collects: readonly SeriesCollection[] } {
  const written = writtenSeries(owner);
  checkRelations(written, owner, context);
  const series: Series[] = [];
  const collects: SeriesCollection[] = [];
  for (const { name, spec, place } of written) {
    if (!Array.isArray(spec) && spec.from !== undefined) {
      collects.push(resolveCollection(name, spec, spec.from, place, owner, context));
    }
    const source = resolveSource({ name, spec, place }, owner, context);
    if (source !== undefined) series.push({ name, source });
  }
  return { series, collects };
}

/** Extracts that the series of a measure are read from. */
export function extractsOfSeries(spec: MeasureSpec): readonly string[] {
  return [spec.targets, ...Object.values(spec.series ?? {})].flatMap((each) =>
    Array.isArray(each) ? [] : (each.from?.extract ?? []),
  );
}

interface WrittenSeries {
  readonly name: string;
  readonly spec: SeriesSpec;
  readonly place: Place;
}

/** Without the versions of the target, which have a place of their own; a measure that is not scored has no target. */
function writtenSeries({ spec, place }: SeriesOwner): readonly WrittenSeries[] {
  const hasRule = !Array.isArray(spec.targets) && spec.direction !== 'unscored';
  return [
    ...(hasRule ? [{ name: TARGET, spec: spec.targets, place: below(place, 'targets') }] : []),
    ...Object.entries(spec.series ?? {}).map(([name, own]) => ({
      name,
      spec: own,
      place: below(place, 'series', name),
    })),
  ];
}

function resolveSource(
  { name, spec, place }: WrittenSeries,
  { spec: measure, aggregation, grain, labels }: SeriesOwner,
  { problems }: SeriesResolveContext,
): SeriesSource | undefined {
  const { direction } = measure;
  const wanted = wantedOf(name, { direction, ...(labels === undefined ? {} : { labels }) });
  if (Array.isArray(spec)) return { kind: 'versions', versions: resolveVersions(spec, wanted, place, problems, grain) };
  return resolveForm(spec, { measure, aggregation, grain, wanted, place, problems });
}

/** Who a series is relative to must be there, and the relations must end somewhere. */
function checkRelations(written: readonly WrittenSeries[], { spec }: SeriesOwner, { problems }: ResolveContext): void {
  const hasVersions = Array.isArray(spec.targets) && spec.targets.length > 0;
  const names = new Set([...(hasVersions ? [TARGET] : []), ...written.map(({ name }) => name)]);
  const relations = new Map<string, readonly string[]>();
  for (const { name, spec: own, place } of written) {
    const than = Array.isArray(own) ? undefined : own.better_than;
    if (than === undefined) continue;
    if (checkReference('series', than, names, below(place, 'better_than'), problems)) relations.set(name, [than]);
  }
  const cycle = findCycle(relations);
  const start = written.find(({ name }) => name === cycle?.[0]);
  if (cycle === undefined || start === undefined) return;
  const message = `series are relative to each other in a circle: ${cycle.join(' → ')}`;
  const remedy = 'give one of them values of its own';
  problems.error('CONFIG_SERIES_CYCLE', below(start.place, 'better_than'), message, remedy);
}

function resolveCollection(
  name: string,
  { frequency }: SeriesFormSpec,
  from: NonNullable<SeriesFormSpec['from']>,
  place: Place,
  { spec }: SeriesOwner,
  { extracts, specs, problems, forEach }: SeriesResolveContext,
): SeriesCollection {
  const at = below(place, 'from');
  checkReference('extract', from.extract, specs.extracts.ids, below(at, 'extract'), problems);
  const extract = extracts.get(from.extract);
  const aggregation = resolveAggregation(from, extract?.columns, at, problems);
  const unitColumn = resolveUnitColumn(from, extract, at, { forEach, problems });
  const scale = from.scale ?? (aggregation.kind === 'ratio' && spec.unit === 'percent' ? '100' : '1');
  if (scale === '0') {
    const remedy = 'use a scale other than 0, or leave it out';
    problems.error('CONFIG_INVALID_VALUE', below(at, 'scale'), 'scale 0 makes every value 0', remedy);
  }
  return {
    name,
    frequency: frequency ?? spec.frequency,
    extract: from.extract,
    aggregation,
    scale,
    ...(unitColumn === undefined ? {} : { unitColumn }),
  };
}
