import type { PlannedCall } from '#connectors/sdk/plan.js';
import type { Quota, Source } from '#connectors/sdk/types.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { ToldEvent } from '#src/domain/alert/types.js';
import type { Digest } from '#src/domain/digest/types.js';
import type { MessageFacts, MessageFigures, MessageLink, Severity } from '#src/domain/message/types.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import type { DeliveryResult, OpenChannel } from '#src/notify/types.js';
import type { ReportingStore } from '#src/store/types.js';

/** Words of an alert event for one reader. */
export type ComposeAlert = (input: {
  readonly event: ToldEvent;
  readonly siteName: string;
  /** Name of what the alert is about. */
  readonly subjectName: string;
  readonly recipientName: string;
  /** Where it comes from, if others may come from there too. */
  readonly cause?: MessageFacts['cause'];
  /** Zone of the wall on which its reader reads times. */
  readonly timeZone: string;
  /** Name of the person who made the event; absent where nobody did. */
  readonly authorName?: string;
  /** Names of all who are told. */
  readonly told: readonly string[];
  /** What the command line knows the alert by. */
  readonly alertId: string;
  /** Of an alert about a measure. */
  readonly figures?: MessageFigures;
  /** What happens next if nobody does anything, and by when. */
  readonly next?: string;
  /** Where a policy says another one than that of the kind. */
  readonly severity?: Severity;
}) => { readonly subject: string; readonly text: string; readonly about: MessageFacts };

/** Words of a digest for its reader. */
export type ComposeDigest = (input: {
  readonly digest: Digest;
  readonly recipient: { readonly id: string; readonly name: string };
  readonly siteName: string;
  readonly at: Instant;
  /** The day of `at` on the reader's wall. */
  readonly day: CalendarDate;
}) => { readonly subject: string; readonly text: string; readonly about: MessageFacts };

/** Words of one message about several alerts of one cause, for one reader. */
export type ComposeJoint = (input: {
  readonly messageId: string;
  /** The first of those that it is told in the place of. */
  readonly messages: readonly MessageFacts[];
  /** How many there are. */
  readonly count: number;
  /** Period id, or time, in which the first of them began. */
  readonly since: string;
  readonly recipientName: string;
}) => { readonly subject: string; readonly text: string; readonly about: MessageFacts };

/** Words of the one message by which a person is asked for values. */
export type ComposeRequest = (input: {
  readonly values: readonly {
    readonly address: string;
    readonly name: string;
    readonly period: string;
    /** Until when it is, or was, due. */
    readonly due: string;
    /** Where it is read from. */
    readonly place: string;
  }[];
  readonly recipient: { readonly id: string; readonly name: string };
  readonly siteName: string;
  /** The newest of the days that due rules name. */
  readonly day: CalendarDate;
  readonly at: Instant;
}) => { readonly subject: string; readonly text: string; readonly about: MessageFacts };

/** Words of one message in the place of many, for one reader. */
export type ComposeSummary = (input: {
  readonly messages: readonly { readonly threadId: string; readonly subject: string; readonly about?: MessageFacts }[];
  readonly siteName: string;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly at: Instant;
}) => { readonly subject: string; readonly text: string; readonly about: MessageFacts };

/** Who reads a message: a person, and where others see it too, the channel. */
export interface LinkReader {
  readonly personId: string;
  readonly room?: string;
}

/** Structured log lines; never row contents, never secrets. */
export interface StepLogger {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** What the steps are made from; handed in by a composition root. */
export interface StepServices {
  readonly store: ReportingStore;
  /** The configuration of an applied revision. Throws `config` when it is not known. */
  readonly loadConfig: (revision: string) => Promise<ResolvedConfig>;
  /** Opens a connection with its secrets resolved. */
  readonly openSource: (config: ResolvedConfig, connection: string) => Promise<Source<unknown>>;
  /** The upstream calls that read these extracts of a connection, each extract in exactly one. Contacts nobody. */
  readonly planCalls: (
    config: ResolvedConfig,
    connection: string,
    extracts: readonly string[],
  ) => Promise<readonly PlannedCall<unknown>[]>;
  /** The budget that a connection draws on, where it has one. */
  readonly quotaOf: (
    config: ResolvedConfig,
    connection: string,
  ) => Promise<(Quota & { readonly connector: string }) | undefined>;
  readonly openChannel: (config: ResolvedConfig) => OpenChannel;
  /** Tells a service outside that all goes on; `undefined` where the site names none. Failures are results. */
  readonly beat: (config: ResolvedConfig, signal: AbortSignal) => Promise<DeliveryResult | undefined>;
  readonly composeAlert: ComposeAlert;
  readonly composeDigest: ComposeDigest;
  readonly composeJoint: ComposeJoint;
  readonly composeRequest: ComposeRequest;
  readonly composeSummary: ComposeSummary;
  /** Signed links by which the reader of a message acts on its alert; none where the site, or the message, has none. */
  readonly linksOf: (
    config: ResolvedConfig,
    about: MessageFacts,
    reader: LinkReader,
    /** From when on they count. */
    at: Instant,
  ) => Promise<readonly MessageLink[]>;
  /** Words of a message about an alert, with links. */
  readonly composeLinked: (input: {
    readonly about: MessageFacts;
    readonly links: readonly MessageLink[];
    readonly recipientName: string;
  }) => { readonly text: string; readonly about: MessageFacts };
  /**
   * The clock, for times of recording: what is due is decided by the run's logical time. One thing more asks it: whether a
   * source without history is still in the period that it is to be read for.
   */
  readonly now: () => Instant;
  readonly logger: StepLogger;
}

/** What a runner tells a step about this attempt. */
export interface StepAttempt {
  readonly signal: AbortSignal;
  /** No further attempt follows: what fails now has to be recorded. */
  readonly last: boolean;
}
