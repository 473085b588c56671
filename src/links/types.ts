import type { AlertAct } from '#src/activities/alert/act-on-alert.js';
import type { StepLogger } from '#src/activities/context.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { AlertEvent } from '#src/domain/alert/types.js';
import type { Instant } from '#src/domain/period/types.js';
import type { AlertHistoryEntry } from '#src/store/read-models/types.js';
import type { ClaimedAlert, LinkClaims, LinkPurpose } from './claims.js';
import type { LinkKeys } from './token.js';

/** What links are answered with; handed in by a composition root. */
export interface LinkDesk {
  readonly keys: LinkKeys;
  readonly now: () => Instant;
  /** The configuration applied last: who is still there. */
  readonly config: () => Promise<ResolvedConfig>;
  readonly alert: (key: Pick<LinkClaims, 'kind' | 'subject' | 'period'>) => Promise<AlertHistoryEntry | undefined>;
  /** The alerts that a joint message told of, with the events that it was about. */
  readonly alertsIn: (messageId: string) => Promise<readonly ClaimedAlert[]>;
  /** Does it, as `plumbline alerts` does. */
  readonly act: (config: ResolvedConfig, act: AlertAct) => Promise<AlertEvent>;
  readonly logger: StepLogger;
}

/** What somebody who follows a link is shown. All of it is plain text. */
export interface LinkPage {
  readonly status: number;
  readonly title: string;
  readonly rows?: readonly (readonly [label: string, text: string])[];
  readonly lines: readonly string[];
  /** The button that acts, with what is sent by it. */
  readonly form?: { readonly purpose: LinkPurpose; readonly token: string; readonly button: string };
}
