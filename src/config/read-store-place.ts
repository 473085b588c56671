import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/**
 * The SQLite store that a config folder names, without reading the rest of the folder.
 *
 * For commands that show what is stored and should answer at once. `undefined` for everything that is not plainly a
 * SQLite store: another kind, a reference, a file with mistakes. Then `readConfig` has the answer, or says what is wrong.
 *
 * @param folder absolute
 */
export async function readStorePlace(
  folder: string,
): Promise<{ readonly client: 'sqlite'; readonly file: string } | undefined> {
  try {
    const site: unknown = parse(await readFile(join(folder, 'site.yaml'), 'utf8'), { logLevel: 'silent' });
    const store = field(site, 'store');
    const file = field(store, 'file');
    if (field(store, 'client') !== 'sqlite' || typeof file !== 'string' || file === '' || file.includes('${')) return;
    return { client: 'sqlite', file: resolve(folder, file) };
  } catch {
    // Whatever is wrong with the file, readConfig tells it with its place and remedy.
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
