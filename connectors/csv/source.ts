import type { ResolveName } from '#connectors/sdk/http/guarded-lookup.js';
import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import type { OpenContext, Source } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { discoverStreams } from './discover.js';
import { folderPlace } from './files/folder-place.js';
import type { CsvConnection, CsvExtract } from './options.js';
import { type FilePlace, LOOKING_LIMITS } from './place.js';
import { readFiles } from './read-files.js';

/** What a test puts in the place of the world. */
export interface CsvSurroundings {
  readonly resolveName?: ResolveName;
}

type CsvContext = Pick<OpenContext, 'baseDirectory' | 'cacheDirectory' | 'allowHosts'>;

/** A folder of files, or files below a url. Nothing stays open between reads. */
export async function openCsvSource(
  connection: CsvConnection,
  context: CsvContext,
  surroundings: CsvSurroundings = {},
): Promise<Source<CsvExtract>> {
  const place = await openPlace(connection, context, surroundings);
  return {
    check: (signal) => place.check(signal),
    discover: (request) =>
      guarded('what there is to read', LOOKING_LIMITS, request.signal, (guard) =>
        discoverStreams(place, request, guard),
      ),
    // What stands in files is known when they are read.
    watermark: async ({ extract, options, limits, signal }) =>
      options.as_of === undefined
        ? guarded(`extract "${extract}"`, limits, signal, (guard) => place.watermark(options, guard))
        : undefined,
    read: (request) => readFiles(place, request),
    close: async () => {},
  };
}

async function openPlace(
  connection: CsvConnection,
  { baseDirectory, cacheDirectory, allowHosts }: CsvContext,
  surroundings: CsvSurroundings,
): Promise<FilePlace> {
  const { url, folder, known_files: knownFiles = [] } = connection;
  if (url !== undefined) {
    // Here and not at the top: files of a folder need nothing of http.
    const [{ openServer }, { urlPlace }] = await Promise.all([
      import('./http/open-server.js'),
      import('./http/url-place.js'),
    ]);
    const site = allowHosts === undefined ? {} : { allowHosts };
    const server = await openServer({ ...connection, url }, { baseDirectory, ...site });
    return urlPlace({ ...server, ...surroundings }, cacheDirectory, knownFiles);
  }
  if (folder !== undefined) return folderPlace(baseDirectory, folder);
  throw new PlumblineError('config', 'SOURCE_OPTION_UNFIT', 'Opening files: the connection has no folder and no url', {
    remedy: 'Give the connection "folder:" or "url:".',
  });
}

async function guarded<T>(
  place: string,
  limits: Parameters<typeof guardRead>[1],
  signal: AbortSignal,
  work: (guard: ReadGuard) => Promise<T>,
): Promise<T> {
  const guard = guardRead(place, limits, signal);
  try {
    guard.checkpoint();
    return await work(guard);
  } finally {
    guard.close();
  }
}
