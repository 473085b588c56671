import { describe, expect, it } from 'vitest';
import { nextAttemptAt } from '#src/activities/deliver/delivery-back-off.js';

const createdAt = '2026-11-23T08:00:00Z';

describe('nextAttemptAt()', () => {
  it('doubles from a minute', () => {
    const minutes = [0, 1, 2, 3].map((attempts) => nextAttemptAt({ createdAt, attempts }, createdAt, undefined));
    expect(minutes).toEqual([
      '2026-11-23T08:01:00Z',
      '2026-11-23T08:02:00Z',
      '2026-11-23T08:04:00Z',
      '2026-11-23T08:08:00Z',
    ]);
  });

  it('stops doubling at an hour', () => {
    expect(nextAttemptAt({ createdAt, attempts: 500 }, createdAt, undefined)).toBe('2026-11-23T09:00:00Z');
  });

  it('waits as long as the other side asked, when that is longer', () => {
    expect(nextAttemptAt({ createdAt, attempts: 0 }, createdAt, 7_200_000)).toBe('2026-11-23T10:00:00Z');
    expect(nextAttemptAt({ createdAt, attempts: 0 }, createdAt, 1)).toBe('2026-11-23T08:01:00Z');
  });

  it('gives up after two days', () => {
    expect(nextAttemptAt({ createdAt, attempts: 50 }, '2026-11-25T08:00:00Z', undefined)).toBeDefined();
    expect(nextAttemptAt({ createdAt, attempts: 50 }, '2026-11-25T08:00:01Z', undefined)).toBeUndefined();
  });

  it('does not give up a message that only waited because nothing delivered', () => {
    expect(nextAttemptAt({ createdAt, attempts: 0 }, '2026-11-30T08:00:00Z', undefined)).toBe('2026-11-30T08:01:00Z');
  });

  it('gives up after another age, once it was tried for a quarter of it', () => {
    const hour = 3_600_000;
    const afterFourHours = '2026-11-23T12:00:01Z';
    const next = (attempts: number, now: string) => nextAttemptAt({ createdAt, attempts }, now, undefined, 4 * hour);
    expect(next(5, afterFourHours)).toBeUndefined();
    expect(next(4, afterFourHours)).toBe('2026-11-23T12:16:01Z');
    expect(next(50, '2026-11-23T12:00:00Z')).toBeDefined();
    expect(nextAttemptAt({ createdAt, attempts: 15 }, '2026-11-26T00:00:00Z', undefined)).toBeDefined();
    expect(nextAttemptAt({ createdAt, attempts: 16 }, '2026-11-26T00:00:00Z', undefined)).toBeUndefined();
  });
});
