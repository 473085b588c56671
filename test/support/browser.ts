// A real browser for tests of HTML: Chromium by its command line.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { withPalette } from './small-png.js';

const run = promisify(execFile);

export interface Browser {
  /** What a page has become once it was loaded. */
  dumpDom(page: string): Promise<string>;
  /** Writes what is seen of a page, a PNG of this many pixels, to a file. */
  picture(page: string, file: string, size: { readonly width: number; readonly height: number }): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** @param program path of Chromium or Chrome */
export async function openBrowser(program: string): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-browser-'));
  const file = join(folder, 'page.html');
  const browse = async (page: string, ...options: readonly string[]): Promise<string> => {
    await writeFile(file, page);
    const { stdout } = await run(
      program,
      [
        ...[
          '--headless=new',
          '--disable-gpu',
          '--hide-scrollbars',
          '--no-first-run',
          '--disable-background-networking',
          // Grey edges of letters: the same on every screen, and half the size.
          '--disable-lcd-text',
        ],
        // Its sandbox does not start for root, and only pages of our own are opened, with no network.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--host-resolver-rules=MAP * ~NOTFOUND',
        `--user-data-dir=${join(folder, 'profile')}`,
        ...options,
        pathToFileURL(file).href,
      ],
      { timeout: 60_000, maxBuffer: 16 * 1024 * 1024 },
    );
    return stdout;
  };
  return {
    dumpDom: (page) => browse(page, '--dump-dom'),
    picture: async (page, into, { width, height }) => {
      await browse(page, `--window-size=${width},${height}`, `--screenshot=${into}`);
      await writeFile(into, withPalette(await readFile(into)));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
