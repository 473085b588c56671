import { runContext } from '../config-lookup.js';
import type { StepServices } from '../context.js';
import { judgingTime } from '../judging-time.js';
import { assessScope } from './assess-scope.js';

/** Judges the alerts of a run's measures and sources. */
export async function assessRun(
  services: StepServices,
  request: { readonly runId: string },
): Promise<{ readonly opened: number; readonly resolved: number }> {
  const { run, config, group, measures } = await runContext(services, request.runId);
  const { composeAlert } = services;
  const recordedAt = services.now();
  return services.store.write(async (writer, reader) => {
    const now = await judgingTime(reader, run.logicalTime);
    const scope = { config, measures, extracts: group.extracts, now, runId: run.runId, recordedAt, composeAlert };
    return assessScope(writer, reader, scope);
  });
}
