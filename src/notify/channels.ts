import type { ChannelKind } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { alertmanagerChannel } from './alertmanager/definition.js';
import type { ChannelContext, ChannelDefinition } from './channel-definition.js';
import { emailChannel } from './email/definition.js';
import { fileChannel } from './file/definition.js';
import { pagerDutyChannel } from './pagerduty/definition.js';
import { slackChannel } from './slack/definition.js';
import { teamsChannel } from './teams/definition.js';
import type { ChannelSender, OpenChannel } from './types.js';
import { webhookChannel } from './webhook/definition.js';

/** A channel as the configuration has it: options may still hold secret references. */
export interface ConfiguredChannel {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly options: unknown;
}

export interface ChannelServices {
  readonly channels: readonly ConfiguredChannel[];
  readonly siteId: string;
  /** Puts secrets in the place of their references. */
  readonly resolveSecrets: (options: unknown) => Promise<unknown>;
  /** Absolute path that relative paths in options start at: the config folder. */
  readonly baseDirectory: string;
  readonly allowHosts?: readonly string[];
  readonly now?: () => Date;
}

/** Opens a channel of one kind, its options still to be checked. */
type Opener = (options: unknown, context: ChannelContext) => Promise<ChannelSender>;

function openerOf<Options>(definition: ChannelDefinition<Options>): Opener {
  return async (options, context) => {
    const parsed = definition.options.safeParse(options);
    if (parsed.success) return definition.open(parsed.data, context);
    // Paths and rules only: a value could be a secret.
    const problems = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'options'} (${code})`);
    throw new PlumblineError(
      'config',
      'CHANNEL_OPTIONS_INVALID',
      `Cannot open channel "${context.channelId}" of kind ${definition.kind}: these options are not right: ${problems.join(', ')}.`,
      { remedy: 'Correct the channel in site.yaml; `plumbline check` says what each option takes.' },
    );
  };
}

const OPENERS: Readonly<Record<ChannelKind, Opener>> = {
  alertmanager: openerOf(alertmanagerChannel),
  email: openerOf(emailChannel),
  file: openerOf(fileChannel),
  pagerduty: openerOf(pagerDutyChannel),
  slack: openerOf(slackChannel),
  teams: openerOf(teamsChannel),
  webhook: openerOf(webhookChannel),
};

/** Makes the function that opens channels of one configuration; secrets are resolved at each opening and not kept. */
export function createOpenChannel({
  channels,
  siteId,
  resolveSecrets,
  baseDirectory,
  allowHosts,
  now = () => new Date(),
}: ChannelServices): OpenChannel {
  return async (channelId) => {
    const channel = channels.find(({ id }) => id === channelId);
    if (!channel) {
      throw new PlumblineError(
        'config',
        'CHANNEL_UNKNOWN',
        `Cannot open channel "${channelId}": it is not configured.`,
        {
          remedy: `Channels of site.yaml are: ${channels.map(({ id }) => id).join(', ') || 'none'}.`,
        },
      );
    }
    const options = await resolveSecrets(channel.options);
    return OPENERS[channel.kind](options, {
      ...{ siteId, channelId, baseDirectory, now },
      ...(allowHosts === undefined ? {} : { allowHosts }),
    });
  };
}
