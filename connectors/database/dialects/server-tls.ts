import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { ServerConnection } from '../options.js';

/** How a connection is encrypted, the files read. */
export interface ServerTls {
  readonly mode: 'require' | 'verify-ca' | 'verify-identity';
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

type TlsFields = Pick<ServerConnection, 'host' | 'tls' | 'ca' | 'cert' | 'key'>;

/**
 * What the options say about TLS; `undefined` where there is none. Unsaid, it is `verify-identity`, and `off` on this
 * machine itself, where nothing can listen in between.
 *
 * @throws PlumblineError `config` SOURCE_TLS_FAILED for a file that cannot be read
 */
export async function serverTls(connection: TlsFields, baseDirectory: string): Promise<ServerTls | undefined> {
  const mode = connection.tls ?? (isLoopback(connection.host) ? 'off' : 'verify-identity');
  if (mode === 'off') return undefined;
  const read = async (option: 'ca' | 'cert' | 'key'): Promise<{ [name in typeof option]?: string }> => {
    const path = connection[option];
    return path === undefined ? {} : { [option]: await pemFile(option, resolve(baseDirectory, path)) };
  };
  return { mode, ...(await read('ca')), ...(await read('cert')), ...(await read('key')) };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

async function pemFile(option: 'ca' | 'cert' | 'key', path: string): Promise<string> {
  const remedy = `Correct "${option}:" of the connection (relative to the configuration folder) to a PEM file that can be read.`;
  const refused = (why: string, cause?: unknown): PlumblineError =>
    new PlumblineError('config', 'SOURCE_TLS_FAILED', `Reading "${option}:" of the connection, "${path}": ${why}`, {
      remedy,
      cause,
    });
  try {
    const text = await readFile(path, 'utf8');
    // A file without one would be taken for "no authority at all", and the public ones believed.
    if (text.includes('-----BEGIN ')) return text;
  } catch (error) {
    throw refused('it cannot be read', error);
  }
  throw refused('it is no PEM file');
}
