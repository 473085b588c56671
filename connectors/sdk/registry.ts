import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { AnyConnector, ConnectorRegistry } from './types.js';

/**
 * The connectors a program knows, found by the name written in `connector:`.
 *
 * @param definitions in the order messages list them
 * @throws PlumblineError `defect` BUG_DUPLICATE_CONNECTOR when two share a name: one would hide the other
 */
export function createRegistry(definitions: readonly AnyConnector[]): ConnectorRegistry {
  const byName = new Map<string, AnyConnector>();
  for (const definition of definitions) {
    if (byName.has(definition.name)) {
      throw new PlumblineError('defect', 'BUG_DUPLICATE_CONNECTOR', `Two connectors are named "${definition.name}"`, {
        remedy: 'Give each connector definition a name of its own.',
      });
    }
    byName.set(definition.name, definition);
  }
  return { get: (name) => byName.get(name), names: [...byName.keys()] };
}
