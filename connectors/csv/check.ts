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

/** What no text holds: all but tab, line ends, form feed, and the four separators of fields and records. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0b\x0e-\x1b\x7f]/;

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
      message: `${files.length === 1 ? '1 file' : `${files.length} files`}; newest "${newest.name}" of ${newest.state.changedAt}`,
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
  const { line, isText } = await beginningOf(file);
  const name = 'header';
  if (!isText) {
    const message = `"${file.name}" holds control characters, so it may be no text: it begins ${JSON.stringify(shortened(line, 60))}`;
    const remedy =
      'Leave it out of the patterns of "files:" if it is no text; declare its "encoding:" if it is UTF-16 without a mark.';
    return { name, outcome: 'warn', message, remedy };
  }
  if (line !== '') return { name, outcome: 'ok', message: `"${file.name}" begins: ${line}` };
  return { name, outcome: 'warn', message: `"${file.name}" begins with an empty line`, remedy: 'Ask its sender.' };
}

interface Beginning {
  readonly line: string;
  /** No control characters but those that lay out lines; separators of fields may be any of the last four. */
  readonly isText: boolean;
}

async function beginningOf(file: DeliveredFile): Promise<Beginning> {
  const handle = await open(file.path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const text = decoded(buffer.subarray(0, bytesRead));
    const line = shortened(text.split(/\r\n|\r|\n/, 1)[0] ?? '', 200);
    return { line, isText: !CONTROL.test(text) };
  } finally {
    await handle.close();
  }
}

/** Shown to a person only, so a byte of an encoding that bears no mark may become U+FFFD here. */
function decoded(bytes: Uint8Array): string {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
