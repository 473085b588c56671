import type { PlannedCall } from '#connectors/sdk/plan.js';
import type { PullGroup, ResolvedConfig } from '#src/config/types.js';
import { isNominalTime } from '#src/domain/collection/nominal-times.js';
import { runIdOf } from '#src/domain/collection/run-id.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import { groupOf, measuresOf } from './config-lookup.js';
import type { StepServices } from './context.js';
import { pullQuota } from './pull/pull-quota.js';
import type { PlannedRun, RunRequest } from './types.js';

/** Pull steps of one run at the most, where no budget asks for more: keeps history small however many extracts there are. */
const MAXIMUM_BATCHES = 8;

/** Opens the run (or takes it up again) and shares its extracts out into batches. Extracts that feed no measure are left out. */
export async function planRun(services: StepServices, request: RunRequest): Promise<PlannedRun> {
  const config = await services.loadConfig(request.configRevision);
  const group = groupOf(config, request.group);
  const runId = runIdOf(request.group, request.logicalTime);
  const { configRevision, logicalTime } = request;
  // Temporal tells a run that was triggered by hand from a scheduled one only by its time.
  const byHand = request.trigger === 'schedule' && !isNominalTime(logicalTime, group.cadence);
  const trigger = byHand ? 'manual' : request.trigger;
  await services.store.write((writer) =>
    writer.openRun({ runId, group: group.id, logicalTime, trigger, configRevision, startedAt: services.now() }),
  );
  const feeding = group.extracts.filter((extract) => measuresOf(config, [extract]).length > 0);
  return { runId, ...(await planBatches(services, config, group, feeding)) };
}

/**
 * Batches that keep the extracts of one upstream call together; under a budget a batch is one call.
 *
 * A connection that cannot be planned (a secret that is not there) is left to the pulls, which fail by the same cause and
 * record it with the extracts it is about.
 */
async function planBatches(
  services: StepServices,
  config: ResolvedConfig,
  group: PullGroup,
  extracts: readonly string[],
): Promise<Pick<PlannedRun, 'batches' | 'quota'>> {
  if (extracts.length === 0) return { batches: [] };
  try {
    const calls = (await services.planCalls(config, group.connection, extracts)).map(extractsOf);
    const quota = await services.quotaOf(config, group.connection);
    return quota === undefined ? { batches: inBatches(calls) } : { batches: calls, quota: pullQuota(config, quota) };
  } catch (error) {
    const { code, kind } = toFailure(error);
    services.logger.warn({ group: group.id, code, kind }, 'the calls of a pull group could not be planned');
    return { batches: inBatches(extracts.map((extract) => [extract])) };
  }
}

const extractsOf = (call: PlannedCall<unknown>): string[] => call.requests.map((request) => request.extract);

function inBatches(calls: readonly (readonly string[])[]): string[][] {
  const size = Math.ceil(calls.flat().length / MAXIMUM_BATCHES);
  const batches: string[][] = [];
  let open: string[] = [];
  for (const call of calls) {
    open.push(...call);
    if (open.length < size) continue;
    batches.push(open);
    open = [];
  }
  return open.length === 0 ? batches : [...batches, open];
}
