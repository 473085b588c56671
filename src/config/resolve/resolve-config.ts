import type { CalendarDate } from '#src/domain/period/types.js';
import { revisionOf } from '../revision.js';
import type { ResolvedConfig, Templates } from '../types.js';
import { expandTemplates } from '../units/expand-templates.js';
import { pullGroupsOf } from './cadence.js';
import { resolveConnections } from './connections.js';
import type { ResolveContext } from './context.js';
import { resolveExtracts } from './extracts.js';
import { checkLints } from './lints.js';
import { resolvePeople } from './people.js';
import { checkParents, resolveScorecard } from './scorecards.js';
import { extractsOfSeries } from './series.js';
import { resolveSite, siteDefaults } from './site.js';
import { resolveUnitSets } from './units.js';

/**
 * Checks every reference and fills every default in, as far as the specs go.
 *
 * Goes on after an error, so that all are told at once.
 *
 * @param folder absolute path of the config folder
 * @param today for review dates; absent: they are not judged
 * @returns the configuration, or `undefined` when any problem is an error
 */
export function resolveConfig(
  context: ResolveContext,
  folder: string,
  today?: CalendarDate,
): ResolvedConfig | undefined {
  const { specs, problems } = context;
  const defaults = siteDefaults(specs.site);
  const site = specs.site && resolveSite(specs.site, folder, context);
  const people = resolvePeople(context);
  const connections = resolveConnections(context);
  const extracts = resolveExtracts(context, defaults);
  const unitSets = resolveUnitSets(context, extracts);
  const resolved = specs.scorecards.map((entries) => ({
    entries,
    ...resolveScorecard(entries, extracts, context, defaults),
  }));
  checkUnusedExtracts(context);
  checkParents(context);
  checkLints(resolved, context, today);
  if (site === undefined || problems.hasErrors) return undefined;
  const config = expandTemplates({
    folder,
    site,
    people,
    connections,
    extracts,
    pullGroups: pullGroupsOf(extracts, defaults.timeZone),
    ...definitionsOf(resolved),
    ...(unitSets.length === 0 ? {} : { unitSets }),
  });
  return { revision: revisionOf(config), ...config };
}

/** Definitions of one scorecard for each of many units stand apart: they are no scorecards themselves. */
function definitionsOf(
  resolved: readonly ReturnType<typeof resolveScorecard>[],
): Pick<ResolvedConfig, 'scorecards' | 'measures' | 'templates'> {
  const plain = resolved.filter(({ scorecard }) => scorecard?.forEach === undefined);
  const templates = resolved.filter(({ scorecard }) => scorecard?.forEach !== undefined);
  const definitions = (some: typeof resolved): Templates => ({
    scorecards: some.flatMap(({ scorecard }) => scorecard ?? []),
    measures: some.flatMap(({ measures }) => measures),
  });
  return { ...definitions(plain), ...(templates.length === 0 ? {} : { templates: definitions(templates) }) };
}

function checkUnusedExtracts({ specs, problems }: ResolveContext): void {
  // With a malformed measure about, nobody knows which extracts it uses.
  if (problems.hasErrors) return;
  const used = new Set([
    ...specs.scorecards.flatMap(({ measures }) =>
      measures.entries.flatMap(({ spec }) => [spec.from.extract, ...extractsOfSeries(spec)]),
    ),
    ...specs.units.entries.map(({ spec }) => spec.from?.extract),
  ]);
  for (const { id, place } of specs.extracts.entries) {
    if (used.has(id)) continue;
    const message = `no measure uses the extract "${id}", though it is read`;
    problems.warn('CONFIG_UNUSED_EXTRACT', { ...place, at: 'key' }, message, 'add a measure, or remove the extract');
  }
}
