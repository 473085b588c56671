import type { z } from 'zod';
import type { ChannelSender } from './types.js';

/** What a channel may need beside its options. */
export interface ChannelContext {
  readonly siteId: string;
  readonly channelId: string;
  /** Absolute path that relative paths in options start at: the config folder. */
  readonly baseDirectory: string;
  readonly now: () => Date;
  /** The only hosts that may be reached, whatever the options say; absent: any that they allow. */
  readonly allowHosts?: readonly string[];
}

/** A kind of channel: what it is called, which options it takes, how it is opened. */
export interface ChannelDefinition<Options> {
  readonly kind: string;
  /** Strict. Secrets are fields whose schema has `.meta({ secret: true })`. */
  readonly options: z.ZodType<Options>;
  /** Checks options as far as that goes without the network; loads the channel's library. */
  open(options: Options, context: ChannelContext): Promise<ChannelSender>;
}
