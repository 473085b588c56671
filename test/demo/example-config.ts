import { fileURLToPath } from 'node:url';
import { csvConnector } from '#connectors/csv/definition.js';
import { databaseConnector } from '#connectors/database/definition.js';
import { googleSheetsConnector } from '#connectors/google-sheets/definition.js';
import { createRegistry } from '#connectors/sdk/registry.js';
import { readConfig } from '#src/config/index.js';
import type { ConfigReading, ResolvedConfig } from '#src/config/types.js';

export const CONFIG_FOLDER = fileURLToPath(new URL('../../config/', import.meta.url));
export const CONNECTORS = createRegistry([csvConnector, databaseConnector, googleSheetsConnector]);

export function readExample(): Promise<ConfigReading> {
  return readConfig(CONFIG_FOLDER, CONNECTORS);
}

/** The example configuration; its problems are the error's message when it has any. */
export async function exampleConfig(): Promise<ResolvedConfig> {
  const { config, problems } = await readExample();
  if (config === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return config;
}
