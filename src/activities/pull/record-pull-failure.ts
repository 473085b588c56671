import type { Failure } from '#src/domain/failure/plumbline-error.js';
import { compareInstants } from '#src/domain/period/period-instants.js';
import type { StepServices } from '../context.js';

/** Records a failure for those extracts that have no outcome of their own since the run was started. */
export async function recordPullFailure(
  services: StepServices,
  request: { readonly runId: string; readonly extracts: readonly string[]; readonly failure: Failure },
): Promise<void> {
  const { runId, failure } = request;
  const at = services.now();
  await services.store.write(async (writer, reader) => {
    const startedAt = (await reader.run(runId))?.startedAt;
    const pulls = await reader.pulls(runId);
    const own = pulls.filter((pull) => startedAt === undefined || compareInstants(pull.at, startedAt) >= 0);
    const recorded = new Set(own.map((pull) => pull.extract));
    for (const extract of request.extracts) {
      if (!recorded.has(extract)) await writer.savePull({ outcome: 'failed', failure, runId, extract, at }, []);
    }
  });
}
