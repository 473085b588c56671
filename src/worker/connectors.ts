import { csvConnector } from '#connectors/csv/definition.js';
import { databaseConnector } from '#connectors/database/definition.js';
import { createRegistry } from '#connectors/sdk/registry.js';
import type { ConnectorRegistry } from '#connectors/sdk/types.js';

/** The connectors that come with Plumbline. Definitions only: a driver is loaded when a connection is opened. */
export const builtInConnectors: ConnectorRegistry = createRegistry([csvConnector, databaseConnector]);
