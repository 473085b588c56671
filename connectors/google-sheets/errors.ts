import { z } from 'zod';
import { shortened } from '#connectors/sdk/raw-text.js';
import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Account } from './upstream/auth.js';
import { retryAfterMs } from './upstream/retry-after.js';

/** What was tried, and by whom. */
export interface Attempt {
  /** `Reading spreadsheet "1AbC"`. */
  readonly action: string;
  readonly account: Pick<Account, 'name' | 'email' | 'withoutSecrets'>;
  /** For a `Retry-After` that is a date. */
  readonly now: string;
  readonly maxBytes?: number;
}

interface Cast {
  readonly kind: FailureKind;
  readonly code: string;
  readonly remedy: string;
}

/** The two forms of Google's errors: of its APIs, and of its token endpoint. */
const BodySchema = z.union([
  z.object({
    error: z.object({
      message: z.string().default(''),
      status: z.string().default(''),
      details: z
        .array(z.looseObject({ reason: z.string().optional(), metadata: z.record(z.string(), z.string()).optional() }))
        .default([]),
      errors: z.array(z.looseObject({ reason: z.string().optional() })).default([]),
    }),
  }),
  z.object({ error: z.string(), error_description: z.string().default('') }),
]);

const QUOTA =
  /^(?:RATE_LIMIT_EXCEEDED|RESOURCE_EXHAUSTED|rateLimitExceeded|userRateLimitExceeded|quotaExceeded|dailyLimitExceeded)$/;
const DISABLED = /^(?:SERVICE_DISABLED|accessNotConfigured)$/;
const SCOPE = /^(?:ACCESS_TOKEN_SCOPE_INSUFFICIENT|insufficientPermissions)$/;
const NETWORK =
  /^(?:ECONN\w+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_\w+|HPE_\w+|AbortError|Z_\w+)$/;
const UNTRUSTED = /CERT|^ERR_(?:SSL|TLS)_|^EPROTO$/;

const AUTH: Cast = {
  kind: 'auth',
  code: 'SOURCE_AUTH_REFUSED',
  remedy:
    'Make a new key for the service account (or a new refresh token), put it where the connection points, and look whether the clock of this machine is right.',
};
const UNREACHABLE: Cast = {
  kind: 'transient',
  code: 'SOURCE_UNREACHABLE',
  remedy:
    'It is tried again; if it stays, look at the network from here to Google, and at IMPORTRANGE or QUERY formulas that make the spreadsheet slow.',
};
const RATE_LIMITED: Cast = {
  kind: 'rate_limited',
  code: 'SOURCE_RATE_LIMITED',
  remedy:
    'It is tried again later. If it stays, read less often, or give connections accounts of their own: 60 reads a minute are each account’s limit.',
};

/** Whatever the client throws, as a typed failure. Nothing of the request is kept: its headers hold the token. */
export function castGoogleError(error: unknown, attempt: Attempt): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const { action, account } = attempt;
  const nested = error instanceof Error ? error.cause : undefined;
  if (nested instanceof PlumblineError) return nested;
  const response = responseOf(error);
  if (response === undefined) return castNetworkError(error, attempt);
  const { message, reasons, service } = describeBody(response.data);
  const said = shortened(account.withoutSecrets(message), 300).trim() || 'no reason given';
  const cast = castOf(response.status, reasons, said, account, service);
  const wait =
    cast.kind === 'rate_limited' || response.status === 503
      ? retryAfterMs(response.retryAfter, attempt.now)
      : undefined;
  return new PlumblineError(
    cast.kind,
    cast.code,
    `${action} as ${account.name}: Google answered ${response.status}, ${said}`,
    {
      remedy: cast.remedy,
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    },
  );
}

/** An answer that cannot be read was hurt on its way. */
export function unreadableAnswer(action: string, problem: string): PlumblineError {
  return new PlumblineError(UNREACHABLE.kind, UNREACHABLE.code, `${action}: the answer cannot be read: ${problem}`, {
    remedy: UNREACHABLE.remedy,
  });
}

/** The spreadsheet has no such place. */
export function rangeMissing(spreadsheet: string, problem: string, remedy: string): PlumblineError {
  return new PlumblineError('layout', 'SOURCE_RANGE_MISSING', `Looking into spreadsheet "${spreadsheet}": ${problem}`, {
    remedy,
  });
}

