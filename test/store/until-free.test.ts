import { describe, expect, it } from 'vitest';
import { untilFree } from '#src/store/until-free.js';

const busy = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });

describe('untilFree()', () => {
  it('tries a locked store again until it is free', async () => {
    let attempts = 0;
    const result = await untilFree(async () => {
      attempts += 1;
      if (attempts < 4) throw busy;
      return 'written';
    });
    expect([result, attempts]).toEqual(['written', 4]);
  });

  it('gives up when its patience is over', async () => {
    let attempts = 0;
    const attempt = untilFree(async () => {
      attempts += 1;
      throw busy;
    }, 30);
    await expect(attempt).rejects.toBe(busy);
    expect(attempts).toBeGreaterThan(1);
  });

  it('does not try anything else again', async () => {
    let attempts = 0;
    const attempt = untilFree(async () => {
      attempts += 1;
      throw new RangeError('not a lock');
    });
    await expect(attempt).rejects.toThrow(RangeError);
    expect(attempts).toBe(1);
  });
});
