import { resolve } from 'node:path';
import { sha256Hex } from '#connectors/sdk/digest.js';
import type { Watermark } from '#connectors/sdk/watermark.js';
import { checkFolder } from '../check.js';
import { patternsOf, stillMsOf } from '../options.js';
import type { FilePlace } from '../place.js';
import { chooseFiles } from './choose-files.js';
import type { DeliveredFile } from './delivered-file.js';
import { folderStreams } from './folder-streams.js';
import { listFiles } from './list-files.js';
import { waitUntilStill } from './stillness.js';

/** A folder of this machine. */
export function folderPlace(baseDirectory: string, path: string): FilePlace {
  const folder = resolve(baseDirectory, path);
  return {
    async deliver(options, window, guard) {
      const patterns = patternsOf(options);
      const listed = await listFiles(folder, { patterns, done: options.done, checkpoint: guard.checkpoint });
      const take = options.take ?? 'all';
      // The newest file is only known when none of them moves; by name it is enough that the chosen ones stand still.
      const waited = take === 'newest' ? await stillFiles(listed) : listed;
      const chosen = chooseFiles(waited, take, window);
      const files = take === 'newest' ? chosen.files : await stillFiles(chosen.files);
      const settled = new Map([...waited, ...files].map((file) => [file.name, file]));
      return {
        files,
        describe: (file, sha256) =>
          `${file.name}: ${file.state.size} bytes, changed ${file.state.changedAt}, sha256 ${sha256}`,
        nothing:
          listed.length === 0
            ? `No file in "${folder}" matches "${patterns.join('", "')}"${options.done === undefined ? '' : ` and has its "${options.done}"`}: nothing was delivered`
            : `${listed.length === 1 ? 'One file matches' : `${listed.length} files match`} "${patterns.join('", "')}", ${listed.length === 1 ? 'and it is not' : 'none of them is'} for the days wanted`,
        notes: chosen.notes,
        watermark: watermarkOf([...settled.values()]),
      };

      function stillFiles(some: readonly DeliveredFile[]): Promise<readonly DeliveredFile[]> {
        return waitUntilStill(some, {
          stillMs: stillMsOf(options),
          signal: guard.signal,
          checkpoint: guard.checkpoint,
        });
      }
    },
    async watermark(options, guard) {
      const { checkpoint } = guard;
      return watermarkOf(await listFiles(folder, { patterns: patternsOf(options), done: options.done, checkpoint }));
    },
    check: (signal) => checkFolder(folder, signal),
    streams: (wanted, guard) => folderStreams(folder, wanted, guard),
  };
}

/** Names, sizes and times of change of all files that match: whatever is added, taken away or written shows. */
function watermarkOf(files: readonly DeliveredFile[]): Watermark {
  const value = sha256Hex(
    JSON.stringify(files.map(({ name, state }) => [name, String(state.size), String(state.mtimeNs)])),
  );
  const newest = files.reduce<DeliveredFile | undefined>(
    (best, file) => (best === undefined || file.state.mtimeNs > best.state.mtimeNs ? file : best),
    undefined,
  );
  return { evidence: 'file', value, ...(newest === undefined ? {} : { at: newest.state.changedAt }) };
}
