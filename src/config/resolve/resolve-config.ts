import { isDerived, type Measure } from '#src/domain/measure/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { below } from '../problem-list.js';
import { revisionOf } from '../revision.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { ScorecardEntries } from '../spec/read-specs.js';
import type { ConfigReading, Extract, ResolvedConfig, Templates } from '../types.js';
import { expandTemplates } from '../units/expand-templates.js';
import { seriesMeasuresOf } from '../units/series-measures.js';
import { pullGroupsOf } from './cadence.js';
import { checkPolicies } from './check-policies.js';
import { checkChildren } from './children.js';
import { resolveConnections } from './connections.js';
import type { ResolveContext } from './context.js';
import { type DerivedEntry, orderDerivations } from './derivation-order.js';
import { resolveExamples } from './examples.js';
import { resolveExtracts } from './extracts.js';
import { knownMeasures } from './known-measures.js';
import { checkLints } from './lints.js';
import { resolvePeople } from './people.js';
import { resolveCalendars } from './period-calendars.js';
import { measuresForPolicies } from './policy-ground.js';
import { checkParents, resolveScorecard } from './scorecards.js';
import { extractsOfSeries } from './series.js';
import { resolveSite, siteDefaults } from './site.js';
import { checkAttributes } from './unit-attributes.js';
import { resolveUnitSets } from './units.js';

/**
 * Checks every reference and fills every default in, as far as the specs go.
 *
 * Goes on after an error, so that all are told at once.
 *
 * @param folder absolute path of the config folder
 * @param today for review dates; absent: they are not judged
 * @returns the configuration, absent when any problem is an error, and the examples that are sound
 */
export function resolveConfig(
  context: ResolveContext,
  folder: string,
  today?: CalendarDate,
): Pick<ConfigReading, 'config' | 'examples'> {
  const { specs, problems } = context;
  const calendars = resolveCalendars(specs.site, problems);
  const defaults = siteDefaults(specs.site, calendars);
  const site = specs.site && resolveSite(specs.site, folder, calendars, context);
  const people = resolvePeople(context);
  const connections = resolveConnections(context);
  const extracts = resolveExtracts(context, defaults);
  const known = knownMeasures(specs);
  const unitSets = resolveUnitSets(context, extracts);
  const resolved = specs.scorecards.map((entries) => ({
    entries,
    ...resolveScorecard(entries, extracts, context, defaults, known),
  }));
  checkUnusedExtracts(context);
  checkParents(context);
  checkChildren(resolved, problems);
  checkAttributes(resolved, unitSets, problems);
  orderDerivations(resolved.flatMap(derivedEntries), problems);
  const examples = resolveExamples(resolved, extracts, context);
  checkLints(resolved, context, today);
  const ground = { ...measuresForPolicies(resolved, unitSets), connections, people };
  // With a malformed measure about, nobody knows what a policy would find.
  const isWhole = resolved.every(({ entries, measures }) => measures.length === entries.measures.entries.length);
  if (isWhole) checkPolicies(site?.alertPolicies ?? [], ground, context);
  if (site === undefined || problems.hasErrors) return { examples };
  const config = expandTemplates({
    folder,
    site,
    people,
    connections,
    extracts,
    pullGroups: pullGroupsOf(collectedExtracts(extracts, context), defaults.timeZone),
    ...definitionsOf(resolved),
    ...(unitSets.length === 0 ? {} : { unitSets }),
  });
  return { config: { revision: revisionOf(config), ...config }, examples };
}

/** Derived measures with the places where they say so. */
function derivedEntries({
  entries,
  measures,
}: {
  readonly entries: ScorecardEntries;
  readonly measures: readonly Measure[];
}): readonly DerivedEntry[] {
  return measures.filter(isDerived).flatMap(({ address, id, derivation }) => {
    const place = entries.measures.entries.find((entry) => entry.id === id)?.place;
    return place === undefined ? [] : [{ address, derivation, place: below(place, 'from') }];
  });
}

/** Definitions of one scorecard for each of many units stand apart: they are no scorecards themselves. */
function definitionsOf(
  resolved: readonly ReturnType<typeof resolveScorecard>[],
): Pick<ResolvedConfig, 'scorecards' | 'measures' | 'seriesMeasures' | 'templates'> {
  const plain = resolved.filter(({ scorecard }) => scorecard?.forEach === undefined);
  const templates = resolved.filter(({ scorecard }) => scorecard?.forEach !== undefined);
  const definitions = (some: typeof resolved): Templates => {
    const measures = some.flatMap((each) => each.measures);
    const seriesMeasures = seriesMeasuresOf(measures);
    return {
      scorecards: some.flatMap(({ scorecard }) => scorecard ?? []),
      measures,
      ...(seriesMeasures.length === 0 ? {} : { seriesMeasures }),
    };
  };
  return { ...definitions(plain), ...(templates.length === 0 ? {} : { templates: definitions(templates) }) };
}

/** Without those that only say which units there are: they are read when a configuration is applied. */
function collectedExtracts(extracts: readonly Extract[], { specs }: ResolveContext): readonly Extract[] {
  const fed = new Set(extractsOfMeasures(specs));
  const ofUnits = new Set(specs.units.entries.map(({ spec }) => spec.from?.extract));
  return extracts.filter(({ id }) => fed.has(id) || !ofUnits.has(id));
}

function extractsOfMeasures({ scorecards }: ResolveContext['specs']): readonly (string | undefined)[] {
  return scorecards.flatMap(({ measures }) =>
    measures.entries.flatMap(({ spec }) => [extractOfSpec(spec), ...extractsOfSeries(spec)]),
  );
}

const extractOfSpec = ({ from }: MeasureSpec): string | undefined => ('extract' in from ? from.extract : undefined);

function checkUnusedExtracts({ specs, problems }: ResolveContext): void {
  // With a malformed measure about, nobody knows which extracts it uses.
  if (problems.hasErrors) return;
  const used = new Set([...extractsOfMeasures(specs), ...specs.units.entries.map(({ spec }) => spec.from?.extract)]);
  for (const { id, place } of specs.extracts.entries) {
    if (used.has(id)) continue;
    const message = `no measure uses the extract "${id}", though it is read`;
    problems.warn('CONFIG_UNUSED_EXTRACT', { ...place, at: 'key' }, message, 'add a measure, or remove the extract');
  }
}
