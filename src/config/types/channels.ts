import type { WithSecretReferences } from './site.js';

/** The kinds of channels there are. */
export type ChannelKind = 'alertmanager' | 'email' | 'file' | 'pagerduty' | 'slack' | 'teams' | 'webhook';

/** A way to tell people. `options` may hold secret references. */
export interface ChannelConfig {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly options: WithSecretReferences;
}
