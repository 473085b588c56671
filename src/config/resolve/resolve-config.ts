import { revisionOf } from '../revision.js';
import type { ResolvedConfig } from '../types.js';
import { pullGroupsOf } from './cadence.js';
import { resolveConnections } from './connections.js';
import type { ResolveContext } from './context.js';
import { resolveExtracts } from './extracts.js';
import { resolvePeople } from './people.js';
import { resolveCalendars } from './period-calendars.js';
import { resolveScorecard } from './scorecards.js';
import { resolveSite, siteDefaults } from './site.js';

/**
 * Checks every reference and fills every default in, as far as the specs go.
 *
 * Goes on after an error, so that all are told at once.
 *
 * @param folder absolute path of the config folder
 * @returns the configuration, or `undefined` when any problem is an error
 */
export function resolveConfig(context: ResolveContext, folder: string): ResolvedConfig | undefined {
  const { specs, problems } = context;
  const calendars = resolveCalendars(specs.site, problems);
  const defaults = siteDefaults(specs.site, calendars);
  const site = specs.site && resolveSite(specs.site, folder, calendars, context);
  const people = resolvePeople(context);
  const connections = resolveConnections(context);
  const extracts = resolveExtracts(context, defaults);
  const resolved = specs.scorecards.map((entries) => resolveScorecard(entries, extracts, context, defaults));
  checkUnusedExtracts(context);
  if (site === undefined || problems.hasErrors) return undefined;
  const config = {
    folder,
    site,
    people,
    connections,
    extracts,
    pullGroups: pullGroupsOf(extracts, defaults.timeZone),
    scorecards: resolved.flatMap(({ scorecard }) => scorecard ?? []),
    measures: resolved.flatMap(({ measures }) => measures),
  };
  return { revision: revisionOf(config), ...config };
}

function checkUnusedExtracts({ specs, problems }: ResolveContext): void {
  // With a malformed measure about, nobody knows which extracts it uses.
  if (problems.hasErrors) return;
  const used = new Set(
    specs.scorecards.flatMap(({ measures }) => measures.entries.map(({ spec }) => spec.from.extract)),
  );
  for (const { id, place } of specs.extracts.entries) {
    if (used.has(id)) continue;
    const message = `no measure uses the extract "${id}", though it is read`;
    problems.warn('CONFIG_UNUSED_EXTRACT', { ...place, at: 'key' }, message, 'add a measure, or remove the extract');
  }
}
