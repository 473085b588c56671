import { below } from '../problem-list.js';
import { holdsReference } from '../secrets.js';
import type { ConnectionSpec } from '../spec/connections-spec.js';
import type { Entry } from '../spec/read-specs.js';
import { nameOf, reportIssues, valueAt } from '../spec/report-issues.js';
import { secretPaths } from '../spec/schema-walk.js';
import type { Connection } from '../types.js';
import { checkReference, type ResolveContext } from './context.js';
import { checkDue } from './due-rule.js';
import { reportLiteralSecret } from './literal-secret.js';
import { checkKeeper } from './source-settings.js';

/** Checks each connection with the schema of its connector. Options keep their secret references. */
export function resolveConnections(context: ResolveContext): readonly Connection[] {
  return context.specs.connections.entries.map((entry) => resolveConnection(entry, context));
}

function resolveConnection({ id, spec, place }: Entry<ConnectionSpec>, context: ResolveContext): Connection {
  const goesByAsOf = context.specs.extracts.entries.some(
    (extract) => extract.spec.connection === id && (extract.spec.evidence ?? spec.evidence) === 'as_of',
  );
  checkDue({ spec: spec.due, place, goesByAsOf }, context);
  checkKeeper(spec.kept_by, place, context);
  const { registry, problems, specs } = context;
  checkReference('owner', spec.owner, specs.people.ids, below(place, 'owner'), problems);
  const unresolved: Connection = { id, connector: spec.connector, options: spec.options, owner: spec.owner };
  const connector = registry.get(spec.connector);
  if (connector === undefined) {
    const names = new Set(registry.names);
    checkReference('connector', spec.connector, names, below(place, 'connector'), problems);
    return unresolved;
  }
  const optionsPlace = below(place, 'options');
  for (const path of secretPaths(connector.connectionSchema, spec.options)) {
    const secret = valueAt(spec.options, path);
    const at = below(optionsPlace, ...path);
    if (typeof secret !== 'string' || !holdsReference(secret)) reportLiteralSecret(nameOf(at), at, problems);
  }
  const result = connector.connectionSchema.safeParse(spec.options);
  if (result.success) return { ...unresolved, options: result.data };
  reportIssues(connector.connectionSchema, spec.options, result.error.issues, optionsPlace, problems);
  return unresolved;
}
