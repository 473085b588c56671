import type { FailureKind } from './failure-kind.js';

/** What a failure may carry beside its message. `details` must be safe to log: no secret, no row content. */
export interface PlumblineErrorOptions {
  readonly remedy?: string;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  readonly cause?: unknown;
  /** For `rate_limited`: how long the other side asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/**
 * The one error class of the project.
 *
 * `code` is stable and documented (`SOURCE_UNREACHABLE`), `kind` says who must act, `message` is for the
 * person: the attempted action, the quoted value, the place. `remedy` says what would be right.
 */
export class PlumblineError extends Error {
  readonly code: string;
  readonly kind: FailureKind;
  readonly remedy: string | undefined;
  readonly details: Readonly<Record<string, string | number | boolean>>;
  readonly retryAfterMs: number | undefined;

  constructor(kind: FailureKind, code: string, message: string, options: PlumblineErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PlumblineError';
    this.kind = kind;
    this.code = code;
    this.remedy = options.remedy;
    this.details = options.details ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A failure as plain data: what is stored, shown and passed between processes. */
export interface Failure {
  readonly kind: FailureKind;
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

/** Any thrown thing as a {@link Failure}; what is not ours is a `defect`, never swallowed. */
export function toFailure(error: unknown): Failure {
  if (error instanceof PlumblineError) {
    const { kind, code, message, remedy } = error;
    return remedy === undefined ? { kind, code, message } : { kind, code, message, remedy };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { kind: 'defect', code: 'BUG_UNEXPECTED_ERROR', message };
}
