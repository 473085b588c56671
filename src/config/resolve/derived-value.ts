import type { Derivation } from '#src/domain/measure/derivation.js';
import type { DerivedMeasure } from '#src/domain/measure/types.js';
import type { Grain } from '#src/domain/period/types.js';
import { digestOf } from '../digest.js';
import { below } from '../problem-list.js';
import type { ChildrenFromSpec, FormulaFromSpec, WindowFromSpec } from '../spec/derivation-spec.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { Entry } from '../spec/read-specs.js';
import { resolveDerivation } from './derivation.js';
import type { KnownMeasures } from './known-measures.js';
import type { MeasureContext } from './measures.js';

type DerivedFromSpec = FormulaFromSpec | WindowFromSpec | ChildrenFromSpec;

/** Stands where a derivation could not be resolved, which has been told: no such configuration is ever used. */
const NOTHING: Derivation = { kind: 'children', measure: '', combine: 'none' };

/** How a measure is computed from others, and the digest of all that decides it but their values. */
export function derivedValue(
  { id, spec, place }: Entry<MeasureSpec>,
  written: DerivedFromSpec,
  grain: Grain,
  { known, scorecard, defaults, problems }: MeasureContext,
): Pick<DerivedMeasure, 'derivation' | 'valueDigest'> & { readonly labels?: undefined } {
  const address = `${scorecard}/${id}`;
  const own = { ...grain, unit: spec.unit, series: known?.get(address)?.series, address, scorecard };
  refuseRowSettings(spec, place, problems);
  const derivation =
    'children' in written
      ? { kind: 'children' as const, measure: written.children, combine: written.combine }
      : (resolveDerivation(written, below(place, 'from'), { own, measures: known, problems }) ?? NOTHING);
  return {
    derivation,
    valueDigest: digestOf({
      ...grain,
      timeZone: defaults.timeZone,
      derivation,
      series: seriesReadBy(derivation, address, known),
    }),
  };
}

/** What belongs to rows has no meaning where there are none. */
function refuseRowSettings(
  spec: MeasureSpec,
  place: Entry<MeasureSpec>['place'],
  problems: MeasureContext['problems'],
): void {
  const refuse = (key: string): void =>
    problems.error(
      'CONFIG_DERIVED_SETTING',
      { ...below(place, key), at: 'key' },
      `${key} is about rows, and measure "${spec.id}" is computed from other measures`,
      `remove ${key}`,
    );
  if (spec.empty_means_zero) refuse('empty_means_zero');
  if (spec.expects !== undefined) refuse('expects');
}

/** Digests of the series that a derivation reads: they are written down, and a change of them changes values. */
function seriesReadBy(derivation: Derivation, own: string, known: KnownMeasures): readonly string[] {
  if (derivation.kind === 'children') return [];
  const inputs = derivation.kind === 'formula' ? Object.values(derivation.inputs) : [derivation.input];
  const owners = inputs.flatMap(({ measure, series }) => (series === undefined ? [] : [measure ?? own]));
  return [...new Set(owners)].sort().flatMap((address) => known?.get(address)?.seriesDigest ?? []);
}
