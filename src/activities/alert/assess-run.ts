import { runContext } from '../config-lookup.js';
import type { StepServices } from '../context.js';
import { judgingTime } from '../judging-time.js';
import { ALERTS_BEHIND } from '../score/alerts-behind.js';
import { assessScope } from './assess-scope.js';
import { isFirstToTheEnd } from './newly-final.js';

/** Judges the alerts of a run's measures and sources; those of what is made of them are left to the next sweep. */
export async function assessRun(
  services: StepServices,
  request: { readonly runId: string },
): Promise<{ readonly opened: number; readonly resolved: number }> {
  const context = await runContext(services, request.runId);
  const { run, config, group, measures } = context;
  const { composeAlert } = services;
  const recordedAt = services.now();
  return services.store.write(async (writer, reader) => {
    const now = await judgingTime(reader, run.logicalTime);
    const scope = { config, measures, extracts: group.extracts, now, runId: run.runId, recordedAt, composeAlert };
    if (await isFirstToTheEnd(reader, context)) await writer.saveScoringProgress([ALERTS_BEHIND]);
    return assessScope(writer, reader, scope);
  });
}
