import type { IncomingHttpHeaders } from 'node:http';
import { sha256Hex } from '#connectors/sdk/digest.js';
import { httpDate } from '#connectors/sdk/http/retry-after.js';
import type { Watermark } from '#connectors/sdk/watermark.js';

/** What a server says about the state of a file. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export function validatorsOf(headers: IncomingHttpHeaders): Validators {
  const { etag, 'last-modified': lastModified } = headers;
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

/** Headers that ask for the file only if it has moved since. */
export function conditional(validators: Validators): Record<string, string> {
  const { etag, lastModified } = validators;
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

/**
 * How far files behind urls have come, by what their server says of them.
 *
 * @returns `undefined` when it says nothing of one of them
 */
export function watermarkOf(
  files: readonly { readonly name: string; readonly validators: Validators }[],
): Watermark | undefined {
  if (files.length === 0 || files.some(({ validators }) => Object.keys(validators).length === 0)) return undefined;
  const value = sha256Hex(
    JSON.stringify(files.map(({ name, validators }) => [name, validators.etag, validators.lastModified])),
  );
  const times = files.map(({ validators }) => httpDate(validators.lastModified ?? ''));
  const known = times.filter((time) => time !== undefined);
  if (known.length < times.length) return { evidence: 'own', value };
  return { evidence: 'modified_time', value, at: known.reduce((a, b) => (a > b ? a : b), '') };
}
