import type { Grain } from '#src/domain/period/types.js';
import { coarserThan } from '#src/domain/series/series-calendar.js';
import { addsUpOverTime } from '#src/domain/series/series-over.js';
import type { SeriesSource } from '#src/domain/series/types.js';
import type { Target } from '#src/domain/target/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import { nameOf } from '../spec/report-issues.js';
import type { SeriesFormSpec } from '../spec/series-spec.js';
import { checkRestated } from './restated.js';
import { namedPeriod } from './series-periods.js';
import { resolveSplit } from './series-split.js';
import { resolveTarget, type Wanted } from './targets.js';
import type { ValuesOverTime } from './values-over-time.js';

/** What a rule of a series is resolved with. */
export interface FormContext {
  readonly measure: MeasureSpec;
  readonly aggregation: ValuesOverTime;
  /** Of the measure. */
  readonly grain: Grain;
  readonly wanted: Wanted;
  /** Of the series. */
  readonly place: Place;
  readonly problems: ProblemList;
}

/** The source that a rule describes; `undefined` when something is wrong with it. */
export function resolveForm(spec: SeriesFormSpec, context: FormContext): SeriesSource | undefined {
  checkKind(spec, context);
  checkScale(spec, context);
  const places = spec.places === undefined ? {} : { places: spec.places };
  if (spec.periods !== undefined) return resolvePeriods(spec.periods, context);
  if (spec.linear !== undefined) return resolveLinear(spec.linear, places, context);
  if (spec.split !== undefined) return resolveSplit(spec.split, spec.fixed ?? {}, spec.places, context);
  if (spec.better_than !== undefined) {
    return resolveRelative({ than: spec.better_than, betterByPercent: spec.by_percent ?? '0', ...places }, context);
  }
  if (spec.per !== undefined) return { kind: 'per', unit: spec.per, value: spec.value ?? '0', ...places };
  if (spec.attribute !== undefined) return { kind: 'attribute', name: spec.attribute };
  if (spec.own !== undefined) return resolveOwn(spec.own, context);
  return resolveCollected(spec, context);
}

/** Only what is written out can be a range. */
function checkKind(spec: SeriesFormSpec, { wanted, place, problems }: FormContext): void {
  if (wanted.kind !== 'range' || spec.periods !== undefined) return;
  const message = `${nameOf(place)}: an in-band measure is held to a range, and this rule gives one value`;
  problems.error('CONFIG_TARGET_KIND', place, message, 'write versions or periods with low: and high:');
}

/** Targets of what adds up scale with the length of a period; those of rates and balances do not. */
function checkScale(spec: SeriesFormSpec, { measure, aggregation, place, problems }: FormContext): void {
  const form = spec.split === undefined ? (spec.per === undefined ? undefined : 'per') : 'split';
  if (form === undefined) return;
  if (aggregation.windowed) {
    const message =
      `${nameOf(place)}: ${form} gives the target of one period, and each value of "${measure.id}" takes a window of ` +
      'several periods together';
    const remedy =
      'write the value that the whole window is to reach: versions [{ from: 2026-01, value: 12000 }], or periods: { 2026-01: 4000, 2026-02: 8000 }';
    problems.error('CONFIG_SERIES_SCALE', { ...below(place, form), at: 'key' }, message, remedy);
    return;
  }
  if (spec.additive || addsUpOverTime(aggregation.kind)) return;
  const message =
    `${nameOf(place)}: ${form} scales with the length of a period, but the values of "${measure.id}" ` +
    `(${aggregation.kind}) do not add up over time`;
  const beside = form === 'split' ? 'split: …' : 'per: …, value: …';
  const remedy = `write the value that holds for a period; or, where they do add up, say so beside ${form}: { ${beside}, additive: true }`;
  problems.error('CONFIG_SERIES_SCALE', { ...below(place, form), at: 'key' }, message, remedy);
}

