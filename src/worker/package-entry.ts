import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { CONNECTORS_FILE } from '#src/config/allowed-connectors.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** Conditions under which a package is loaded here, as Node's `import` has them. */
const CONDITIONS = new Set(['node', 'import', 'default', 'module-sync', 'node-addons']);

/**
 * The file that `import 'name'` in a folder would load.
 *
 * Node's own way to ask this of another folder (`createRequire`) does not see packages that are only for `import`.
 *
 * @throws PlumblineError `CONFIG_CONNECTOR_UNLOADABLE` where no such package is installed; TypeError where it has no
 *   entry for `import`
 */
export async function packageEntry(folder: string, name: string): Promise<string> {
  const home = await packageFolder(resolve(folder), name);
  if (home === undefined) throw notInstalled(folder, name);
  const manifest = await manifestOf(home);
  if (manifest['exports'] !== undefined && manifest['exports'] !== null) return exportedFile(home, manifest['exports']);
  const main = manifest['main'];
  const named = typeof main === 'string' ? [main, `${main}.js`, `${main}/index.js`] : [];
  for (const path of [...named, 'index.js']) {
    if (await isFile(join(home, path))) return join(home, path);
  }
  throw new TypeError(`the package in "${home}" has neither "exports" nor a "main" file that is there`);
}

/** Upwards from the folder, the first `node_modules` that has it. */
async function packageFolder(folder: string, name: string): Promise<string | undefined> {
  const home = join(folder, 'node_modules', name);
  if (await isFolder(home)) return home;
  const above = dirname(folder);
  return above === folder ? undefined : packageFolder(above, name);
}

async function manifestOf(home: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(join(home, 'package.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  const manifest: unknown = JSON.parse(text);
  return isMap(manifest) ? manifest : {};
}

function exportedFile(home: string, exports: unknown): string {
  const hasPaths = isMap(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  const target = targetOf(hasPaths ? exports['.'] : exports);
  if (target === undefined) throw new TypeError(`the package in "${home}" exports nothing as "." for import`);
  const file = join(home, target);
  if (target.startsWith('./') && file.startsWith(home + sep)) return file;
  throw new TypeError(`the package in "${home}" exports "${target}", which is no file of its own`);
}

/** Of conditions the first that holds here and leads to a file; of a list the first that does. */
function targetOf(exported: unknown): string | undefined {
  if (typeof exported === 'string') return exported;
  const choices = Array.isArray(exported)
    ? exported
    : isMap(exported)
      ? Object.entries(exported).flatMap(([condition, target]) => (CONDITIONS.has(condition) ? [target] : []))
      : [];
  for (const choice of choices) {
    const target = targetOf(choice);
    if (target !== undefined) return target;
  }
  return undefined;
}

function notInstalled(folder: string, name: string): PlumblineError {
  return new PlumblineError(
    'config',
    'CONFIG_CONNECTOR_UNLOADABLE',
    `Loading the connector "${name}": no package of this name is installed in "${folder}" or a folder above it.`,
    { remedy: `Run "npm install ${name}" in the config folder, or take "${name}" out of ${CONNECTORS_FILE}.` },
  );
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
