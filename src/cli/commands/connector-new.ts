import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allowConnector, CONNECTORS_FILE, readAllowedConnectors } from '#src/config/allowed-connectors.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { packageRoot } from '#src/worker/package-root.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { configOption } from '../render/next-command.js';
import { writing } from '../writing.js';

const NAME = /^[a-z][a-z0-9-]{0,60}$/;
/** The names that the template itself has. */
const TEMPLATE_NAME = /my-source/g;
const TEMPLATE_FUNCTION = /mySource/g;

/** Writes a connector that works, with its exam, into a config folder, and allows it to be loaded. */
export async function connectorNew(context: CommandContext, name: string, options: ConfigOption): CommandResult {
  if (!NAME.test(name)) {
    throw new PlumblineError('config', 'CLI_CONNECTOR_NAME', `Cannot name a connector "${name}".`, {
      remedy: 'Use lower-case letters, digits and dashes, starting with a letter: ticket-system.',
    });
  }
  const folder = resolve(context.cwd, options.config);
  await assertFolder(folder, options.config);
  const module = `./connectors/${name}.mjs`;
  const files = [
    { file: `connectors/${name}.mjs`, template: 'connector.mjs' },
    { file: `connectors/${name}.exam.test.mjs`, template: 'exam.test.mjs' },
  ];
  await assertAbsent(folder, files);
  await readAllowedConnectors(folder);
  await writing(options.config, async () => {
    await mkdir(join(folder, 'connectors'), { recursive: true });
    for (const { file, template } of files) {
      const text = await readFile(templatePath(template), 'utf8');
      await writeFile(join(folder, file), named(text, name), { flag: 'wx' });
    }
    await allowConnector(folder, module);
  });
  const written = [...files.map(({ file }) => file), CONNECTORS_FILE];
  context.stdout.write(`${written.map((file) => join(options.config, file)).join('\n')}\n`);
  context.stderr.write(
    [
      'It reads a JSON API as it is; docs/guides/write-a-connector.md goes through it part by part. Next:',
      `  cd ${quoted(options.config)}`,
      `  ${installCommand()}`,
      `  npx vitest run connectors/${name}.exam.test.mjs`,
      `  write "connector: ${module}" into a connection, then: plumbline check${configOption(options.config)}`,
      '',
    ].join('\n'),
  );
  return 0;
}

/**
 * By its place and not by its name: the package that a registry has under this name is somebody else's. npm makes a link
 * of it.
 */
function installCommand(): string {
  const root = fileURLToPath(packageRoot()).replace(/[/\\]$/, '');
  return `npm install --save-dev vitest ${quoted(`plumbline@file:${root}`)}`;
}

/** As a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function named(text: string, name: string): string {
  const camel = name.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()).replace(/-/g, '');
  return text.replace(TEMPLATE_NAME, name).replace(TEMPLATE_FUNCTION, `${camel}Connector`);
}

async function assertFolder(folder: string, written: string): Promise<void> {
  const found = await stat(join(folder, 'site.yaml')).catch(() => undefined);
  if (found?.isFile()) return;
  throw new PlumblineError(
    'config',
    'CONFIG_FOLDER_MISSING',
    `Cannot write a connector into "${written}": it holds no site.yaml.`,
    {
      remedy: 'Point --config at a config folder; "plumbline init" makes one.',
    },
  );
}

async function assertAbsent(folder: string, files: readonly { readonly file: string }[]): Promise<void> {
  for (const { file } of files) {
    if ((await stat(join(folder, file)).catch(() => undefined)) === undefined) continue;
    throw new PlumblineError(
      'config',
      'CLI_FOLDER_NOT_EMPTY',
      `Cannot write "${file}": it is there, and nothing is written over.`,
      {
        remedy: 'Choose another name, or move the file away.',
      },
    );
  }
}

function templatePath(file: string): string {
  return fileURLToPath(new URL(`templates/connector/${file}`, packageRoot()));
}
