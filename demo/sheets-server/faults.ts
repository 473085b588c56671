import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** How the stand-in answers a request wrongly, when it is told to. */
export type Fault =
  /** A whole answer of another status. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** The connection is reset before a byte is sent. */
  | { readonly kind: 'reset' }
  /** The connection is reset when half of the answer is sent. */
  | { readonly kind: 'reset_midway' }
  /** The answer ends early, as if it were whole. */
  | { readonly kind: 'cut' }
  /** One byte at a time. */
  | { readonly kind: 'drip'; readonly everyMs: number }
  /** Nothing is ever sent. */
  | { readonly kind: 'silence' };

/** An error in the form of Google's APIs. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: string;

  constructor(status: number, message: string, body: string) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** @param reason of the `ErrorInfo` among the details, with its metadata */
export function refusal(
  status: number,
  state: string,
  message: string,
  reason?: string,
  metadata: Readonly<Record<string, string>> = {},
): Refusal {
  const details =
    reason === undefined
      ? {}
      : {
          details: [
            { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com', metadata },
          ],
        };
  return new Refusal(
    status,
    message,
    JSON.stringify({ error: { code: status, message, status: state, ...details } }, null, 2),
  );
}

/** The same as a fault, with headers. */
export function refusing(error: Refusal, headers: Readonly<Record<string, string>> = {}): Fault {
  return { kind: 'answer', status: error.status, headers, body: error.body };
}

/** Sends an answer, or spoils it. */
export async function send(
  response: ServerResponse,
  status: number,
  body: string,
  fault: Fault | undefined,
): Promise<void> {
  const bytes = Buffer.from(body, 'utf8');
  const headers = { 'content-type': 'application/json; charset=UTF-8' };
  switch (fault?.kind) {
    case undefined:
      response.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes);
      return;
    case 'answer':
      response.writeHead(fault.status, { ...headers, ...fault.headers }).end(fault.body);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'reset_midway':
      response.writeHead(status, { ...headers, 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.resetAndDestroy());
      return;
    case 'cut':
      response.writeHead(status, headers).end(bytes.subarray(0, bytes.length / 2));
      return;
    case 'silence':
      return;
    case 'drip':
      response.writeHead(status, { ...headers, 'content-length': bytes.length });
      for (let at = 0; at < bytes.length && !response.destroyed; at += 1) {
        response.write(bytes.subarray(at, at + 1));
        await wait(fault.everyMs, undefined, { ref: false });
      }
      response.end();
      return;
  }
}
