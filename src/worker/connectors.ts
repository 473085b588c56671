import { csvConnector } from '#connectors/csv/definition.js';
import { databaseConnector } from '#connectors/database/definition.js';
import { googleSheetsConnector } from '#connectors/google-sheets/definition.js';
import { createRegistry } from '#connectors/sdk/registry.js';
import type { ConnectorRegistry } from '#connectors/sdk/types.js';
import { readAllowedConnectors } from '#src/config/allowed-connectors.js';
import { canaryConnector } from './canary-connector.js';

/** The source of the canary is found by its name alone: it is no connector that anybody writes down. */
function withCanarySource(registry: ConnectorRegistry): ConnectorRegistry {
  return { ...registry, get: (name) => (name === canaryConnector.name ? canaryConnector : registry.get(name)) };
}

const BUILT_IN = [csvConnector, databaseConnector, googleSheetsConnector];

/** The connectors that come with Plumbline. Definitions only: a driver is loaded when a connection is opened. */
export const builtInConnectors: ConnectorRegistry = withCanarySource(createRegistry(BUILT_IN));

/**
 * Those, and the ones a config folder allows of its own.
 *
 * @throws PlumblineError `CONFIG_CONNECTORS_FILE`, `CONFIG_CONNECTOR_UNLOADABLE`
 */
export async function connectorsOf(folder: string): Promise<ConnectorRegistry> {
  const allowed = await readAllowedConnectors(folder);
  if (allowed.length === 0) return builtInConnectors;
  const { loadOwnConnectors } = await import('./own-connectors.js');
  return withCanarySource(createRegistry([...BUILT_IN, ...(await loadOwnConnectors(folder, allowed))]));
}