function castOf(
  status: number,
  reasons: readonly string[],
  said: string,
  account: Attempt['account'],
  service: string | undefined,
): Cast {
  const has = (pattern: RegExp): boolean => reasons.some((reason) => pattern.test(reason));
  if (status === 429 || has(QUOTA)) return RATE_LIMITED;
  if (
    reasons.some((reason) => /^(?:invalid_\w+|unauthorized_client|deleted_client|UNAUTHENTICATED)$/.test(reason)) ||
    status === 401
  )
    return AUTH;
  if (status === 403 && (has(DISABLED) || /has not been used in project|is disabled/.test(said))) {
    return {
      kind: 'permission',
      code: 'SOURCE_API_DISABLED',
      remedy: `Switch on ${service ?? 'the Google Sheets API (sheets.googleapis.com)'} for the project of the account: Google Cloud console, APIs & Services, Library. It takes a few minutes.`,
    };
  }
  if (status === 403 && (has(SCOPE) || /insufficient authentication scopes/.test(said))) {
    return {
      kind: 'permission',
      code: 'SOURCE_PERMISSION_DENIED',
      remedy:
        'Grant the scope spreadsheets.readonly (and drive.metadata.readonly where "drive_modified_time" is true) to the credentials.',
    };
  }
  if (status === 403) {
    const whom = account.email === undefined ? 'the account that reads' : account.email;
    return {
      kind: 'permission',
      code: 'SOURCE_PERMISSION_DENIED',
      remedy: `Open the spreadsheet, press Share, and share it with ${whom} as Viewer.`,
    };
  }
  if (status === 404) {
    return {
      kind: 'not_found',
      code: 'SOURCE_SPREADSHEET_NOT_FOUND',
      remedy:
        'Copy the address of the spreadsheet from the browser into "spreadsheet:"; if it is right, the file was deleted or moved to the bin.',
    };
  }
  if (status === 400 && /not supported for this document/.test(said)) {
    return {
      kind: 'not_found',
      code: 'SOURCE_SPREADSHEET_NOT_FOUND',
      remedy:
        'The file is no Google Sheet (an uploaded Excel file, say): open it in the browser and choose File, Save as Google Sheets; then use the new address.',
    };
  }
  if (status === 400) {
    return {
      kind: 'layout',
      code: 'SOURCE_RANGE_MISSING',
      remedy: 'Correct "tab" and "range" of the extract; `plumbline source discover` lists what there is.',
    };
  }
  if (status >= 500 || status === 408) return UNREACHABLE;
  return { kind: 'defect', code: 'BUG_UNEXPECTED_DRIVER_ERROR', remedy: 'Please report it.' };
}

function castNetworkError(error: unknown, { action, account, maxBytes }: Attempt): PlumblineError {
  const { code, message, type } = fieldsOf(error);
  const said = shortened(account.withoutSecrets(message), 300);
  if (type === 'max-size' || /over (?:the )?limit/.test(message)) {
    return new PlumblineError(
      'data',
      'SOURCE_LIMIT_EXCEEDED',
      `${action} was stopped: the answer has more than ${maxBytes ?? 0} bytes (limit "megabytes")`,
      {
        remedy:
          'Narrow the range of the extract, or raise "limits: { megabytes }" of the extract if this much is right.',
      },
    );
  }
  if (UNTRUSTED.test(code)) {
    return new PlumblineError(
      'config',
      'SOURCE_TLS_FAILED',
      `${action}: the encrypted connection cannot be trusted: ${said}`,
      {
        remedy:
          'Look at the proxy between here and Google; give its certificate authority to Node (NODE_EXTRA_CA_CERTS).',
      },
    );
  }
  if (NETWORK.test(code) || type === 'no-redirect' || /premature close|socket hang up|aborted|network/i.test(message)) {
    return new PlumblineError(UNREACHABLE.kind, UNREACHABLE.code, `${action}: ${said} (${code || 'connection lost'})`, {
      remedy: UNREACHABLE.remedy,
    });
  }
  return new PlumblineError('defect', 'BUG_UNEXPECTED_DRIVER_ERROR', `${action}: ${said}`, {
    remedy: 'Please report it.',
  });
}

interface Answered {
  readonly status: number;
  readonly data: unknown;
  readonly retryAfter: string | undefined;
}

function responseOf(error: unknown): Answered | undefined {
  if (!(error instanceof Error) || !('response' in error)) return undefined;
  const { response } = error;
  if (typeof response !== 'object' || response === null) return undefined;
  const status = 'status' in response && typeof response.status === 'number' ? response.status : undefined;
  // A success whose body broke off is no answer.
  if (status === undefined || status < 300) return undefined;
  // The client's fetch brings a Headers of its own, which is no Headers but a kind of URLSearchParams.
  const held = 'headers' in response ? response.headers : undefined;
  const headers = held instanceof Headers || held instanceof URLSearchParams ? held : undefined;
  return {
    status,
    data: 'data' in response ? response.data : undefined,
    retryAfter: headers?.get('retry-after') ?? undefined,
  };
}

function describeBody(data: unknown): {
  readonly message: string;
  readonly reasons: readonly string[];
  readonly service?: string;
} {
  const body = BodySchema.safeParse(typeof data === 'string' ? jsonOrNothing(data) : data);
  // A proxy's page, say: its text is nobody's reason.
  if (!body.success) return { message: '', reasons: [] };
  const { error } = body.data;
  if (typeof error === 'string') {
    const description = 'error_description' in body.data ? body.data.error_description : '';
    return { message: description === '' ? error : `${error}: ${description}`, reasons: [error] };
  }
  const reasons = [error.status, ...[...error.details, ...error.errors].map(({ reason }) => reason ?? '')];
  const metadata = error.details.find((detail) => detail.metadata !== undefined)?.metadata ?? {};
  const service = metadata['serviceTitle'] ?? metadata['service'];
  return { message: error.message, reasons, ...(service === undefined ? {} : { service }) };
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Code and type of the error itself, or of the one it wraps. */
function fieldsOf(error: unknown): { readonly code: string; readonly type: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: '', type: '', message: String(error) };
  const layers = [error, error.cause].filter((layer) => layer instanceof Error);
  const field = (name: 'code' | 'type'): string => {
    for (const layer of layers) {
      const value: unknown = Reflect.get(layer, name);
      if (typeof value === 'string' && value !== '') return value;
    }
    return '';
  };
  const aborted = layers.some((layer) => layer.name === 'AbortError') ? 'AbortError' : '';
  return { code: field('code') || aborted, type: field('type'), message: error.message };
}
