import { actOnAlert } from '#src/activities/alert/act-on-alert.js';
import type { StepServices } from '#src/activities/context.js';
import { parseResolvedConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { isAlertKind } from '#src/domain/alert/kinds.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import { type RunningLinkServer, startLinkServer } from '#src/links/link-server.js';
import type { LinkDesk } from '#src/links/types.js';
import { linkSettings } from './link-settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Starts the server of a site's links; `undefined` where it has none. */
export async function answerLinks(
  config: ResolvedConfig,
  services: StepServices,
  env: Environment,
): Promise<RunningLinkServer | undefined> {
  const { site } = config;
  const settings = await linkSettings(config, env);
  if (settings === undefined || site.links === undefined) return undefined;
  const { store, now, composeAlert, logger } = services;
  const desk: LinkDesk = {
    keys: settings.keys,
    now,
    config: async () => {
      const document = await store.read.latestConfigRevision();
      return document === undefined ? config : { ...parseResolvedConfig(document), folder: config.folder };
    },
    alert: (key) => store.models.alert(key),
    alertsIn: async (messageId) =>
      (await store.models.factsIn(messageId)).flatMap(({ kind, subject, period, sequence }) =>
        isAlertKind(kind) ? [{ kind, subject: subject.id, period, sequence }] : [],
      ),
    act: (applied, act) => actOnAlert(store, { config: applied, recordedAt: act.at, composeAlert }, act),
    logger,
  };
  return startLinkServer({
    desk,
    baseUrl: site.links.baseUrl,
    siteName: site.name,
    listen: site.links.listen,
    elapsedMs: () => performance.now(),
  });
}

/** The same beside other work, which goes on where links cannot be answered; then says why. */
export async function answerLinksBeside(
  config: ResolvedConfig,
  services: StepServices,
  env: Environment,
  say: (line: string) => void,
): Promise<() => Promise<void>> {
  try {
    const running = await answerLinks(config, services, env);
    if (running === undefined) return async () => undefined;
    say(linksSentence(config, running));
    return () => running.stop();
  } catch (error) {
    const { code, message, remedy } = toFailure(error);
    say(`Links in messages are not answered here. ${code} ${message}${remedy === undefined ? '' : ` → ${remedy}`}`);
    return async () => undefined;
  }
}

/** Where links are answered, in words. */
export function linksSentence({ site }: ResolvedConfig, { port }: RunningLinkServer): string {
  const { host = '' } = site.links?.listen ?? {};
  return `Links in messages (${site.links?.baseUrl}) are answered at ${host.includes(':') ? `[${host}]` : host}:${port}.`;
}
