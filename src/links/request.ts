import { answerLook, answerPress } from './answer.js';
import { LINK_PURPOSES, type LinkPurpose } from './claims.js';
import { isFormType, LONGEST_FORM, readForm } from './form.js';
import type { LinkDesk, LinkPage } from './types.js';

/** A request, as far as it matters. */
export interface LinkRequest {
  readonly method: string;
  /** As it came: path and query. */
  readonly target: string;
  readonly host: string | undefined;
  readonly contentType: string | undefined;
  /** Reads the body, which is waited for only where it counts; `undefined` where it is longer than that. */
  readonly body: (mostBytes: number) => Promise<string | undefined>;
}

/** An answer: a page with further headers, or a word for probes. */
export type LinkAnswer =
  | { readonly page: LinkPage; readonly headers?: Readonly<Record<string, string>> }
  | { readonly word: string };

/** Where people reach the server. */
export interface LinkPlace {
  /** Host, with its port where that is not the usual one. */
  readonly host: string;
  /** Empty, or with a slash at its beginning only. */
  readonly basePath: string;
}

const PATH = /^\/(?<purpose>[a-z]+)(?:\/(?<token>[A-Za-z0-9_.-]+))?$/;

/** What a request is answered. Only a form that is sent acts. */
export async function answerRequest(
  desk: LinkDesk,
  { host, basePath }: LinkPlace,
  request: LinkRequest,
): Promise<LinkAnswer> {
  const [path = ''] = request.target.split('?', 1);
  const looks = request.method === 'GET' || request.method === 'HEAD';
  if (path === '/healthz') return looks ? { word: 'ok' } : notAllowed('GET, HEAD');
  if (request.host?.toLowerCase() !== host)
    return plain(421, 'This is another host', 'Open the link from the message.');
  const { purpose, token } = PATH.exec(path.startsWith(basePath) ? path.slice(basePath.length) : '')?.groups ?? {};
  if (!isPurpose(purpose)) return plain(404, 'There is nothing here', 'Open the link from the message.');
  if (token !== undefined) {
    return looks ? { page: await answerLook(desk, purpose, token) } : notAllowed('GET, HEAD');
  }
  if (request.method !== 'POST') return notAllowed('POST');
  if (!isFormType(request.contentType)) return plain(415, 'This is no form', 'Nothing was changed.');
  const body = await request.body(LONGEST_FORM);
  if (body === undefined) {
    return plain(413, 'That was too long', 'Nothing was changed. Go back and write less.', { connection: 'close' });
  }
  return { page: await answerPress(desk, purpose, readForm(body)) };
}

function isPurpose(text: string | undefined): text is LinkPurpose {
  return LINK_PURPOSES.some((each) => each === text);
}

function notAllowed(allow: string): LinkAnswer {
  return plain(405, 'This cannot be done here', 'Nothing was changed.', { allow });
}

function plain(
  status: number,
  title: string,
  line: string,
  headers: Readonly<Record<string, string>> = {},
): LinkAnswer {
  return { page: { status, title, lines: [line] }, headers };
}
