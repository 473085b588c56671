import type { ResolvedConfig } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { RunRecord, StoreReader } from '#src/store/types.js';
import { type RunContext, runContext } from '../config-lookup.js';
import type { StepServices } from '../context.js';
import { deriveScope } from '../derive/derive-scope.js';
import { derivedAbove } from '../derive/derived-graph.js';
import { judgingTime } from '../judging-time.js';
import { saidBySources } from './said-by-sources.js';
import { scoreScope } from './score-scope.js';
import { scorecardTree } from './scorecard-tree.js';

/** Before anything was recorded. */
const EVER = '0001-01-01T00:00:00Z';

/**
 * Scores what this run changed (or one before it that was cut off), what time changed since, what is computed from it,
 * and all roll-ups above.
 */
export async function scoreRun(
  services: StepServices,
  request: { readonly runId: string },
): Promise<{ readonly scoresChanged: number }> {
  const context = await runContext(services, request.runId);
  const { run, config } = context;
  const scoredAt = services.now();
  const scoresChanged = await services.store.write(async (writer, reader) => {
    const now = await judgingTime(reader, run.logicalTime);
    const saidOf = await saidBySources(reader, config, now);
    const moment = { now, calendars: config.site, saidOf, runId: run.runId, scoredAt };
    const fed = fedMeasures(context);
    const collected = await changedFrom(reader, run, context, fed);
    const derived = await deriveScope(writer, reader, { config, changedFrom: collected, moment });
    const above = derivedAbove(
      config,
      context.measures.map(({ address }) => address),
    );
    const measures = [...new Set([...fed, ...above, ...measuresAt(config, derived.keys())])];
    const unscoredFrom = new Map([...ofOwners(collected), ...derived]);
    return scoreScope(writer, reader, { config, measures, unscoredFrom, moment });
  });
  return { scoresChanged };
}

/** Measures whose values the run's extracts give, and those for which they give a target or another series. */
function fedMeasures({ config, measures }: Pick<RunContext, 'config' | 'measures'>): readonly Measure[] {
  return measuresAt(config, new Set(measures.map(({ address }) => ownerOf(address))));
}

function measuresAt(config: ResolvedConfig, addresses: Iterable<string>): readonly Measure[] {
  const tree = scorecardTree(config);
  return [...addresses].flatMap((address) => tree.measureAt(address) ?? []);
}

/** Start of the earliest period that has changed since it was scored, by address of the measure or series. */
async function changedFrom(
  reader: StoreReader,
  { group, runId }: RunRecord,
  { measures }: Pick<RunContext, 'measures'>,
  fed: readonly Measure[],
): Promise<ReadonlyMap<string, CalendarDate>> {
  const unscored = await reader.unscoredFrom(fed.map(({ address }) => address));
  // A run that came to its end has scored what was there when it began.
  const since = (await reader.finishedRunStart(group, runId)) ?? EVER;
  const revised = await reader.revisedFrom(
    measures.map(({ address }) => address),
    since,
  );
  return earliestOf([...unscored, ...revised]);
}

/** The same by the measures that are judged: a series that changed changes the score of its measure. */
function ofOwners(changed: ReadonlyMap<string, CalendarDate>): ReadonlyMap<string, CalendarDate> {
  return earliestOf([...changed].map(([address, from]) => [ownerOf(address), from] as const));
}

function earliestOf(starts: readonly (readonly [string, CalendarDate])[]): ReadonlyMap<string, CalendarDate> {
  const earliest = new Map<string, CalendarDate>();
  for (const [address, from] of starts) {
    const known = earliest.get(address);
    if (known === undefined || from < known) earliest.set(address, from);
  }
  return earliest;
}

/** `company/nps` of `company/nps#target`. */
const ownerOf = (address: string): string => address.split('#')[0] ?? address;
