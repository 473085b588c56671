import type { ResolvedConfig } from '#src/config/types.js';
import { silenceBefore } from '#src/domain/watch/silence.js';
import type { StepServices } from '../context.js';
import { silentMs } from './watch-pipeline.js';

/**
 * The end of a delivery that left nothing due: tells a service outside, unless sweeps are silent. That one raises an alarm
 * when this stays out, which is the one thing nobody inside can do.
 */
export async function beatWhileAllGoesOn(
  services: Pick<StepServices, 'store' | 'now' | 'beat' | 'logger'>,
  config: ResolvedConfig,
  signal: AbortSignal,
): Promise<void> {
  if (config.site.watch?.heartbeat === undefined) return;
  const sweep = (await services.store.read.pipelineProgress()).find(({ part }) => part === 'sweep');
  if (sweep === undefined || silenceBefore(sweep, services.now(), silentMs(config.site)) !== undefined) return;
  const result = await services.beat(config, signal);
  if (result !== undefined && result.outcome !== 'sent') {
    services.logger.warn({ detail: result.detail }, 'the heartbeat was not taken');
  }
}
