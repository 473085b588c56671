import { open, stat } from 'node:fs/promises';
import { shortened } from '#connectors/sdk/raw-text.js';
import type { Probe } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { castFileError } from './errors.js';
import { type DeliveredFile, listFiles } from './files.js';

/** Enough for any header worth showing. */
const HEAD_BYTES = 4096;

/** Asks of a folder: is it there and readable, does it hold files, and how does the newest one begin? */
export async function checkFolder(folder: string, signal: AbortSignal): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  try {
    const files = await listFiles(folder, '*');
    probes.push({ name: 'folder', outcome: 'ok', message: `Folder "${folder}" can be read` });
    const newest = await newestOf(files, signal);
    if (newest === undefined) {
      const remedy = 'Nothing to do if no file is due yet; else look where the sender puts them.';
      return [...probes, { name: 'files', outcome: 'warn', message: 'The folder holds no file', remedy }];
    }
    const changed = newest.changedAt.toISOString();
    probes.push({
      name: 'files',
      outcome: 'ok',
      message: `${files.length} files; newest "${newest.file.name}" of ${changed}`,
    });
    const header = await firstLine(newest.file);
    probes.push(
      header === ''
        ? {
            name: 'header',
            outcome: 'warn',
            message: `"${newest.file.name}" begins with an empty line`,
            remedy: 'Ask its sender.',
          }
        : { name: 'header', outcome: 'ok', message: `"${newest.file.name}" begins: ${header}` },
    );
    return probes;
  } catch (error) {
    const failure = castFileError(error, `Checking folder "${folder}"`);
    if (failure.kind === 'cancelled' || failure.kind === 'defect') throw failure;
    const remedy = failure.remedy ?? 'See the message.';
    const name = probes.length === 0 ? 'folder' : 'files';
    return [...probes, { name, outcome: 'fail', message: failure.message, remedy, kind: failure.kind }];
  }
}

async function newestOf(
  files: readonly DeliveredFile[],
  signal: AbortSignal,
): Promise<{ readonly file: DeliveredFile; readonly changedAt: Date } | undefined> {
  let newest: { readonly file: DeliveredFile; readonly changedAt: Date } | undefined;
  for (const file of files) {
    if (signal.aborted)
      throw new PlumblineError('cancelled', 'SOURCE_READ_CANCELLED', 'Checking the folder was cancelled');
    const { mtime } = await stat(file.path);
    if (newest === undefined || mtime > newest.changedAt) newest = { file, changedAt: mtime };
  }
  return newest;
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
