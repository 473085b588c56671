import type { MessageFacts } from '#src/domain/message/types.js';
import type { Instant } from '#src/domain/period/types.js';

/** The last digest of a person. */
export interface DigestRecord {
  readonly person: string;
  /** What it was for, whether or not there was anything to say. */
  readonly at: Instant;
  /** The last one that told of something; absent before the first. */
  readonly last?: {
    readonly at: Instant;
    /** What stood then. */
    readonly standing: readonly string[];
  };
}

export interface OutboxMessage {
  readonly messageId: string;
  readonly threadId: string;
  readonly channel: string;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly recipientAddress?: string;
  readonly subject: string;
  readonly text: string;
  /** The same for programs; absent where only words were written. */
  readonly about?: MessageFacts;
  readonly createdAt: Instant;
  /** Whether it waits for nobody's hours and for no maximum. */
  readonly urgent?: boolean;
  /** What it has in common with others: those that are due to the same reader together are told as one. */
  readonly cause?: string;
  /** When its reader may be told; absent: at once. */
  readonly notBefore?: Instant;
}

/** Why a message waits though nothing went wrong: for an hour at which its reader may be told, or for a maximum an hour. */
export type HeldBy = 'hours' | 'maximum';

export interface OutboxRecord extends Omit<OutboxMessage, 'notBefore'> {
  /** `summarised`: told in another message, {@link summaryId}. */
  readonly state: 'pending' | 'sent' | 'dead' | 'dropped' | 'summarised';
  readonly heldBy?: HeldBy;
  readonly summaryId?: string;
  readonly attempts: number;
  readonly nextAttemptAt: Instant;
  readonly detail?: string;
  readonly sentAt?: Instant;
  /** Of a dead message. */
  readonly givenUpAt?: Instant;
}