function resolvePeriods(
  written: NonNullable<SeriesFormSpec['periods']>,
  context: FormContext,
): SeriesSource | undefined {
  const { measure, grain, aggregation, wanted, problems } = context;
  const values: Record<string, Target> = {};
  for (const [id, value] of Object.entries(written)) {
    const place = below(context.place, 'periods', id);
    const parts = typeof value === 'string' ? { value } : value;
    const target = resolveTarget(parts, wanted, place, problems, place);
    const period = namedPeriod(id, ['own', 'coarser'], grain, place, problems);
    if (period === undefined) continue;
    if (period.frequency !== measure.frequency && addsUpOverTime(aggregation.kind)) {
      const message = `${id} is ${period.frequency}, and the values of "${measure.id}", which is ${measure.frequency}, add up to it`;
      const remedy = `split it: { split: { ${id}: { total: 12000 } } }, or write each period`;
      problems.error('CONFIG_SERIES_SCALE', { ...place, at: 'key' }, message, remedy);
    }
    if (target !== undefined) values[period.id] = target;
  }
  return { kind: 'periods', values };
}

function resolveLinear(
  written: NonNullable<SeriesFormSpec['linear']>,
  places: { readonly places?: number },
  { grain, place, problems }: FormContext,
): SeriesSource | undefined {
  const knots = Object.entries(written).flatMap(([id, value]) => {
    const period = namedPeriod(id, ['own'], grain, below(place, 'linear', id), problems);
    return period === undefined ? [] : [{ start: period.start, knot: { period: period.id, value } }];
  });
  const ascending = knots.toSorted((a, b) => (a.start < b.start ? -1 : 1)).map(({ knot }) => knot);
  return { kind: 'linear', knots: ascending, ...places };
}

function resolveRelative(
  relative: Omit<Extract<SeriesSource, { kind: 'relative' }>, 'kind'>,
  { measure, place, problems }: FormContext,
): SeriesSource {
  const { direction } = measure;
  if (direction !== 'higher-is-better' && direction !== 'lower-is-better') {
    const message = `${nameOf(place)}: where the direction is ${direction}, nothing is better by a percentage`;
    const remedy = 'write the values, or let direction be higher-is-better or lower-is-better';
    problems.error('CONFIG_SERIES_DIRECTION', below(place, 'better_than'), message, remedy);
  }
  return { kind: 'relative', ...relative };
}

function resolveOwn(of: string, { grain, place, problems }: FormContext): SeriesSource | undefined {
  if (of === 'last_year_restated') checkRestated(grain, below(place, 'own'), problems);
  if (of === 'last_year' || of === 'last_year_restated') return { kind: 'own', of };
  const period = namedPeriod(of, ['own'], grain, { ...below(place, 'own'), at: 'value' }, problems);
  return period && { kind: 'own', of: { period: period.id } };
}

function resolveCollected(
  spec: SeriesFormSpec,
  { measure, grain, aggregation, place, problems }: FormContext,
): SeriesSource {
  const { frequency = measure.frequency } = spec;
  const isCoarser = coarserThan(grain).includes(frequency);
  const at = below(place, 'frequency');
  if (!isCoarser && frequency !== measure.frequency) {
    const message = `${nameOf(place)}: ${frequency} values are finer than "${measure.id}", which is ${measure.frequency}`;
    problems.error(
      'CONFIG_SERIES_PERIOD',
      at,
      message,
      `leave frequency out: rows are then put into ${measure.frequency} periods`,
    );
  } else if (isCoarser && addsUpOverTime(aggregation.kind)) {
    const message = `${nameOf(place)}: the values of "${measure.id}" add up over time, so a ${frequency} one cannot stand for each of its periods`;
    problems.error('CONFIG_SERIES_SCALE', at, message, `read ${measure.frequency} values`);
  }
  return { kind: 'collected', ...(spec.carry ? { carry: true } : {}) };
}
