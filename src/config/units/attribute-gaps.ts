import type { Measure } from '#src/domain/measure/types.js';
import type { Unit } from '#src/domain/unit/types.js';
import type { ResolvedConfig, Scorecard } from '../types.js';
import { firstFew } from './first-few.js';

/** A series of a definition that is a number of each unit, and the units that have no such number. */
export interface AttributeGap {
  /** Address of the measure of the definition. */
  readonly measure: string;
  readonly series: string;
  readonly attribute: string;
  readonly without: readonly Unit[];
  /** Units that have the measure. */
  readonly of: number;
}

/** Where the numbers of units leave gaps: of each series that is made of them, in the order of the measures. */
export function attributeGaps(
  { parentsBy }: Pick<Scorecard, 'parentsBy'>,
  measures: readonly Measure[],
  units: readonly Unit[],
): readonly AttributeGap[] {
  const parents = new Set(units.map(({ parent }) => parent));
  const measured = parentsBy === 'value' ? units : units.filter(({ id }) => !parents.has(id));
  return measures.flatMap(({ address, series = [] }) =>
    series.flatMap(({ name, source }): AttributeGap[] => {
      if (source.kind !== 'attribute') return [];
      const without = measured.filter(({ attributes }) => attributes?.[source.name] === undefined);
      if (without.length === 0) return [];
      return [{ measure: address, series: name, attribute: source.name, without, of: measured.length }];
    }),
  );
}

/** A gap in words; the first few units are named. */
export function gapText({ measure, series, attribute, without, of }: AttributeGap): string {
  const who = `${without.length} of ${of} units have no "${attribute}" (${firstFew(without.map(({ id }) => id))})`;
  return `${who}: their ${measure.slice(measure.lastIndexOf('/') + 1)} has no ${series}`;
}

/** The gaps of definitions over some sets of units, in words. */
export function attributeGapsOf({ templates, unitSets = [] }: ResolvedConfig, sets: ReadonlySet<string>): string[] {
  const units = new Map(unitSets.map((set) => [set.id, set.units]));
  return (templates?.scorecards ?? []).flatMap((scorecard) => {
    const { address, forEach = '' } = scorecard;
    if (!sets.has(forEach)) return [];
    const measures = templates?.measures.filter((measure) => measure.scorecard === address) ?? [];
    return attributeGaps(scorecard, measures, units.get(forEach) ?? []).map(
      (gap) => `Units of "${forEach}": ${gapText(gap)}`,
    );
  });
}
