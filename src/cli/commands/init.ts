import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { writeSchemas } from '#src/config/json-schema.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { periodContaining } from '#src/domain/period/period.js';
import { dateInZone, isTimeZone } from '#src/domain/period/period-instants.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import type { CommandContext, CommandResult } from '../context.js';
import { newFolderFiles, SCHEMA_FOLDER } from '../init/templates.js';
import { configOption } from '../render/next-command.js';
import { writing } from '../writing.js';

/** What may lie in a folder that counts as empty. */
const IGNORED = new Set(['.git']);

/** Writes a small config folder that works as it is, its figures from a sample of the last closed months. */
export async function init(context: CommandContext, folder: string): CommandResult {
  const path = resolve(context.cwd, folder);
  await assertEmpty(path, folder);
  const timeZone = zoneOf(context.env);
  const openMonth = periodContaining(dateInZone(context.now(), timeZone), 'monthly').start;
  const files = newFolderFiles({ id: siteId(path), timeZone, openMonth });
  await writing(folder, async () => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      // wx: what appeared since the folder was looked at is never written over.
      await writeFile(join(path, name), text, { flag: 'wx' });
    }
    await writeSchemas(join(path, SCHEMA_FOLDER), builtInConnectors);
  });
  const names = [...Object.keys(files), `${SCHEMA_FOLDER}/`];
  context.stdout.write(`${names.map((name) => join(folder, name)).join('\n')}\n`);
  const option = configOption(folder);
  context.stderr.write(
    [
      `Wrote a scorecard of three measures over sample/orders.csv; its time zone is ${timeZone}. Next:`,
      `  plumbline check${option}`,
      `  plumbline run --once${option}`,
      `  plumbline status${option}`,
      '',
    ].join('\n'),
  );
  return 0;
}

async function assertEmpty(path: string, folder: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new PlumblineError(
      'config',
      'CLI_FOLDER_UNUSABLE',
      `Cannot make a config folder at "${folder}": ${error.message}`,
      {
        remedy: 'Name a folder that is empty or not there yet.',
        cause: error,
      },
    );
  });
  const [first, ...others] = names.filter((name) => !IGNORED.has(name)).sort();
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  throw new PlumblineError(
    'config',
    'CLI_FOLDER_NOT_EMPTY',
    `Cannot make a config folder at "${folder}": there is "${first}"${more} in it, and nothing is written over.`,
    { remedy: 'Name a folder that is empty or not there yet.' },
  );
}

/** The zone people here live in: TZ where it names one, else the machine's. */
function zoneOf(env: CommandContext['env']): string {
  const zones = [env['TZ'] ?? '', new Intl.DateTimeFormat().resolvedOptions().timeZone];
  return zones.find(isTimeZone) ?? 'UTC';
}

/** An id from the folder's name, so that two folders do not share a task queue. */
function siteId(path: string): string {
  const id = basename(path)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return id === '' || id === 'config' ? 'my-organisation' : id;
}
