import { runContext } from '../config-lookup.js';
import type { StepServices } from '../context.js';
import { judgingTime } from '../judging-time.js';
import { scoreScope } from './score-scope.js';

/** Scores what this run changed (or one before it that was cut off), what time changed since, and all roll-ups above. */
export async function scoreRun(
  services: StepServices,
  request: { readonly runId: string },
): Promise<{ readonly scoresChanged: number }> {
  const { run, config, measures } = await runContext(services, request.runId);
  const scoredAt = services.now();
  const scoresChanged = await services.store.write(async (writer, reader) => {
    const now = await judgingTime(reader, run.logicalTime);
    const unscoredFrom = await reader.unscoredFrom(measures.map((measure) => measure.address));
    const moment = { now, calendars: config.site, runId: run.runId, scoredAt };
    return scoreScope(writer, reader, { config, measures, unscoredFrom, moment });
  });
  return { scoresChanged };
}
