import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { ChannelContext, ChannelDefinition } from './channel-definition.js';
import { emailChannel } from './email/definition.js';
import { fileChannel } from './file/definition.js';
import type { ChannelSender, OpenChannel } from './types.js';

/** A channel as the configuration has it: options may still hold secret references. */
export interface ConfiguredChannel {
  readonly id: string;
  readonly kind: 'email' | 'file';
  readonly options: unknown;
}

export interface ChannelServices {
  readonly channels: readonly ConfiguredChannel[];
  /** Puts secrets in the place of their references. */
  readonly resolveSecrets: (options: unknown) => Promise<unknown>;
  /** Absolute path that relative paths in options start at: the config folder. */
  readonly baseDirectory: string;
  readonly now?: () => Date;
}

async function openAs<Options>(
  definition: ChannelDefinition<Options>,
  { id, options }: ConfiguredChannel,
  context: ChannelContext,
): Promise<ChannelSender> {
  const parsed = definition.options.safeParse(options);
  if (!parsed.success) {
    // Paths and rules only: a value could be a secret.
    const problems = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'options'} (${code})`);
    throw new PlumblineError(
      'config',
      'CHANNEL_OPTIONS_INVALID',
      `Cannot open channel "${id}" of kind ${definition.kind}: these options are not right: ${problems.join(', ')}.`,
      { remedy: 'Correct the channel in site.yaml; `plumbline check` says what each option takes.' },
    );
  }
  return await definition.open(parsed.data, context);
}

/** Makes the function that opens channels of one configuration; secrets are resolved at each opening and not kept. */
export function createOpenChannel({ channels, resolveSecrets, baseDirectory, now }: ChannelServices): OpenChannel {
  const context: ChannelContext = { baseDirectory, now: now ?? (() => new Date()) };
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
    const opened = { ...channel, options: await resolveSecrets(channel.options) };
    switch (channel.kind) {
      case 'email':
        return await openAs(emailChannel, opened, context);
      case 'file':
        return await openAs(fileChannel, opened, context);
    }
  };
}
