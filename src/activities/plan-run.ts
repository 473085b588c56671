import { runIdOf } from '#src/domain/collection/run-id.js';
import { groupOf, measuresOf } from './config-lookup.js';
import type { StepServices } from './context.js';
import type { PlannedRun, RunRequest } from './types.js';

/** Pull steps of one run at the most: what keeps history small however many extracts a group has. */
const MAXIMUM_BATCHES = 8;

/** Opens the run (or takes it up again) and shares its extracts out into batches. Extracts that feed no measure are left out. */
export async function planRun(services: StepServices, request: RunRequest): Promise<PlannedRun> {
  const config = await services.loadConfig(request.configRevision);
  const group = groupOf(config, request.group);
  const runId = runIdOf(request.group, request.logicalTime);
  const { configRevision, logicalTime, trigger } = request;
  await services.store.write((writer) =>
    writer.openRun({ runId, group: group.id, logicalTime, trigger, configRevision, startedAt: services.now() }),
  );
  const feeding = group.extracts.filter((extract) => measuresOf(config, [extract]).length > 0);
  return { runId, batches: inBatches(feeding) };
}

function inBatches(extracts: readonly string[]): string[][] {
  const size = Math.max(1, Math.ceil(extracts.length / MAXIMUM_BATCHES));
  const batches: string[][] = [];
  for (let start = 0; start < extracts.length; start += size) batches.push(extracts.slice(start, start + size));
  return batches;
}
