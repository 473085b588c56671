import { describe, expect, it } from 'vitest';
import { FAILURE_KINDS, type FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError, toFailure } from '#src/domain/failure/plumbline-error.js';

describe('FAILURE_KINDS', () => {
  it('says for every kind whether to retry, how the process ends and who acts', () => {
    const expected: Readonly<Record<FailureKind, readonly [boolean, number]>> = {
      config: [false, 2],
      auth: [false, 3],
      permission: [false, 3],
      not_found: [false, 4],
      layout: [false, 4],
      data: [false, 5],
      rate_limited: [true, 75],
      transient: [true, 75],
      timeout: [true, 75],
      cancelled: [false, 130],
      defect: [false, 70],
    };
    const table = Object.entries(FAILURE_KINDS).map(([kind, { retry, exitCode }]) => [kind, [retry, exitCode]]);
    expect(Object.fromEntries(table)).toEqual(expected);
    for (const { actor } of Object.values(FAILURE_KINDS)) expect(actor).not.toBe('');
  });

  it('says what is paused, quarantined and told to whom', () => {
    const rule = (kind: FailureKind) => {
      const { pauseHours, quarantine, alert } = FAILURE_KINDS[kind];
      return [pauseHours, quarantine, alert];
    };
    expect(rule('auth')).toEqual([6, false, 'connection']);
    for (const kind of ['permission', 'not_found', 'rate_limited', 'transient', 'timeout'] as const) {
      expect(rule(kind)).toEqual([0, false, 'connection']);
    }
    for (const kind of ['config', 'layout', 'defect'] as const) expect(rule(kind)).toEqual([0, false, 'extract']);
    expect(rule('data')).toEqual([0, true, 'extract']);
    expect(rule('cancelled')).toEqual([0, false, 'none']);
  });

  it('retries just what the exit code calls temporary', () => {
    for (const { retry, exitCode } of Object.values(FAILURE_KINDS)) expect(retry).toBe(exitCode === 75);
  });
});

describe('PlumblineError', () => {
  it('keeps its cause, and has none when none was given', () => {
    const cause = new Error('ECONNREFUSED');
    expect(new PlumblineError('transient', 'SOURCE_UNREACHABLE', 'Reading orders', { cause }).cause).toBe(cause);
    expect('cause' in new PlumblineError('transient', 'SOURCE_UNREACHABLE', 'Reading orders')).toBe(false);
  });

  it('has empty details unless some were given', () => {
    const error = new PlumblineError('rate_limited', 'SOURCE_RATE_LIMITED', 'Reading a sheet', { retryAfterMs: 1000 });
    expect(error).toMatchObject({ name: 'PlumblineError', details: {}, remedy: undefined, retryAfterMs: 1000 });
  });
});

describe('toFailure', () => {
  it('keeps kind, code, message and remedy of our own errors, and nothing else', () => {
    const error = new PlumblineError('config', 'CONFIG_UNKNOWN_OWNER', 'unknown owner "amar"', {
      remedy: 'add amar to people.yaml',
      details: { line: 12 },
      cause: new Error('secret'),
    });
    expect(toFailure(error)).toEqual({
      kind: 'config',
      code: 'CONFIG_UNKNOWN_OWNER',
      message: 'unknown owner "amar"',
      remedy: 'add amar to people.yaml',
    });
  });

  it('leaves the remedy out when there is none', () => {
    expect('remedy' in toFailure(new PlumblineError('data', 'TOO_MANY_REJECTS', 'half the rows'))).toBe(false);
  });

  it.each([
    [new TypeError('x is not a function'), 'TypeError: x is not a function'],
    ['thrown text', 'thrown text'],
    [undefined, 'undefined'],
    [null, 'null'],
  ])('calls what is not ours a defect: %s', (thrown, message) => {
    expect(toFailure(thrown)).toEqual({ kind: 'defect', code: 'BUG_UNEXPECTED_ERROR', message });
  });
});
