import type { ConnectorRegistry } from '#connectors/sdk/types.js';
import type { StepServices } from '#src/activities/context.js';
import { withCanary } from '#src/config/canary/with-canary.js';
import { parseResolvedConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { messageLinks } from '#src/links/message-links.js';
import { composeAlertMessage } from '#src/notify/alert-message.js';
import { composeDigestMessage } from '#src/notify/digest-message.js';
import { composeJointMessage } from '#src/notify/joint-message.js';
import { composeLinkedMessage } from '#src/notify/linked-message.js';
import { composeRequestMessage } from '#src/notify/request-message.js';
import { composeSummaryMessage } from '#src/notify/summary-message.js';
import { createLogger, type LoggerOptions } from '#src/observability/logger.js';
import type { ReportingStore, StoreReader } from '#src/store/types.js';
import { connectorsOf } from './connectors.js';
import { beat } from './heartbeat.js';
import { linkSettings } from './link-settings.js';
import { openChannels } from './open-channels.js';
import { sourceServices } from './source-services.js';

export { openSiteStore } from './open-site-store.js';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logLevel: LoggerOptions['level'];
  /** The config folder on this machine: relative paths of an applied revision start here, wherever it was applied. */
  readonly folder: string;
  /** When left out: those that come with Plumbline, and those that the folder allows of its own. */
  readonly connectors?: ConnectorRegistry;
}

/** Everything the steps are made from, on an open store. */
export function createServices(store: ReportingStore, surroundings: Surroundings): StepServices {
  const { env, logLevel, folder, connectors } = surroundings;
  const registry = async (): Promise<ConnectorRegistry> => connectors ?? connectorsOf(folder);
  return {
    store,
    loadConfig: configLoader(store.read, folder),
    ...sourceServices(registry, env, now),
    openChannel: (config) => openChannels(config, env),
    beat: (config, signal) => beat(config, env, signal),
    composeAlert: composeAlertMessage,
    composeDigest: composeDigestMessage,
    composeJoint: composeJointMessage,
    composeRequest: composeRequestMessage,
    composeSummary: composeSummaryMessage,
    linksOf: async (config, about, reader, at) => {
      const settings = await linkSettings(config, env);
      return settings === undefined ? [] : messageLinks(about, reader, settings, Math.floor(Date.parse(at) / 1000));
    },
    composeLinked: composeLinkedMessage,
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
    const config = withCanary({ ...parseResolvedConfig(document), folder });
    known.set(revision, config);
    return config;
  };
}
