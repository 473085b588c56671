import { describe, expect, it } from 'vitest';
import { type CanaryWay, type Patience, stuckLegs } from '#src/domain/canary/way.js';
import { addMilliseconds } from '#src/domain/period/period-instants.js';

const HOUR = 3_600_000;
const at = (time: string): string => `2026-11-20T${time}:00Z`;

/** Off track, its alert told, all delivered. */
const ROUND: CanaryWay = {
  expected: at('07:00'),
  pulled: { logicalTime: at('07:00'), startedAt: at('07:00'), at: at('07:01'), period: '2026-11-19', value: '1' },
  stored: { value: '1', at: at('07:02') },
  judged: { status: 'off_track', at: at('07:03') },
  alert: { stands: true, isDealtWith: false },
  undelivered: [],
};
const NO_PATIENCE: Patience = { limitMs: 0, pendingMs: 0, holdMs: 0 };

const legs = (way: Partial<CanaryWay>, now = at('12:00'), patience: Partial<Patience> = {}): string[] =>
  legsOf({ ...ROUND, ...way }, now, patience);
const legsOf = (way: CanaryWay, now: string, patience: Partial<Patience> = {}): string[] =>
  stuckLegs(way, now, { ...NO_PATIENCE, limitMs: HOUR, ...patience }).map(({ leg }) => leg);

/** The round without some of its legs. */
function without(...legs: readonly ('expected' | 'pulled' | 'stored' | 'judged')[]): CanaryWay {
  const way: Partial<CanaryWay> = Object.fromEntries(
    Object.entries(ROUND).filter(([leg]) => !legs.some((each) => each === leg)),
  );
  return { ...way, undelivered: [] };
}
const NEVER = without('pulled', 'stored', 'judged');
const OFF: Partial<CanaryWay> = { alert: { stands: false, isDealtWith: false } };
const ON: Partial<CanaryWay> = { judged: { status: 'on_track', at: at('07:03') } };
const message = { channel: 'mail', dueAt: at('07:03'), isLost: false };

describe('stuckLegs()', () => {
  it('is nothing where it came round', () => {
    expect(legs({})).toEqual([]);
    expect(legs({ ...ON, ...OFF })).toEqual([]);
  });

  it.each<[string, CanaryWay, string, string]>([
    ['never pulled', NEVER, '08:00', 'pulled'],
    ['pulled, without a value', without('stored'), '08:01', 'stored'],
    ['pulled, with another value', { ...ROUND, stored: { value: '0', at: at('07:02') } }, '08:01', 'stored'],
    ['stored, without a score', without('judged'), '08:02', 'judged'],
    ['off track without an alert', { ...ROUND, ...OFF }, '08:03', 'alerted'],
    ['on track with one', { ...ROUND, ...ON }, '08:03', 'resolved'],
    ['not sent', { ...ROUND, undelivered: [message] }, '08:03', 'delivered'],
  ])('waits exactly its time: %s', (_, way, over, leg) => {
    expect(legsOf(way, addMilliseconds(at(over), -1000))).toEqual([]);
    expect(legsOf(way, at(over))).toEqual([leg]);
  });

  it('tells times apart by what they are, and not as text', () => {
    expect(legs({ expected: '2026-11-20T07:00:00.500Z' })).toEqual(['pulled']);
    expect(legs({ expected: '2026-11-20T07:00:00.000Z' })).toEqual([]);
  });

  it('expects none where none was due', () => {
    expect(legsOf(without('expected', 'pulled', 'stored', 'judged'), at('12:00'), NO_PATIENCE)).toEqual([]);
  });

  it('gives an alert the time that it must hold, or be gone', () => {
    expect(legs(OFF, at('09:00'), { pendingMs: HOUR })).toEqual([]);
    expect(legs(OFF, at('09:03'), { pendingMs: HOUR })).toEqual(['alerted']);
    expect(legs(ON, at('09:00'), { holdMs: HOUR })).toEqual([]);
    expect(legs(ON, at('09:03'), { holdMs: HOUR })).toEqual(['resolved']);
  });

  it('takes an alert that a person called dealt with for told', () => {
    expect(legs({ alert: { stands: false, isDealtWith: true } })).toEqual([]);
  });

  it('gives all the whole time once more to who was away', () => {
    expect(legs({ undelivered: [message] }, at('12:00'), { awakeSince: at('11:30') })).toEqual([]);
    expect(legs({ undelivered: [message] }, at('12:30'), { awakeSince: at('11:30') })).toEqual(['delivered']);
  });

  it('waits for no message that was given up, and names each channel once', () => {
    const lost = { channel: 'chat', dueAt: at('11:59'), isLost: true };
    const found = stuckLegs({ ...ROUND, undelivered: [message, message, lost] }, at('12:00'), NO_PATIENCE);
    expect(found.map(({ words }) => words)).toEqual([
      'its message was not delivered over the channel "mail"',
      'its message was given up over the channel "chat"',
    ]);
  });
});
