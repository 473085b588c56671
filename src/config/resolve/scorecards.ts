import { findCycle } from '#src/domain/graph/find-cycle.js';
import type { Measure } from '#src/domain/measure/types.js';
import { below } from '../problem-list.js';
import type { Entries, Entry, ScorecardEntries } from '../spec/read-specs.js';
import { valueAt } from '../spec/report-issues.js';
import type { ObjectiveSpec, ScorecardHeadSpec } from '../spec/scorecard-spec.js';
import type { Extract, Objective, Scorecard } from '../types.js';
import { checkReference, type ResolveContext, type SiteDefaults } from './context.js';
import { checkDue } from './due-rule.js';
import type { KnownMeasures } from './known-measures.js';
import { resolveMeasure } from './measures.js';
import { calendarOf, calendarsWithin } from './period-calendars.js';
import { resolveScorecardRollUps, type ScorecardRollUps } from './scorecard-roll-ups.js';

/** One scorecard with its measures; `undefined` when its head is malformed, though the rest is checked all the same. */
export function resolveScorecard(
  entries: ScorecardEntries,
  extracts: readonly Extract[],
  context: ResolveContext,
  defaults: SiteDefaults,
  known: KnownMeasures,
): { readonly scorecard: Scorecard | undefined; readonly measures: readonly Measure[] } {
  const { specs, problems } = context;
  const { head } = entries;
  const id = head?.id ?? '';
  if (head !== undefined)
    checkReference('owner', head.spec.owner, specs.people.ids, below(head.place, 'owner'), problems);

  if (head !== undefined) checkHead(head, context);
  if (head !== undefined) checkDue({ spec: head.spec.due, place: head.place }, context);

  const rollUps = resolveScorecardRollUps(entries, context);
  const objectives = resolveObjectives(entries, id, rollUps, context);
  const measureContext = {
    ...context,
    defaults,
    extracts: new Map(extracts.map((extract) => [extract.id, extract])),
    scorecard: id,
    forEach: head?.spec.for_each,
    due: head?.spec.due,
    known,
    objectives: entries.objectives.ids,
    calendars: calendarsWithin(defaults.calendars, head?.spec.calendar),
  };
  const measures = entries.measures.entries.map((entry) => resolveMeasure(entry, measureContext));
  checkUse(entries, context);
  const perspectives = entries.perspectives.entries.map(({ id: own, spec: { name, weight } }) => ({
    address: `${id}/${own}`,
    name,
    weight,
    ...rollUps.perspectives.get(own),
  }));
  const scorecard = head && {
    address: id,
    name: head.spec.name,
    owner: head.spec.owner,
    frequency: head.spec.frequency,
    ...(head.spec.for_each === undefined ? {} : { forEach: head.spec.for_each, parentsBy: head.spec.parents_by }),
    ...(head.spec.parent === undefined ? {} : { parent: { scorecard: head.spec.parent, weight: head.spec.weight } }),
    ...rollUps.scorecard,
    ...calendarOf(head.spec.calendar, head.spec.frequency, below(head.place, 'calendar'), defaults.calendars, problems),
    perspectives,
    objectives,
  };
  return { scorecard, measures };
}

/** The set of units and the scorecard above have to be there. */
function checkHead({ spec, place }: Entry<ScorecardHeadSpec>, { specs, problems }: ResolveContext): void {
  if (spec.for_each !== undefined) {
    checkReference('units', spec.for_each, specs.units.ids, below(place, 'for_each'), problems);
  }
  if (spec.parent === undefined) return;
  const known = new Set(specs.scorecards.flatMap(({ head }) => head?.id ?? []));
  checkReference('scorecard', spec.parent, known, below(place, 'parent'), problems);
}

/** Scorecards that count for each other in a circle never have a score. */
export function checkParents({ specs, problems }: ResolveContext): void {
  const heads = specs.scorecards.flatMap(({ head }) => head ?? []);
  const graph = new Map(heads.map(({ id, spec }) => [id, spec.parent === undefined ? [] : [spec.parent]]));
  const cycle = findCycle(graph);
  const start = heads.find(({ id }) => id === cycle?.[0]);
  if (cycle === undefined || start === undefined) return;
  const message = `scorecards count for each other in a circle: ${cycle.join(' → ')}`;
  problems.error('CONFIG_PARENT_CYCLE', below(start.place, 'parent'), message, 'leave the parent of one of them out');
}

function resolveObjectives(
  { objectives, perspectives }: ScorecardEntries,
  scorecard: string,
  rollUps: ScorecardRollUps,
  { specs, problems }: ResolveContext,
): readonly Objective[] {
  for (const { spec, place } of objectives.entries) {
    checkReference('perspective', spec.perspective, perspectives.ids, below(place, 'perspective'), problems);
    checkReference('owner', spec.owner, specs.people.ids, below(place, 'owner'), problems);
    for (const [index, driven] of spec.drives.entries()) {
      checkReference('objective', driven, objectives.ids, below(place, 'drives', index), problems);
    }
  }
  checkDrives(objectives, problems);
  return objectives.entries.map(({ id, spec }) => ({
    address: `${scorecard}/${id}`,
    name: spec.name,
    perspective: `${scorecard}/${spec.perspective}`,
    owner: spec.owner,
    weight: spec.weight,
    drives: [...new Set(spec.drives)].map((driven) => `${scorecard}/${driven}`),
    ...rollUps.objectives.get(id),
  }));
}

function checkDrives({ entries }: Entries<ObjectiveSpec>, problems: ResolveContext['problems']): void {
  const cycle = findCycle(new Map(entries.map(({ id, spec }) => [id, spec.drives])));
  const start = entries.find(({ id }) => id === cycle?.[0]);
  if (cycle === undefined || start === undefined) return;
  const index = start.spec.drives.indexOf(cycle[1] ?? '');
  const message = `objectives drive each other in a circle: ${cycle.join(' → ')}`;
  const remedy = 'remove one of the links: cause and effect run one way';
  problems.error('CONFIG_DRIVES_CYCLE', below(start.place, 'drives', index), message, remedy);
}

/** Warns of parents without children: they never have a score. Children that are malformed count. */
function checkUse({ perspectives, objectives, measures }: ScorecardEntries, { problems }: ResolveContext): void {
  const file = (objectives.entries[0] ?? perspectives.entries[0] ?? measures.entries[0])?.place.file;
  const namedBy = (list: string, key: string): ReadonlySet<unknown> => {
    const content = valueAt(file?.value, [list]);
    return new Set((Array.isArray(content) ? content : []).map((item: unknown) => valueAt(item, [key])));
  };
  const measured = namedBy('measures', 'objective');
  for (const { id, place } of objectives.entries) {
    if (measured.has(id)) continue;
    const message = `objective "${id}" has no measure, so it never has a score`;
    problems.warn('CONFIG_OBJECTIVE_WITHOUT_MEASURE', place, message, 'add a measure, or remove the objective');
  }
  const used = namedBy('objectives', 'perspective');
  for (const { id, place } of perspectives.entries) {
    if (used.has(id)) continue;
    const message = `perspective "${id}" has no objective, so it never has a score`;
    problems.warn(
      'CONFIG_PERSPECTIVE_WITHOUT_OBJECTIVE',
      place,
      message,
      'add an objective, or remove the perspective',
    );
  }
}
