import type { CollectSteps, PlannedRun, PullCounts, RunRequest, RunSummary } from '#src/activities/types.js';
import type { Failure } from '#src/domain/failure/plumbline-error.js';
import { PARALLEL_PULLS } from './policies.js';

/** What differs between the two runners of an orchestration. */
export interface RunnerPort {
  /** A thrown thing as a failure, or that somebody cancelled the run. */
  failureOf(error: unknown): Failure | 'cancelled';
  /** Runs `work` to its end even when the run is being cancelled. */
  shielded<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * One collection of a pull group: plan → pull each extract once → score → alerts → close.
 *
 * Written once, run by a Temporal workflow and by the in-process runner. A pull that fails is recorded and the
 * others go on; whatever else ends the run early, it is closed as such.
 */
export async function collectRun(steps: CollectSteps, runner: RunnerPort, request: RunRequest): Promise<RunSummary> {
  const plan = await steps.planRun(request);
  const { runId } = plan;
  try {
    const counts = await pullAll(steps, runner, plan);
    const { scoresChanged } = await steps.scoreRun({ runId });
    const { opened, resolved } = await steps.assessRun({ runId });
    const { state } = await steps.closeRun({ runId, ended: 'finished' });
    return { ...counts, runId, state, scoresChanged, alertsOpened: opened, alertsResolved: resolved };
  } catch (error) {
    const ended = runner.failureOf(error) === 'cancelled' ? 'cancelled' : 'failed';
    await runner.shielded(() => steps.closeRun({ runId, ended }));
    throw error;
  }
}

async function pullAll(steps: CollectSteps, runner: RunnerPort, plan: PlannedRun): Promise<PullCounts> {
  const results: PullCounts[] = [];
  const waiting = [...plan.batches];
  const worker = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      results.push(await pullBatch(steps, runner, plan, batch));
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL_PULLS, plan.batches.length) }, worker));
  return results.reduce(addCounts, NOTHING);
}

async function pullBatch(
  steps: CollectSteps,
  runner: RunnerPort,
  { runId, quota }: PlannedRun,
  extracts: readonly string[],
): Promise<PullCounts> {
  try {
    return await steps.pullExtracts({ runId, extracts, ...(quota === undefined ? {} : { quota }) });
  } catch (error) {
    const failure = runner.failureOf(error);
    if (failure === 'cancelled') throw error;
    await steps.recordPullFailure({ runId, extracts, failure });
    return { ...NOTHING, failedExtracts: extracts };
  }
}

const NOTHING: PullCounts = { seen: 0, used: 0, rejected: 0, skipped: 0, revisions: 0, failedExtracts: [] };

function addCounts(a: PullCounts, b: PullCounts): PullCounts {
  return {
    seen: a.seen + b.seen,
    used: a.used + b.used,
    rejected: a.rejected + b.rejected,
    skipped: a.skipped + b.skipped,
    revisions: a.revisions + b.revisions,
    failedExtracts: [...a.failedExtracts, ...b.failedExtracts].sort(),
  };
}
