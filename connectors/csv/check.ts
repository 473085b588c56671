import { open } from 'node:fs/promises';
import { shortened } from '#connectors/sdk/raw-text.js';
import type { Probe } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { castFileError } from './errors.js';
import type { DeliveredFile } from './files/delivered-file.js';
import { isPacked } from './files/file-bytes.js';
import { listFiles } from './files/list-files.js';

/** Enough for any header worth showing. */
const HEAD_BYTES = 4096;

/** Asks of a folder: is it there and readable, does it hold files, and how does the newest one begin? */
export async function checkFolder(folder: string, signal: AbortSignal): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  const checkpoint = (): void => {
    if (signal.aborted)
      throw new PlumblineError('cancelled', 'SOURCE_READ_CANCELLED', 'Checking the folder was cancelled');
  };
  try {
    const here = await listFiles(folder, { patterns: ['*'], checkpoint });
    probes.push({ name: 'folder', outcome: 'ok', message: `Folder "${folder}" can be read` });
    const files = here.length > 0 ? here : await listFiles(folder, { patterns: ['**/*'], checkpoint });
    const newest = newestOf(files);
    if (newest === undefined) {
      const remedy = 'Nothing to do if no file is due yet; else look where the sender puts them.';
      return [...probes, { name: 'files', outcome: 'warn', message: 'The folder holds no file', remedy }];
    }
    probes.push({
      name: 'files',
      outcome: 'ok',
      message: `${files.length} files; newest "${newest.name}" of ${newest.state.changedAt}`,
    });
    return [...probes, await headerProbe(newest)];
  } catch (error) {
    const failure = castFileError(error, `Checking folder "${folder}"`);
    if (failure.kind === 'cancelled' || failure.kind === 'defect') throw failure;
    const remedy = failure.remedy ?? 'See the message.';
    const name = probes.length === 0 ? 'folder' : 'files';
    return [...probes, { name, outcome: 'fail', message: failure.message, remedy, kind: failure.kind }];
  }
}

function newestOf(files: readonly DeliveredFile[]): DeliveredFile | undefined {
  return files.reduce<DeliveredFile | undefined>(
    (best, file) => (best === undefined || file.state.mtimeNs > best.state.mtimeNs ? file : best),
    undefined,
  );
}

async function headerProbe(file: DeliveredFile): Promise<Probe> {
  if (await isPacked(file)) {
    return { name: 'header', outcome: 'ok', message: `"${file.name}" is packed; discover shows what is inside` };
  }
  const header = await firstLine(file);
  if (header !== '') return { name: 'header', outcome: 'ok', message: `"${file.name}" begins: ${header}` };
  return {
    name: 'header',
    outcome: 'warn',
    message: `"${file.name}" begins with an empty line`,
    remedy: 'Ask its sender.',
  };
}

async function firstLine(file: DeliveredFile): Promise<string> {
  const handle = await open(file.path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    // Shown to a person only, so a byte of another encoding may become U+FFFD here.
    const text = buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '');
    return shortened(text.split(/\r\n|\r|\n/, 1)[0] ?? '', 200);
  } finally {
    await handle.close();
  }
}
