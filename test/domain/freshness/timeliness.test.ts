import { describe, expect, it } from 'vitest';
import { type DueValue, timeliness, timelinessOfAll } from '#src/domain/freshness/timeliness.js';

const due = '2026-11-06T23:00:00Z';
const window = { from: '2025-11-20T00:00:00Z', now: '2026-11-20T00:00:00Z', collectedSince: '2025-01-01T00:00:00Z' };
const shareOf = (values: readonly DueValue[], more: Partial<typeof window> = {}): string => {
  const found = timeliness(values, { ...window, ...more });
  return `${found.onTime} of ${found.due}`;
};

describe('timeliness()', () => {
  it.each<readonly [string, DueValue, string]>([
    ['exactly at the due time', { due, arrived: due }, '1 of 1'],
    ['a second after it', { due, arrived: '2026-11-06T23:00:01Z' }, '0 of 1'],
    ['never', { due }, '0 of 1'],
    [
      'by a later run, of a source that had it in time',
      { due, arrived: '2026-11-09T05:30:00Z', atSource: due },
      '1 of 1',
    ],
    [
      'by a later run, of a source that had it too late',
      { due, arrived: '2026-11-09T05:30:00Z', atSource: '2026-11-06T23:00:01Z' },
      '0 of 1',
    ],
    ['before its due time has passed', { due: '2026-11-20T00:00:00Z' }, '0 of 0'],
    ['a second after its due time', { due: '2026-11-19T23:59:59Z' }, '0 of 1'],
    ['at the beginning of the window', { due: window.from, arrived: window.from }, '1 of 1'],
    ['before it', { due: '2025-11-19T23:59:59Z', arrived: due }, '0 of 0'],
  ])('of a value that came %s', (_, value, share) => {
    expect(shareOf([value])).toBe(share);
  });

  it('leaves out what was due before the measure was first collected', () => {
    const first = '2026-11-09T05:30:00Z';
    expect(shareOf([{ due, arrived: first }], { collectedSince: first })).toBe('0 of 0');
    expect(shareOf([{ due: first, arrived: first }], { collectedSince: first })).toBe('1 of 1');
  });

  it('adds up over measures by their values', () => {
    expect(
      timelinessOfAll([
        { due: 12, onTime: 12 },
        { due: 250, onTime: 240 },
      ]),
    ).toEqual({ due: 262, onTime: 252 });
    expect(timelinessOfAll([])).toEqual({ due: 0, onTime: 0 });
  });
});
