import { connectionOf } from '#src/activities/config-lookup.js';
import type { StepServices } from '#src/activities/context.js';
import { parseResolvedConfig, resolveSecrets } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { composeAlertMessage } from '#src/notify/alert-message.js';
import { createOpenChannel } from '#src/notify/channels.js';
import { createLogger, type LoggerOptions } from '#src/observability/logger.js';
import type { ReportingStore, StoreReader } from '#src/store/types.js';
import { builtInConnectors } from './connectors.js';

export { openSiteStore } from './open-site-store.js';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logLevel: LoggerOptions['level'];
  /** The config folder on this machine: relative paths of an applied revision start here, wherever it was applied. */
  readonly folder: string;
}

/** Everything the steps are made from, on an open store. */
export function createServices(store: ReportingStore, { env, logLevel, folder }: Surroundings): StepServices {
  const loadConfig = configLoader(store.read, folder);
  return {
    store,
    loadConfig,
    openSource: async (config, id) => {
      const connection = connectionOf(config, id);
      const connector = builtInConnectors.get(connection.connector);
      if (connector === undefined) {
        throw new PlumblineError(
          'config',
          'CONFIG_UNKNOWN_CONNECTOR',
          `Cannot open the connection "${id}": this program has no connector "${connection.connector}".`,
          {
            remedy: `Use one of: ${builtInConnectors.names.join(', ')}; or run the worker of the version that was applied.`,
          },
        );
      }
      const options = connector.connectionSchema.parse(await resolveSecrets(connection.options, env, config.folder));
      return connector.open(options, { baseDirectory: config.folder, now });
    },
    openChannel: (config) =>
      createOpenChannel({
        channels: config.site.channels,
        resolveSecrets: (options) => resolveSecrets(options, env, config.folder),
        baseDirectory: config.folder,
      }),
    composeAlert: composeAlertMessage,
    now,
    logger: createLogger({ level: logLevel }),
  };
}

const now = (): string => new Date().toISOString();

/** Applied revisions never change, so each is read and parsed once. */
function configLoader(read: StoreReader, folder: string): (revision: string) => Promise<ResolvedConfig> {
  const known = new Map<string, ResolvedConfig>();
  return async (revision) => {
    const cached = known.get(revision);
    if (cached !== undefined) return cached;
    const document = await read.configRevision(revision);
    if (document === undefined) {
      throw new PlumblineError(
        'config',
        'CONFIG_UNKNOWN_REVISION',
        `Cannot run the configuration revision "${revision}": the store does not hold it.`,
        {
          remedy: 'Run "plumbline apply" with the store that this worker uses.',
        },
      );
    }
    const config = { ...parseResolvedConfig(document), folder };
    known.set(revision, config);
    return config;
  };
}
