import type { ReadGuard } from '#connectors/sdk/limits.js';
import { currentState, type DeliveredFile } from '../files/delivered-file.js';
import { fileUrl } from './base-url.js';
import { bodyOf, saysItsLength } from './body.js';
import type { BodyCache, CachedBody } from './body-cache.js';
import { statusFailure } from './failures.js';
import { type HttpAnswer, type HttpServer, send } from './request.js';
import { conditional, type Validators, validatorsOf } from './validators.js';

/** A file behind a url that now lies on this machine, whole. */
export interface FetchedFile {
  readonly file: DeliveredFile;
  readonly validators: Validators;
  /** Whether the server answered that it has not moved. */
  readonly unchanged: boolean;
  readonly notes: readonly string[];
}

type FetchGuard = Pick<ReadGuard, 'signal' | 'stopped' | 'checkpoint' | 'addBytes'>;

/** Packing for the way is asked for; what it packs is what counts. */
const ASKED = { 'accept-encoding': 'gzip' } as const;

/**
 * Fetches one file to its end before anything of it is read, or takes the one kept from the last time when the server
 * says that it has not moved.
 */
export async function fetchFile(
  server: HttpServer,
  name: string,
  cache: BodyCache,
  guard: FetchGuard,
): Promise<FetchedFile> {
  const url = fileUrl(server.base, name);
  const kept = await cache.find(url, guard.checkpoint);
  const headers = { ...ASKED, ...(kept === undefined ? {} : conditional(kept.validators)) };
  const answer = await send(server, url, { method: 'GET', headers }, guard);
  if (answer.status === 304 && kept !== undefined) {
    answer.message.destroy();
    return { ...(await delivered(name, kept)), unchanged: true, notes: [] };
  }
  if (answer.status !== 200) throw refused(answer);
  const validators = validatorsOf(answer.message.headers);
  const body = await cache.keep(url, bodyOf(answer, name, guard), () => validators);
  const notes = saysItsLength(answer)
    ? []
    : [`"${name}": the server does not say how long the file is, so a cut one cannot be told`];
  return { ...(await delivered(name, body)), unchanged: false, notes };
}

async function delivered(name: string, body: CachedBody): Promise<Pick<FetchedFile, 'file' | 'validators'>> {
  const state = await currentState({ name, path: body.path });
  return { file: { name, path: body.path, state }, validators: body.validators };
}

/** What the server says of a file, without its body. */
export async function askAbout(server: HttpServer, url: URL, guard: FetchGuard): Promise<HttpAnswer> {
  const answer = await send(server, url, { method: 'HEAD', headers: ASKED }, guard);
  answer.message.destroy();
  // Some servers, and signed addresses, know no HEAD.
  if (![403, 405, 501].includes(answer.status)) return answer;
  const whole = await send(server, url, { method: 'GET', headers: ASKED }, guard);
  whole.message.destroy();
  return whole;
}

/** The beginning of a file, without keeping it. */
export async function* peek(
  server: HttpServer,
  name: string,
  guard: FetchGuard,
): AsyncGenerator<Uint8Array, void, void> {
  const answer = await send(server, fileUrl(server.base, name), { method: 'GET', headers: ASKED }, guard);
  if (answer.status !== 200) throw refused(answer);
  yield* bodyOf(answer, name, guard);
}

/** An answer that is not the file, as a failure. Its body is nobody's business. */
export function refused({ status, message, url }: HttpAnswer) {
  message.destroy();
  return statusFailure(status, message.headers, url);
}
