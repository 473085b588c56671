import type { Connection, Extract, PullGroup, ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { type CollectedMeasure, isCollected } from '#src/domain/measure/types.js';
import type { RunRecord } from '#src/store/types.js';
import type { StepServices } from './context.js';

/** A run with the configuration it was opened under. */
export interface RunContext {
  readonly run: RunRecord;
  readonly config: ResolvedConfig;
  readonly group: PullGroup;
  /** Measures and series fed by the group's extracts. */
  readonly measures: readonly CollectedMeasure[];
}

/** Finds what a step needs from a run id. */
export async function runContext(services: StepServices, runId: string): Promise<RunContext> {
  const run = await services.store.read.run(runId);
  if (run === undefined) {
    throw new PlumblineError(
      'defect',
      'BUG_RUN_NOT_OPEN',
      `A step of the run "${runId}" came before the run was opened.`,
    );
  }
  const config = await services.loadConfig(run.configRevision);
  const group = groupOf(config, run.group);
  return { run, config, group, measures: measuresOf(config, group.extracts) };
}

/** @throws config when the group is not in this revision. */
export function groupOf(config: ResolvedConfig, id: string): PullGroup {
  const group = config.pullGroups.find((each) => each.id === id);
  if (group !== undefined) return group;
  const known = config.pullGroups.map((each) => each.id).join(', ');
  throw new PlumblineError(
    'config',
    'CONFIG_UNKNOWN_GROUP',
    `Cannot collect the pull group "${id}": it is not in the configuration revision ${config.revision}.`,
    {
      remedy: `Use one of: ${known}; or run "plumbline apply" so that schedules of removed groups go.`,
    },
  );
}

/** The measures, and the series of measures, whose values are made of the rows of these extracts. */
export function measuresOf(config: ResolvedConfig, extracts: readonly string[]): readonly CollectedMeasure[] {
  const wanted = new Set(extracts);
  return collectedIn(config).filter((measure) => wanted.has(measure.extract));
}

/** Everything that is made of rows: measures, and the targets and other series that come from an extract. */
export function collectedIn(config: ResolvedConfig): readonly CollectedMeasure[] {
  return [...config.measures.filter(isCollected), ...(config.seriesMeasures ?? [])];
}

export function extractOf(config: Pick<ResolvedConfig, 'extracts'>, id: string): Extract {
  return found(config.extracts, id, 'extract');
}

export function connectionOf(config: ResolvedConfig, id: string): Connection {
  return found(config.connections, id, 'connection');
}

function found<T extends { readonly id: string }>(list: readonly T[], id: string, what: string): T {
  const item = list.find((each) => each.id === id);
  if (item !== undefined) return item;
  throw new PlumblineError(
    'defect',
    'BUG_DANGLING_REFERENCE',
    `The resolved configuration names the ${what} "${id}" but does not hold it.`,
  );
}
