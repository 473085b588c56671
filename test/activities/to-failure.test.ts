import { describe, expect, it } from 'vitest';
import { toApplicationFailure } from '#src/activities/to-failure.js';
import { FAILURE_KINDS, type FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

const KINDS = Object.keys(FAILURE_KINDS).filter((kind): kind is FailureKind => kind in FAILURE_KINDS);

describe('toApplicationFailure()', () => {
  it.each(KINDS)('lets Temporal try %s again exactly when its kind says so', (kind) => {
    const failure = toApplicationFailure(new PlumblineError(kind, 'SOME_CODE', 'words'));
    expect(failure).toMatchObject({ type: 'SOME_CODE', message: 'words', nonRetryable: !FAILURE_KINDS[kind].retry });
    expect(failure.details?.[0]).toMatchObject({ kind });
  });

  it('hands on how long the other side asked to wait', () => {
    const error = new PlumblineError('rate_limited', 'SOURCE_RATE_LIMITED', 'slow down', { retryAfterMs: 9_000 });
    expect(toApplicationFailure(error).nextRetryDelay).toBe(9_000);
  });

  it('takes what is not ours for a defect, and does not try it again', () => {
    expect(toApplicationFailure(new TypeError('x is undefined'))).toMatchObject({
      type: 'BUG_UNEXPECTED_ERROR',
      nonRetryable: true,
    });
  });

  it('leaves the cause behind: it may hold more than a history should', () => {
    const error = new PlumblineError('auth', 'SOURCE_AUTH_REFUSED', 'refused', {
      cause: new Error('password hunter2'),
    });
    expect(JSON.stringify(toApplicationFailure(error))).not.toContain('hunter2');
    expect(toApplicationFailure(error).cause).toBeUndefined();
  });
});
