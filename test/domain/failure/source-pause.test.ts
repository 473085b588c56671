import { describe, expect, it } from 'vitest';
import { FAILURE_KINDS, type FailureKind } from '#src/domain/failure/failure-kind.js';
import { type AskingRun, isRefusal, LONGEST_PAUSE_MS, sourcePause } from '#src/domain/failure/source-pause.js';

const KINDS = Object.keys(FAILURE_KINDS).filter((kind): kind is FailureKind => kind in FAILURE_KINDS);
const attempt = (kind: FailureKind = 'auth', code = 'SOURCE_AUTH_REFUSED') => ({
  extract: 'orders',
  logicalTime: '2026-03-05T06:15:00Z',
  configRevision: 'r1',
  failure: { kind, code, message: 'wrong password' },
});
const run = (change: Partial<AskingRun> = {}): AskingRun => ({
  group: 'shop-hour-15',
  connection: 'shop',
  logicalTime: '2026-03-05T07:15:00Z',
  configRevision: 'r1',
  scheduled: true,
  ...change,
});

describe('sourcePause()', () => {
  it('says when it was refused, by what, until when, and what ends it', () => {
    expect(sourcePause(attempt(), run())).toMatchObject({
      kind: 'auth',
      code: 'SOURCE_PAUSED',
      message: expect.stringMatching(
        /"shop".*until 2026-03-05T12:15:00Z.*"orders" for 2026-03-05T06:15:00Z.*SOURCE_AUTH_REFUSED.*wrong password/,
      ),
      remedy: expect.stringContaining('plumbline trigger shop-hour-15'),
    });
  });

  it.each([
    ['a moment before its end', '2026-03-05T12:14:59.999Z', true],
    ['at its end', '2026-03-05T12:15:00Z', false],
    ['for a time before the attempt, made up for after an outage', '2026-03-05T03:15:00Z', true],
  ])('counts in nominal time: %s', (_, logicalTime, paused) => {
    expect(sourcePause(attempt(), run({ logicalTime })) !== undefined).toBe(paused);
  });

  it('holds back no person, and no other configuration', () => {
    expect(sourcePause(attempt(), run({ scheduled: false }))).toBeUndefined();
    expect(sourcePause(attempt(), run({ configRevision: 'r2' }))).toBeUndefined();
  });

  it.each(KINDS)('holds back after the kinds that the table gives a pause: %s', (kind) => {
    expect(sourcePause(attempt(kind), run()) !== undefined).toBe(FAILURE_KINDS[kind].pauseHours > 0);
  });

  it('never counts from a pull that was itself left out', () => {
    expect(isRefusal({ kind: 'auth', code: 'SOURCE_PAUSED' })).toBe(false);
    expect(sourcePause(attempt('auth', 'SOURCE_PAUSED'), run())).toBeUndefined();
  });

  it('lasts six hours at the longest', () => {
    expect(LONGEST_PAUSE_MS).toBe(6 * 3_600_000);
  });
});
