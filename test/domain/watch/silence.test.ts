import { describe, expect, it } from 'vitest';
import {
  lengthInWords,
  type PartProgress,
  progressAfter,
  silenceBefore,
  silentSince,
  toldBy,
} from '#src/domain/watch/silence.js';

const LIMIT = 30 * 60_000;
const at = (time: string): string => `2026-11-20T${time}Z`;
const seen = (time: string, since = '00:00:00'): PartProgress => ({
  part: 'sweep',
  seenAt: at(time),
  since: at(since),
});

describe('progressAfter()', () => {
  it.each([
    ['the first time', undefined, '07:00:00', seen('07:00:00', '07:00:00')],
    ['not again within a third of the time to silence', seen('07:00:00'), '07:09:59', undefined],
    ['after a third of it', seen('07:00:00'), '07:10:00', seen('07:10:00')],
    ['at the limit, as going on', seen('07:00:00'), '07:30:00', seen('07:30:00')],
    ['after a silence, as beginning anew', seen('07:00:00'), '07:30:01', seen('07:30:01', '07:30:01')],
    ['not by a clock that was put back', seen('07:00:00'), '06:00:00', undefined],
  ])('notes a part %s', (_when, known, now, noted) => {
    expect(progressAfter('sweep', known, at(now), LIMIT)).toEqual(noted);
  });
});

describe('silenceBefore()', () => {
  it('is the time since the last note, once it is longer than the limit', () => {
    expect(silenceBefore(undefined, at('07:00:00'), LIMIT)).toBeUndefined();
    expect(silenceBefore(seen('07:00:00'), at('07:30:00'), LIMIT)).toBeUndefined();
    expect(silenceBefore(seen('07:00:00'), at('07:30:01'), LIMIT)).toEqual({
      from: at('07:00:00'),
      to: at('07:30:01'),
    });
  });
});

describe('silentSince()', () => {
  it('is told by one that has gone on, exactly after the limit', () => {
    const watcher = seen('08:00:00');
    expect(silentSince(watcher, seen('07:30:00'), at('08:00:00'), LIMIT)).toBeUndefined();
    expect(silentSince(watcher, seen('07:29:59'), at('08:00:00'), LIMIT)).toBe(at('07:29:59'));
  });

  it('gives the other the whole time once more after an outage of both', () => {
    const back = seen('09:00:00', '09:00:00');
    expect(silentSince(back, seen('07:00:00'), at('09:00:00'), LIMIT)).toBeUndefined();
    expect(silentSince(back, seen('07:00:00'), at('09:30:00'), LIMIT)).toBeUndefined();
    expect(silentSince(back, seen('07:00:00'), at('09:30:01'), LIMIT)).toBe(at('07:00:00'));
  });

  it('waits as long for one that never came', () => {
    const first = seen('07:00:00', '07:00:00');
    expect(silentSince(first, undefined, at('07:30:00'), LIMIT)).toBeUndefined();
    expect(silentSince(first, undefined, at('07:30:01'), LIMIT)).toBe(at('07:00:00'));
  });
});

describe('toldBy()', () => {
  it('is the other that came back in the time of a silence', () => {
    const silence = { from: at('07:00:00'), to: at('09:05:00') };
    expect(toldBy(seen('09:00:00', '09:00:00'), silence)).toBe(true);
    expect(toldBy(seen('09:00:00', '06:00:00'), silence)).toBe(false);
    expect(toldBy(undefined, silence)).toBe(false);
  });
});

describe('lengthInWords()', () => {
  it.each([
    ['07:00:59', 'less than a minute'],
    ['07:01:00', '1 minute'],
    ['09:10:30', '2 hours 10 minutes'],
    ['08:00:00', '1 hour'],
  ])('until %s is %s', (to, words) => {
    expect(lengthInWords({ from: at('07:00:00'), to: at(to) })).toBe(words);
  });

  it('leaves minutes out where it is days', () => {
    expect(lengthInWords({ from: at('07:00:00'), to: '2026-11-23T11:59:00Z' })).toBe('3 days 4 hours');
  });
});
