import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { assertAddress, guardedLookup } from '#connectors/sdk/http/guarded-lookup.js';
import type { Endpoint } from './endpoint.js';

/** What of an answer is read; the rest is left, and the connection closed. */
const MOST_BYTES = 16 * 1024;

export interface PostRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PostAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The beginning of the body. */
  readonly text: string;
}

/**
 * Posts once and reads the answer, at most so much of it as an error needs. No redirect is followed; the connection is
 * this request's own and ends with it.
 *
 * @throws what the network, TLS or the address rule says; the reason of `signal`
 */
export async function post(endpoint: Endpoint, request: PostRequest, signal: AbortSignal): Promise<PostAnswer> {
  const message = await answerTo(endpoint, request, signal);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= MOST_BYTES) break;
    }
  } finally {
    message.destroy();
  }
  return {
    status: message.statusCode ?? 0,
    retryAfter: message.headers['retry-after'],
    text: Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8'),
  };
}

function answerTo(
  { url, rule, ca }: Endpoint,
  { headers, body }: PostRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    assertAddress(url.hostname, rule);
    const bytes = Buffer.from(body);
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      headers: { 'user-agent': 'plumbline', accept: '*/*', ...headers, 'content-length': bytes.length },
      signal,
      // No pool: nothing stays open after the answer.
      agent: false,
      lookup: guardedLookup(rule),
      ...(ca === undefined ? {} : { ca }),
    });
    request.once('response', resolve);
    // Stays: an error after the answer belongs to the body, which tells of it itself.
    request.on('error', reject);
    request.end(bytes);
  });
}
