import { describe, expect, it } from 'vitest';
import { type JudgedContent, statusCause } from '#src/domain/alert/status-cause.js';

const period = { id: '2026-10', frequency: 'monthly', start: '2026-10-01', end: '2026-11-01' } as const;
const measure = { unit: 'EUR', decimals: 0, timeZone: 'Europe/Berlin' };
const SINCE = '2026-11-14T00:00:00Z';

const content = (day: number, change: Partial<JudgedContent>): JudgedContent => ({
  ...{ period, status: 'on_track', value: '85', target: '80', ruleVersion: 'r1', isCurrent: false },
  // In Berlin it is the next day already.
  at: `2026-11-${day}T23:30:00Z`,
  ...change,
});
const was = content(10, {});
const now = (change: Partial<JudgedContent>, day = 20) =>
  content(day, { status: 'off_track', isCurrent: true, ...change });
const { target: _target, ...WITHOUT_TARGET } = was;
const words = (...contents: readonly JudgedContent[]) => statusCause(contents, measure, SINCE)?.words;

describe('statusCause', () => {
  it.each<[string, readonly JudgedContent[], string | undefined]>([
    ['the only content there ever was', [now({})], undefined],
    ['the same status', [was, now({ status: 'on_track', value: '90' })], undefined],
    [
      'a changed target, which makes another rule too',
      [was, now({ target: '90', ruleVersion: 'r2' })],
      '2026-10 was on track and is off track, since the target of 2026-10 was changed from 80 to 90 on 2026-11-21',
    ],
    [
      'a target that was not there, of bands that need none',
      [WITHOUT_TARGET, now({ ruleVersion: 'r2' })],
      '2026-10 was on track and is off track, since the target of 2026-10 was changed from none to 80 on 2026-11-21',
    ],
    [
      'changed bands',
      [was, now({ ruleVersion: 'r2' })],
      '2026-10 was on track and is off track, since its bands or the rule of its score were changed on 2026-11-21',
    ],
    [
      'a corrected value, whatever target was added for another period',
      [was, now({ value: '60', ruleVersion: 'r2' })],
      '2026-10 was on track and is off track, since its value was changed from 85 EUR to 60 EUR on 2026-11-21',
    ],
    [
      'value and target at once',
      [was, now({ value: '60', target: '90', ruleVersion: 'r2' })],
      '2026-10 was on track and is off track, since its value was changed from 85 EUR to 60 EUR, and the target of 2026-10 was changed from 80 to 90 on 2026-11-21',
    ],
    [
      'another series that it is judged by',
      [was, now({})],
      '2026-10 was on track and is off track, since what it is judged by was changed on 2026-11-21',
    ],
    ['a change of long ago', [content(10, {}), now({ value: '60' }, 12)], undefined],
    [
      'the content before the current one, and not the first',
      [was, content(15, { status: 'at_risk', value: '70' }), now({ value: '60' })],
      '2026-10 was at risk and is off track, since its value was changed from 70 EUR to 60 EUR on 2026-11-21',
    ],
    [
      'a content that came back: when is not known',
      [content(18, { value: '95' }), now({ value: '60' }, 10)],
      '2026-10 was on track and is off track, since its value was changed from 95 EUR to 60 EUR',
    ],
  ])('%s', (_, contents, expected) => {
    expect(words(...contents)).toBe(expected);
    expect(words(...contents.toReversed())).toBe(expected);
  });
});
