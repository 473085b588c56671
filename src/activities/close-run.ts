import type { RunState } from '#src/store/types.js';
import type { StepServices } from './context.js';
import type { RunEnd } from './types.js';

/** Closes the run with the state its pulls earned. */
export async function closeRun(
  services: StepServices,
  request: { readonly runId: string; readonly ended: RunEnd },
): Promise<{ readonly state: RunState }> {
  const state = await stateOf(services, request);
  await services.store.write((writer) => writer.closeRun(request.runId, state, services.now()));
  services.logger.info({ runId: request.runId, state }, 'a run was closed');
  return { state };
}

async function stateOf(services: StepServices, { runId, ended }: { runId: string; ended: RunEnd }): Promise<RunState> {
  if (ended !== 'finished') return ended;
  const pulls = await services.store.read.pulls(runId);
  const failed = pulls.filter((pull) => pull.outcome === 'failed').length;
  if (failed === 0) return 'done';
  return failed === pulls.length ? 'failed' : 'partial';
}
