import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSeq, parse, parseDocument } from 'yaml';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { ConnectorsSpec } from './spec/connectors-spec.js';

/** File of a config folder that lists the connectors of one's own. */
export const CONNECTORS_FILE = 'connectors.yaml';

/**
 * What a config folder allows to be loaded: nothing, where it has no `connectors.yaml`.
 *
 * @throws PlumblineError `CONFIG_CONNECTORS_FILE` naming everything that is wrong in it
 */
export async function readAllowedConnectors(folder: string): Promise<readonly string[]> {
  const file = join(folder, CONNECTORS_FILE);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw unusable(file, error.message, error);
  });
  if (text === undefined) return [];
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw unusable(file, error instanceof Error ? error.message : String(error), error);
  }
  const result = ConnectorsSpec.safeParse(document);
  if (result.success) return [...new Set(result.data.allow)];
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw unusable(file, problems);
}

/** Adds a module to the list of a config folder, whatever comments and order the file has; makes the file where there is none. */
export async function allowConnector(folder: string, module: string): Promise<void> {
  const file = join(folder, CONNECTORS_FILE);
  const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      return '# Connectors of your own: nothing outside this list is ever loaded.\nallow: []\n';
    throw error;
  });
  const document = parseDocument(before);
  const list = document.get('allow');
  if (isSeq(list)) list.flow = false;
  document.addIn(['allow'], module);
  await writeFile(file, document.toString());
}

function unusable(file: string, problem: string, cause?: unknown): PlumblineError {
  return new PlumblineError('config', 'CONFIG_CONNECTORS_FILE', `Reading "${file}": ${problem}`, {
    remedy: 'Write "allow:" with a list of modules (./my-source.mjs) and package names.',
    ...(cause === undefined ? {} : { cause }),
  });
}
