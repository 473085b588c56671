// Stillness is told by a clock that a test turns by hand: nothing here waits.
import { describe, expect, it } from 'vitest';
import type { DeliveredFile, FileState } from '#connectors/csv/files/delivered-file.js';
import { type StillnessClock, waitUntilStill } from '#connectors/csv/files/stillness.js';

const NOW = 1_000_000;

function file(changedMs: number, name = 'a.csv'): DeliveredFile {
  return { name, path: `/${name}`, state: state(changedMs) };
}
function state(changedMs: number, size = 10n): FileState {
  return { size, mtimeNs: BigInt(changedMs) * 1_000_000n, ino: 1n, dev: 1n, changedAt: '' };
}

/** A world in which only waiting takes time; `at` says how a file looks then. */
function world(at: (nowMs: number) => FileState): StillnessClock & { waits: number } {
  let nowMs = NOW;
  return {
    waits: 0,
    nowMs: () => nowMs,
    wait(ms, signal) {
      signal.throwIfAborted();
      nowMs += ms;
      this.waits += 1;
      return Promise.resolve();
    },
    stateOf: () => Promise.resolve(at(nowMs)),
  };
}

const asked = { stillMs: 1000, signal: new AbortController().signal, checkpoint: () => {} };

describe('a file that stands still', () => {
  it('is taken at once when it changed long enough ago', async () => {
    const clock = world(() => state(0));
    const old = file(NOW - 1000);
    expect(await waitUntilStill([old], asked, clock)).toEqual([old]);
    expect(clock.waits).toBe(0);
  });

  it('is waited for when it changed just now, until it is old enough', async () => {
    const clock = world(() => state(NOW - 100));
    await waitUntilStill([file(NOW - 100)], asked, clock);
    expect(clock.nowMs()).toBeGreaterThanOrEqual(NOW + 900);
    expect(clock.nowMs()).toBeLessThanOrEqual(NOW + 1250);
  });

  it('is taken in the state that it came to rest in', async () => {
    const clock = world((nowMs) => state(Math.min(nowMs, NOW + 500), nowMs < NOW + 500 ? 20n : 30n));
    const [taken] = await waitUntilStill([file(NOW)], asked, clock);
    expect(taken?.state.size).toBe(30n);
    expect(clock.nowMs()).toBeGreaterThanOrEqual(NOW + 1500);
  });

  it('is watched instead of believed when its time of change lies in the future', async () => {
    const clock = world(() => state(NOW + 3_600_000));
    await waitUntilStill([file(NOW + 3_600_000)], asked, clock);
    expect(clock.nowMs()).toBe(NOW + 1000);
  });

  it('is a failure for now when it never comes to rest', async () => {
    const clock = world((nowMs) => state(nowMs));
    await expect(waitUntilStill([file(NOW)], asked, clock)).rejects.toMatchObject({
      kind: 'transient',
      code: 'SOURCE_FILE_CHANGING',
      message: expect.stringContaining('would not stand still'),
    });
    expect(clock.nowMs()).toBeLessThan(NOW + 12_000);
  });

  it('is waited for together with the others', async () => {
    const clock = world(() => state(NOW));
    await waitUntilStill([file(NOW, 'a'), file(NOW, 'b'), file(NOW, 'c')], asked, clock);
    expect(clock.nowMs()).toBeLessThanOrEqual(NOW + 1250);
  });

  it('is not waited for when the extract says so', async () => {
    const clock = world(() => state(NOW));
    await waitUntilStill([file(NOW)], { ...asked, stillMs: 0 }, clock);
    expect(clock.waits).toBe(0);
  });

  it('is not waited for any longer once the caller has had enough', async () => {
    const controller = new AbortController();
    const clock = world((nowMs) => {
      controller.abort();
      return state(nowMs);
    });
    const checkpoint = (): void => controller.signal.throwIfAborted();
    const waiting = waitUntilStill([file(NOW)], { stillMs: 1000, signal: controller.signal, checkpoint }, clock);
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(clock.waits).toBe(1);
  });
});
