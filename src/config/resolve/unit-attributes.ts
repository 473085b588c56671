import type { Measure } from '#src/domain/measure/types.js';
import { TARGET } from '#src/domain/series/target-series.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import { remedyForName } from '../spec/closest-name.js';
import type { ScorecardEntries } from '../spec/read-specs.js';
import { nameOf } from '../spec/report-issues.js';
import type { Scorecard, UnitSet } from '../types.js';
import { attributeGaps, gapText } from '../units/attribute-gaps.js';

/** A scorecard as it was written and as it was resolved. */
interface AttributeUser {
  readonly entries: ScorecardEntries;
  readonly scorecard: Scorecard | undefined;
  readonly measures: readonly Measure[];
}

/**
 * Series that are numbers of units: some unit must have the number; those that have not are warned of, each series once
 * however many there are. Units that come from an extract are judged by its columns, the rest when they are read.
 */
export function checkAttributes(
  users: readonly AttributeUser[],
  unitSets: readonly UnitSet[],
  problems: ProblemList,
): void {
  const sets = new Map(unitSets.map((set) => [set.id, set]));
  for (const user of users) {
    const { scorecard } = user;
    if (scorecard === undefined) continue;
    const set = scorecard.forEach === undefined ? undefined : sets.get(scorecard.forEach);
    // A set that is not there has been told.
    if (scorecard.forEach === undefined || set !== undefined) checkScorecard(user, scorecard, set, problems);
  }
}

function checkScorecard(
  { entries, measures }: AttributeUser,
  scorecard: Scorecard,
  set: UnitSet | undefined,
  problems: ProblemList,
): void {
  const known = set === undefined ? [] : attributesOf(set);
  const unknown = new Set<string>();
  for (const { address, id, series = [] } of measures) {
    for (const { name, source } of series) {
      if (source.kind !== 'attribute' || known.includes(source.name)) continue;
      const place = placeOf(entries, id, name);
      if (place === undefined) continue;
      unknown.add(`${address} ${name}`);
      const whose = set === undefined ? 'its scorecard is of no units' : `no unit of "${set.id}" has such a number`;
      const message = `${nameOf(place)}: there is no attribute "${source.name}": ${whose}`;
      const none = 'give the units this number among their attributes, with for_each in the head of the scorecard';
      problems.error('CONFIG_UNKNOWN_ATTRIBUTE', place, message, remedyForName(source.name, known, none));
    }
  }
  for (const gap of attributeGaps(scorecard, measures, set?.units ?? [])) {
    const place = placeOf(entries, gap.measure.slice(scorecard.address.length + 1), gap.series);
    if (place === undefined || unknown.has(`${gap.measure} ${gap.series}`)) continue;
    const remedy = 'give each unit the number, or leave them as they are: a measure without target has no score';
    problems.warn('CONFIG_UNITS_WITHOUT_ATTRIBUTE', place, `${nameOf(place)}: ${gapText(gap)}`, remedy);
  }
}

function attributesOf({ units, from }: UnitSet): readonly string[] {
  return from === undefined
    ? [...new Set(units.flatMap(({ attributes = {} }) => Object.keys(attributes)))]
    : (from.attributes ?? []);
}

function placeOf({ measures }: ScorecardEntries, id: string, series: string): Place | undefined {
  const place = measures.entries.find((entry) => entry.id === id)?.place;
  if (place === undefined) return undefined;
  return below(place, ...(series === TARGET ? ['targets'] : ['series', series]), 'attribute');
}
