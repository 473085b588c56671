import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { isRefusal, LONGEST_PAUSE_MS, sourcePause } from '#src/domain/failure/source-pause.js';
import { addMilliseconds } from '#src/domain/period/period-instants.js';
import type { PullRecord } from '#src/store/types.js';
import type { RunContext } from '../config-lookup.js';
import type { StepServices } from '../context.js';

/**
 * Why this run does not ask the connection: another extract of this very run was refused, or an earlier run was and its
 * pause lasts. `undefined` where it may be asked.
 *
 * @param recorded what this run has recorded since it was started
 */
export async function pauseOf(
  services: StepServices,
  { run, config, group }: RunContext,
  recorded: readonly PullRecord[],
): Promise<PlumblineError | undefined> {
  for (const record of recorded) {
    if (record.outcome === 'failed' && isRefusal(record.failure)) return again(record.failure);
  }
  if (run.trigger !== 'schedule') return undefined;
  const { connection } = group;
  const extracts = config.extracts.flatMap((each) => (each.connection === connection ? [each.id] : []));
  const from = addMilliseconds(run.logicalTime, -LONGEST_PAUSE_MS);
  const attempt = await services.store.read.newestAttempt(extracts, from);
  if (attempt?.outcome !== 'failed') return undefined;
  const { logicalTime, configRevision } = run;
  return sourcePause(attempt, { group: group.id, connection, logicalTime, configRevision, scheduled: true });
}

function again({ kind, code, message, remedy }: Extract<PullRecord, { outcome: 'failed' }>['failure']): PlumblineError {
  return new PlumblineError(kind, code, message, remedy === undefined ? {} : { remedy });
}
