import { guardRead } from '#connectors/sdk/limits.js';
import type { Probe } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { LOOKING_LIMITS } from '../place.js';
import { fileUrl } from './base-url.js';
import { shownUrl, statusFailure } from './failures.js';
import { askAbout } from './fetch-file.js';
import type { HttpServer } from './request.js';
import { validatorsOf } from './validators.js';

/** Asks of a server: does it answer and let us in, and of each known file: its size, and how a change of it would show. */
export async function checkUrl(
  server: HttpServer,
  knownFiles: readonly string[],
  signal: AbortSignal,
): Promise<readonly Probe[]> {
  const guard = guardRead(`"${shownUrl(server.base)}"`, LOOKING_LIMITS, signal);
  try {
    if (knownFiles.length === 0) return [await probed('url', () => baseProbe(server, guard))];
    const probes: Probe[] = [];
    for (const name of knownFiles) {
      const url = fileUrl(server.base, name);
      probes.push(
        await probed(`file ${name}`, async () => {
          const { status, message } = await askAbout(server, url, guard);
          if (status !== 200) throw statusFailure(status, message.headers, url);
          return fileProbe(name, message.headers);
        }),
      );
    }
    return probes;
  } finally {
    guard.close();
  }
}

async function probed(name: string, ask: () => Promise<Probe>): Promise<Probe> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PlumblineError) || error.kind === 'cancelled' || error.kind === 'defect') throw error;
    const { message, kind, remedy = 'See the message.' } = error;
    return { name, outcome: 'fail', message, remedy, kind };
  }
}

async function baseProbe(server: HttpServer, guard: Parameters<typeof askAbout>[2]): Promise<Probe> {
  const { status, message } = await askAbout(server, server.base, guard);
  // A folder need not be readable itself for its files to be.
  if (status >= 400 && ![403, 404, 405, 410].includes(status))
    throw statusFailure(status, message.headers, server.base);
  return {
    name: 'url',
    outcome: 'ok',
    message: `"${shownUrl(server.base)}" answers (status ${status}); with "known_files" its files are looked at too`,
  };
}

function fileProbe(file: string, headers: Parameters<typeof validatorsOf>[0]): Probe {
  const { etag, lastModified } = validatorsOf(headers);
  const size = headers['content-length'] === undefined ? 'of unknown size' : `${headers['content-length']} bytes`;
  const name = `file ${file}`;
  if (etag === undefined && lastModified === undefined) {
    return {
      name,
      outcome: 'warn',
      message: `"${file}" is there, ${size}; the server says nothing by which a change would show`,
      remedy: 'Have the server send ETag or Last-Modified; until then every read fetches the whole file.',
    };
  }
  const said = [
    lastModified === undefined ? [] : [`changed ${lastModified}`],
    etag === undefined ? [] : [`etag ${etag}`],
  ];
  return { name, outcome: 'ok', message: `"${file}" is there, ${size}, ${said.flat().join(', ')}` };
}
