import type { Failure } from '#src/domain/failure/plumbline-error.js';
import type { StepServices } from './context.js';

/** Records a failure for those extracts of a run that have no outcome of their own yet. */
export async function recordPullFailure(
  services: StepServices,
  request: { readonly runId: string; readonly extracts: readonly string[]; readonly failure: Failure },
): Promise<void> {
  const { runId, failure } = request;
  const at = services.now();
  await services.store.write(async (writer, reader) => {
    const recorded = new Set((await reader.pulls(runId)).map((pull) => pull.extract));
    for (const extract of request.extracts) {
      if (!recorded.has(extract)) await writer.savePull({ outcome: 'failed', failure, runId, extract, at }, []);
    }
  });
}
