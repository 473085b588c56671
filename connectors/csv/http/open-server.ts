import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { assertReachedHost } from '#connectors/sdk/http/allowed-hosts.js';
import type { OpenContext } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { castFileError } from '../errors.js';
import type { CsvConnection } from '../options.js';
import { problemOfUrl } from './base-url.js';
import type { HttpServer } from './request.js';

/** The server of a connection whose secrets are filled in. */
export async function openServer(
  connection: CsvConnection & { readonly url: string },
  { baseDirectory, ...site }: Pick<OpenContext, 'baseDirectory' | 'allowHosts'>,
): Promise<HttpServer> {
  const problem = problemOfUrl(connection.url) ?? (URL.canParse(connection.url) ? undefined : 'is no address');
  // The url is not shown: it may be one that a reference was filled into.
  if (problem !== undefined) throw unusable('url', problem);
  const base = new URL(connection.url);
  assertReachedHost(base.hostname, site, 'Opening the files of a url: it');
  const headers: Record<string, string> = { ...connection.headers };
  if (connection.token !== undefined) headers['authorization'] = `Bearer ${connection.token}`;
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      const from = name === 'authorization' ? 'token' : `headers: ${name}`;
      throw unusable(from, 'has characters that no header can carry (a line end, perhaps)');
    }
  }
  const ca = connection.ca === undefined ? undefined : resolve(baseDirectory, connection.ca);
  return {
    base,
    headers,
    allowPrivate: connection.allow_private ?? false,
    ...(ca === undefined ? {} : { ca: await authority(ca) }),
  };
}

function authority(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw castFileError(error, `Opening the certificate authority "${path}"`);
  });
}

function unusable(option: string, problem: string): PlumblineError {
  return new PlumblineError('config', 'SOURCE_OPTION_UNFIT', `Opening the files of a url: "${option}" ${problem}`, {
    remedy: 'Correct the option of the connection, or the secret that it refers to.',
  });
}
