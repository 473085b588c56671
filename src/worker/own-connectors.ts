import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sdk } from '#connectors/sdk/index.js';
import type { AnyConnector } from '#connectors/sdk/types.js';
import { CONNECTORS_FILE } from '#src/config/allowed-connectors.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { packageEntry } from './package-entry.js';

const PARTS = ['connectionSchema', 'extractSchema', 'capabilities', 'plan', 'open'] as const;

/**
 * Loads the connectors that a config folder allows, each known by the name it has in the list.
 *
 * @throws PlumblineError `CONFIG_CONNECTOR_UNLOADABLE`
 */
export function loadOwnConnectors(folder: string, allowed: readonly string[]): Promise<readonly AnyConnector[]> {
  return Promise.all(allowed.map((name) => loadOne(folder, name)));
}

async function loadOne(folder: string, name: string): Promise<AnyConnector> {
  try {
    const loaded: unknown = await import(pathToFileURL(await locate(folder, name)).href);
    const made = exportOf(loaded);
    const definition: unknown = typeof made === 'function' ? made(sdk) : made;
    if (isDefinition(definition)) return { ...definition, name };
    throw new TypeError(
      `its default export must be a function (sdk) => definition, or a definition with ${PARTS.join(', ')}`,
    );
  } catch (error) {
    if (error instanceof PlumblineError) throw error;
    const reason = reasonOf(error);
    throw new PlumblineError('config', 'CONFIG_CONNECTOR_UNLOADABLE', `Loading the connector "${name}": ${reason}`, {
      remedy: `Mend the module, or take "${name}" out of ${CONNECTORS_FILE}; docs/guides/write-a-connector.md shows one that works.`,
      cause: error,
    });
  }
}

/** Without the list of files that Node appends when one of them requires what is not there. */
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\nRequire stack:')[0] ?? '';

/** Where a name leads: a module inside the folder (links included), or a package that the folder sees. */
async function locate(folder: string, name: string): Promise<string> {
  if (!name.startsWith('./')) return packageEntry(folder, name);
  const root = await realpath(folder);
  const path = await realpath(join(root, name));
  if (path.startsWith(root.endsWith(sep) ? root : root + sep)) return path;
  throw new TypeError('it is a link out of the config folder');
}

function exportOf(loaded: unknown): unknown {
  return typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : undefined;
}

function isDefinition(value: unknown): value is AnyConnector {
  return typeof value === 'object' && value !== null && PARTS.every((part) => part in value);
}
