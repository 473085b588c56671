import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { breathing } from '#src/activities/pull/breathing.js';

/** Holds the thread, as computing does. */
function compute(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('breathing()', () => {
  it('lets timers of the step fire while it computes', async () => {
    let beats = 0;
    const heart = setInterval(() => {
      beats += 1;
    }, 1);
    const breathe = breathing();
    for (let piece = 0; piece < 10; piece++) {
      compute(30);
      await breathe();
    }
    clearInterval(heart);
    expect(beats).toBeGreaterThan(0);
  });

  it('stops computing that was cancelled', async () => {
    const stop = new AbortController();
    const breathe = breathing(stop.signal);
    const work = async (): Promise<void> => {
      for (;;) {
        compute(20);
        await breathe();
      }
    };
    const working = work();
    await delay(1);
    stop.abort(new Error('stopped on request'));
    await expect(working).rejects.toThrow('stopped on request');
  });
});
