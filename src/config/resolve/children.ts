import { isCollected, isDerived, type Measure } from '#src/domain/measure/types.js';
import { unitCombinationOf } from '#src/domain/unit/combine-units.js';
import { isAsFine } from '#src/domain/window/grain-periods.js';
import type { Combination } from '#src/domain/window/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import { remedyForName } from '../spec/closest-name.js';
import type { ScorecardEntries } from '../spec/read-specs.js';
import { nameOf } from '../spec/report-issues.js';
import type { Scorecard } from '../types.js';

/** A scorecard as it was written and as it was resolved. */
interface ScorecardAbove {
  readonly entries: ScorecardEntries;
  readonly scorecard: Scorecard | undefined;
  readonly measures: readonly Measure[];
}

/**
 * Measures whose values are made of those of scorecards or units below: the nearest below that have such a measure, in the
 * same unit and no coarser, whose values can be combined so.
 */
export function checkChildren(all: readonly ScorecardAbove[], problems: ProblemList): void {
  for (const { entries, scorecard, measures } of all) {
    if (scorecard === undefined) continue;
    for (const measure of measures) {
      const place = entries.measures.entries.find(({ id }) => id === measure.id)?.place;
      if (place === undefined) continue;
      if (scorecard.forEach !== undefined) checkOfUnits(measure, scorecard, place, problems);
      else if (isDerived(measure) && measure.derivation.kind === 'children' && measure.derivation.measure !== '') {
        checkOfScorecards(measure, measure.derivation.measure, scorecard, all, below(place, 'from'), problems);
      }
    }
  }
}

/** In a definition of many units, those above others have their values made of theirs by `parents_by: value`. */
function checkOfUnits(measure: Measure, { parentsBy }: Scorecard, place: Place, problems: ProblemList): void {
  if (isDerived(measure)) {
    if (measure.derivation.kind !== 'children' || measure.derivation.measure === '') return;
    const at = below(place, 'from', 'children');
    const message = `${nameOf(at)}: units without others below them never have a value of it`;
    const remedy = 'write where their values come from; with parents_by: value those above have the values of theirs';
    problems.warn('CONFIG_WITHOUT_CHILDREN', { ...at, at: 'key' }, message, remedy);
    return;
  }
  const { kind } = measure.aggregation;
  if (parentsBy !== 'value' || measure.unitCombine !== undefined || unitCombinationOf(kind) !== 'none') return;
  const at = below(place, 'from', 'unit');
  const message = `${nameOf(at)}: parents_by: value makes values of units above others, and nothing says how a ${kind.replace('_', ' ')} of each becomes one`;
  problems.error(
    'CONFIG_CHILDREN_COMBINE',
    at,
    message,
    'say it: unit: { column: …, combine: sum }; or parents_by: score',
  );
}

function checkOfScorecards(
  measure: Measure,
  id: string,
  { address }: Scorecard,
  all: readonly ScorecardAbove[],
  place: Place,
  problems: ProblemList,
): void {
  const at = below(place, 'children');
  const children = all.filter(({ scorecard }) => scorecard?.parent?.scorecard === address);
  if (children.length === 0) {
    const message = `${nameOf(at)}: no scorecard counts for "${address}", so it never has a value`;
    problems.warn('CONFIG_WITHOUT_CHILDREN', at, message, `say parent: ${address} in the head of the scorecards below`);
    return;
  }
  const found = nearestBelow(address, id, all);
  if (found.length === 0) {
    const names = children.flatMap(({ measures }) => measures.map((each) => each.id));
    const message = `${nameOf(at)}: no scorecard below "${address}" has a measure "${id}"`;
    problems.error(
      'CONFIG_UNKNOWN_MEASURE',
      at,
      message,
      remedyForName(id, names, 'define it in the scorecards below'),
    );
    return;
  }
  for (const child of found) checkPair(measure, child, place, problems);
}

function checkPair(measure: Measure, child: Measure, place: Place, problems: ProblemList): void {
  if (child.unit !== measure.unit) {
    const message = `${nameOf(place)}: "${child.address}" is in ${child.unit}, and "${measure.address}" in ${measure.unit}`;
    problems.error('CONFIG_CHILDREN_UNITS', place, message, 'give both the same unit: values are combined as they are');
  }
  if (!isAsFine(child, measure)) {
    const message = `${nameOf(place)}: "${child.address}" is ${child.frequency}, and its values cannot be split into ${measure.frequency} ones`;
    const remedy = `report this measure ${child.frequency} or less often, or its children as often as it`;
    problems.error('CONFIG_COARSER_INPUT', place, message, remedy);
  }
  const { derivation } = isDerived(measure) ? measure : { derivation: undefined };
  if (derivation?.kind === 'children' && derivation.combine === 'ratio' && combinationOf(child) !== 'ratio') {
    const at = below(place, 'combine');
    const message = `${nameOf(at)}: "${child.address}" is no ratio: there is nothing to divide the sums of`;
    problems.error('CONFIG_CHILDREN_COMBINE', at, message, 'combine by sum, mean, min or max');
  }
}

/** The measures of an id in the nearest scorecards below that have it. */
export function nearestBelow(
  address: string,
  id: string,
  all: readonly Pick<ScorecardAbove, 'scorecard' | 'measures'>[],
  passed: readonly string[] = [],
): Measure[] {
  // Parents in a circle are told elsewhere.
  if (passed.includes(address)) return [];
  return all.flatMap(({ scorecard, measures }) => {
    if (scorecard?.parent?.scorecard !== address) return [];
    const own = measures.find((each) => each.id === id);
    return own === undefined ? nearestBelow(scorecard.address, id, all, [...passed, address]) : [own];
  });
}

function combinationOf(measure: Measure): Combination {
  if (isCollected(measure)) return unitCombinationOf(measure.aggregation.kind);
  return measure.derivation.kind === 'children' ? measure.derivation.combine : 'none';
}
