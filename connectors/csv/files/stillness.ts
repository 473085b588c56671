import { fileChanging } from '../errors.js';
import { changeBetween, currentState, type DeliveredFile, type FileState } from './delivered-file.js';

/** What waiting needs of the world; tests bring their own. */
export interface StillnessClock {
  /** Wall clock, in milliseconds: compared with times of change, which come from the same machine's clock. */
  nowMs(): number;
  /** Rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  stateOf(file: Pick<DeliveredFile, 'name' | 'path'>): Promise<FileState>;
}

/** A file that changes this many times its stillness on end is not about to stand still. */
const PATIENCE = 10;
const POLLS_PER_STILLNESS = 4;

export interface StillnessRequest {
  /** How long size and time of change must not have moved; 0: no waiting. */
  readonly stillMs: number;
  readonly signal: AbortSignal;
  /** Throws when the caller has had enough. */
  checkpoint(): void;
}

/**
 * Waits until every file has stood still for a while, all of them at once. Answers the files with the state they came
 * to rest in.
 *
 * A file last changed long enough ago is at rest at once. Any other one is watched: it has to stay the same for that
 * long by our own watching, so a time of change that lies in the future (another machine's clock) does no harm.
 *
 * @throws PlumblineError `transient` SOURCE_FILE_CHANGING for one that keeps changing
 */
export async function waitUntilStill(
  files: readonly DeliveredFile[],
  request: StillnessRequest,
  clock: StillnessClock = systemClock,
): Promise<readonly DeliveredFile[]> {
  const { stillMs } = request;
  if (stillMs === 0) return files;
  const settled: DeliveredFile[] = [];
  const start = clock.nowMs();
  for (const file of files) {
    let { state } = file;
    let unchangedSince = clock.nowMs();
    for (;;) {
      request.checkpoint();
      const now = clock.nowMs();
      if (isOld(state, now, stillMs) || now - unchangedSince >= stillMs) break;
      if (now - start > PATIENCE * stillMs) throw fileChanging(file.name, 'it would not stand still');
      await clock.wait(Math.ceil(stillMs / POLLS_PER_STILLNESS), request.signal).catch(() => request.checkpoint());
      const next = await clock.stateOf(file);
      if (changeBetween(state, next) !== undefined) unchangedSince = clock.nowMs();
      state = next;
    }
    settled.push({ ...file, state });
  }
  return settled;
}

function isOld(state: FileState, nowMs: number, stillMs: number): boolean {
  return BigInt(Math.trunc(nowMs - stillMs)) * 1_000_000n >= state.mtimeNs;
}

const systemClock: StillnessClock = {
  nowMs: () => Date.now(),
  async wait(ms, signal) {
    const { setTimeout } = await import('node:timers/promises');
    await setTimeout(ms, undefined, { signal });
  },
  stateOf: currentState,
};
