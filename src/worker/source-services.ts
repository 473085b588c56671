import { join } from 'node:path';
import type { z } from 'zod';
import type { PlannedCall } from '#connectors/sdk/plan.js';
import type { AnyConnector, ConnectorRegistry, OpenContext, Source } from '#connectors/sdk/types.js';
import { connectionOf, extractOf } from '#src/activities/config-lookup.js';
import type { StepServices } from '#src/activities/context.js';
import { resolveSecrets } from '#src/config/index.js';
import type { Connection, ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { createSharedSources } from './shared-sources.js';

type SourceServices = Pick<StepServices, 'openSource' | 'planCalls' | 'quotaOf'>;

/**
 * What the steps ask of connections: their sources, plans and budgets. Secrets are resolved here, at use.
 *
 * Steps at the same time share one open source a connection and configuration revision, so that a connection has one
 * pool in this process, of the size that it states.
 */
export function sourceServices(
  registry: () => Promise<ConnectorRegistry>,
  env: Readonly<Record<string, string | undefined>>,
  now: OpenContext['now'],
): SourceServices {
  const optionsOf = async (connection: Connection, connector: AnyConnector, folder: string): Promise<unknown> => {
    const result = connector.connectionSchema.safeParse(await resolveSecrets(connection.options, env, folder));
    if (result.success) return result.data;
    throw unusableOptions(connection, result.error.issues);
  };
  const shared = createSharedSources();
  const open = async (config: ResolvedConfig, id: string): Promise<Source<unknown>> => {
    const connection = connectionOf(config, id);
    const connector = connectorOf(await registry(), connection);
    const options = await optionsOf(connection, connector, config.folder);
    return connector.open(options, openContext(config, id, env, now));
  };
  return {
    openSource: (config, id) => shared(JSON.stringify([config.folder, config.revision, id]), () => open(config, id)),
    planCalls: async (config, id, extracts) => {
      const connector = connectorOf(await registry(), connectionOf(config, id));
      const requests = extracts.map((extract) => {
        const { source, columns, snapshot } = extractOf(config, extract);
        const asked = snapshot === undefined ? columns : columns.slice(1);
        return { extract, options: source, columns: asked.map((column) => column.sourceName) };
      });
      const calls = connector.plan(requests);
      assertCovered(calls, extracts, connector.name);
      return calls;
    },
    quotaOf: async (config, id) => {
      const connection = connectionOf(config, id);
      const connector = connectorOf(await registry(), connection);
      if (connector.quota === undefined) return undefined;
      const options = await optionsOf(connection, connector, config.folder);
      const quota = await connector.quota(options, openContext(config, id, env, now));
      return quota === undefined ? undefined : { ...quota, connector: connector.name };
    },
  };
}

/**
 * A cache of its own for each connection: beside the configuration that its paths start from, or, where that cannot be
 * written, below the folder that PLUMBLINE_CACHE names.
 */
function openContext(
  config: ResolvedConfig,
  connection: string,
  env: Readonly<Record<string, string | undefined>>,
  now: OpenContext['now'],
): OpenContext {
  const named = env['PLUMBLINE_CACHE'];
  const cache =
    named === undefined || named === '' ? join(config.folder, '.plumbline', 'cache') : join(named, config.site.id);
  const cacheDirectory = join(cache, connection);
  const { allowHosts } = config.site;
  return { baseDirectory: config.folder, cacheDirectory, now, ...(allowHosts === undefined ? {} : { allowHosts }) };
}

function connectorOf(connectors: ConnectorRegistry, { id, connector: name }: Connection): AnyConnector {
  const connector = connectors.get(name);
  if (connector !== undefined) return connector;
  throw new PlumblineError(
    'config',
    'CONFIG_UNKNOWN_CONNECTOR',
    `Cannot open the connection "${id}": this program has no connector "${name}".`,
    {
      remedy: `Use one of: ${connectors.names.join(', ')}; or run the worker of the version that was applied.`,
    },
  );
}

/** Well-formed as it was written, but not what its references stand for. What they stand for is never told. */
function unusableOptions({ id, options }: Connection, issues: readonly z.core.$ZodIssue[]): PlumblineError {
  const names = [...new Set(issues.map((issue) => issue.path.map(String).join('.')))].filter((name) => name !== '');
  return new PlumblineError(
    'config',
    'CONFIG_INVALID_VALUE',
    `Cannot open the connection "${id}": what ${names.length === 0 ? 'its options' : names.join(', ')} stand${names.length === 1 ? 's' : ''} for here is not allowed.`,
    {
      remedy: `Look at the variables or files that its options refer to (${referencesIn(options).join(', ') || 'none'}).`,
    },
  );
}

/** `${env:NAME}` and `${file:PATH}`, as they are written. */
function referencesIn(options: unknown): string[] {
  return [...JSON.stringify(options).matchAll(/\$\{(?:env|file):[^}]*\}/g)].map(([reference]) => reference);
}

function assertCovered(calls: readonly PlannedCall<unknown>[], extracts: readonly string[], connector: string): void {
  const planned = calls.flatMap((call) => call.requests.map((request) => request.extract));
  if (planned.toSorted().join(' ') === extracts.toSorted().join(' ')) return;
  throw new PlumblineError(
    'defect',
    'BUG_PLAN_INCOMPLETE',
    `Planning the calls of connector "${connector}" for ${extracts.join(', ')}: it planned ${planned.join(', ') || 'none'}.`,
    { remedy: 'This is a fault of the connector: its plan must hold each extract exactly once.' },
  );
}
