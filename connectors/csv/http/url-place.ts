import { join } from 'node:path';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { isGlob } from '../files/path-glob.js';
import { type CsvExtract, patternsOf } from '../options.js';
import type { FilePlace, FileStream } from '../place.js';
import { fileUrl } from './base-url.js';
import { createBodyCache } from './body-cache.js';
import { checkUrl } from './check-url.js';
import { shownUrl } from './failures.js';
import { askAbout, type FetchedFile, fetchFile, peek, refused } from './fetch-file.js';
import type { HttpServer } from './request.js';
import { validatorsOf, watermarkOf } from './validators.js';

/** Files below a url. There is no list of them, so an extract names each. */
export function urlPlace(server: HttpServer, cacheDirectory: string, knownFiles: readonly string[]): FilePlace {
  const cache = createBodyCache(join(cacheDirectory, 'csv-http'));
  return {
    async deliver(options, _window, guard) {
      const fetched = new Map<string, FetchedFile>();
      for (const name of exactNames(options)) fetched.set(name, await fetchFile(server, name, cache, guard));
      const all = [...fetched.entries()].map(([name, { validators }]) => ({ name, validators }));
      return {
        files: [...fetched.values()].map(({ file }) => file),
        describe(file, sha256) {
          const { validators, unchanged } = fetched.get(file.name) ?? { validators: {}, unchanged: false };
          const said = [
            ...(validators.lastModified === undefined ? [] : [`changed ${validators.lastModified}`]),
            ...(validators.etag === undefined ? [] : [`etag ${validators.etag}`]),
            ...(unchanged ? ['not moved since it was last fetched'] : []),
          ];
          const url = shownUrl(fileUrl(server.base, file.name));
          return [`${url}: ${file.state.size} bytes`, ...said, `sha256 ${sha256}`].join(', ');
        },
        nothing: 'No file is named',
        notes: [...fetched.values()].flatMap(({ notes }) => notes),
        watermark: watermarkOf(all),
      };
    },
    async watermark(options, guard) {
      const files = [];
      for (const name of exactNames(options)) {
        const answer = await askAbout(server, fileUrl(server.base, name), guard);
        if (answer.status !== 200) throw refused(answer);
        files.push({ name, validators: validatorsOf(answer.message.headers) });
      }
      return watermarkOf(files);
    },
    check: (signal) => checkUrl(server, knownFiles, signal),
    streams: async (wanted, guard) =>
      (wanted === undefined ? [...knownFiles] : [wanted]).map((name) => streamOf(server, name, guard)),
  };
}

function streamOf(server: HttpServer, name: string, guard: ReadGuard): FileStream {
  return { name, file: name, head: () => peek(server, name, guard), notes: [] };
}

/** Names an extract asks for, each once. Rules that need a list of what there is have no meaning here. */
function exactNames(options: CsvExtract): readonly string[] {
  const names = [...new Set(patternsOf(options))];
  const glob = names.find(isGlob);
  if (glob !== undefined) throw unfit('files', `"${glob}" is a pattern, but there is no list of what is below a url`);
  if (options.take !== undefined && options.take !== 'all') throw unfit('take', 'chooses among files of a folder');
  if (options.done !== undefined) throw unfit('done', 'looks for a second file beside each file of a folder');
  return names;
}

function unfit(option: string, problem: string): PlumblineError {
  return new PlumblineError('config', 'SOURCE_OPTION_UNFIT', `Reading files below a url: "${option}" ${problem}`, {
    remedy: 'Name each file in "files:" (one or a list), and leave "take:" and "done:" out of the extract.',
  });
}
