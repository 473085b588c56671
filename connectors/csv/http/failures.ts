import type { IncomingHttpHeaders } from 'node:http';
import { retryAfterMs } from '#connectors/sdk/http/retry-after.js';
import { isTlsCode } from '#connectors/sdk/http/tls-codes.js';
import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** A url as messages may show it: what stands behind "?" can be a key. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

interface StatusMeaning {
  readonly kind: FailureKind;
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
}

/** Any answer that is not the file, as a typed failure. */
export function statusFailure(
  status: number,
  headers: IncomingHttpHeaders,
  url: URL,
  nowMs: number = Date.now(),
): PlumblineError {
  const { kind, code, what, remedy } = meaningOf(status);
  const wait = retryAfterMs(headers['retry-after'], nowMs);
  const waits = wait !== undefined && (kind === 'rate_limited' || kind === 'transient');
  return new PlumblineError(kind, code, `Fetching "${shownUrl(url)}": ${what} (status ${status})`, {
    remedy,
    ...(waits ? { retryAfterMs: wait } : {}),
  });
}

function meaningOf(status: number): StatusMeaning {
  if (status === 401) {
    const remedy = 'Renew the secret behind "token" or "headers" of the connection.';
    return { kind: 'auth', code: 'SOURCE_AUTH_REFUSED', what: 'the server refused the credentials', remedy };
  }
  if (status === 403) {
    const remedy = 'Have the account that the connection uses be given the right to read this file.';
    return { kind: 'permission', code: 'SOURCE_PERMISSION_DENIED', what: 'the right to read it is missing', remedy };
  }
  if (status === 404 || status === 410) {
    const remedy = 'Have the file put back, or correct "files:" of the extract or "url:" of the connection.';
    return { kind: 'not_found', code: 'SOURCE_FILE_NOT_FOUND', what: 'it does not exist', remedy };
  }
  if (status === 429) {
    const remedy = 'It is tried again after the time the server asked for; if it stays, read it less often.';
    return { kind: 'rate_limited', code: 'SOURCE_RATE_LIMITED', what: 'the server has had too many requests', remedy };
  }
  if (status === 408 || status === 425 || status >= 500) {
    const remedy = 'It is tried again; if it stays, ask who runs the server.';
    return { kind: 'transient', code: 'SOURCE_UNREACHABLE', what: 'the server cannot answer for now', remedy };
  }
  const remedy = 'Correct "url:" of the connection; a browser or curl shows what the server says.';
  return { kind: 'config', code: 'SOURCE_ANSWER_UNUSABLE', what: 'the server answered something else', remedy };
}

/** A 200 whose body cannot be made a file of. */
export function answerUnusable(url: URL, problem: string): PlumblineError {
  return new PlumblineError('config', 'SOURCE_ANSWER_UNUSABLE', `Fetching "${shownUrl(url)}": ${problem}`, {
    remedy: 'Ask who runs the server; the file is asked for as it is, or packed by gzip.',
  });
}

/** A redirect that is not followed. */
export function redirected(from: URL, to: string, problem: string): PlumblineError {
  return new PlumblineError(
    'config',
    'SOURCE_REDIRECTED',
    `Fetching "${shownUrl(from)}": the server redirects to "${to}", ${problem}`,
    { remedy: 'If the files have moved for good, write the new address as "url:" of the connection.' },
  );
}

/** The body ended before its length, or without its end. */
export function answerCut(url: URL, problem: string, cause?: unknown): PlumblineError {
  return new PlumblineError('transient', 'SOURCE_UNREACHABLE', `Fetching "${shownUrl(url)}": ${problem}`, {
    remedy: 'It is tried again; nothing of a cut answer is used.',
    cause,
  });
}

/** An error of the network or of TLS as a typed failure. */
export function networkFailure(error: unknown, url: URL): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const message = error instanceof Error ? error.message : String(error);
  const what = `Fetching "${shownUrl(url)}"`;
  if (code !== undefined && isTlsCode(code)) {
    return new PlumblineError(
      'config',
      'SOURCE_TLS_FAILED',
      `${what}: the encrypted connection cannot be made or trusted (${code})`,
      {
        remedy:
          'Give the authority as "ca:" of the connection, write the host name of the certificate, or have it renewed.',
        cause: error,
      },
    );
  }
  if (code !== undefined && /^(E[A-Z]|HPE_|UND_)/.test(code) && !code.startsWith('ERR_')) {
    return new PlumblineError('transient', 'SOURCE_UNREACHABLE', `${what}: ${networkWords(code)} (${code})`, {
      remedy: 'It is tried again; if it stays: is the host name right, and can it be reached from here?',
      cause: error,
    });
  }
  return new PlumblineError('defect', 'BUG_UNEXPECTED_NETWORK_ERROR', `${what}: ${code ?? message}`, { cause: error });
}

function networkWords(code: string): string {
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'the name of the host leads nowhere';
  if (code === 'ECONNREFUSED') return 'the host refused the connection';
  return code.startsWith('HPE_') ? 'what answers does not speak HTTP' : 'the connection broke off';
}
