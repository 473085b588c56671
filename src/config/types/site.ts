import type { AlertTiming } from '#src/domain/alert/assess.js';
import type { AlertSettings } from '#src/domain/alert/settings.js';
import type { PeriodCalendar, WorkingCalendar } from '#src/domain/period/types.js';
import type { AlertPolicy } from '#src/domain/policy/types.js';
import type { RollUpRule } from '#src/domain/rollup/types.js';
import type { ChannelConfig } from './channels.js';
import type { Cadence } from './extracts.js';

/** A value that may hold secret references (`${env:NAME}`, `${file:PATH}`) in its texts; resolved only at use. */
export type WithSecretReferences = unknown;

/** Where the reporting store lives. */
export type StoreConfig =
  | {
      readonly client: 'sqlite';
      /** Absolute path. */
      readonly file: string;
    }
  | {
      readonly client: 'mysql';
      readonly host: string;
      readonly port: number;
      readonly database: string;
      readonly user: string;
      /** May hold a secret reference. */
      readonly password: string;
    };

/** What a site sets of how Plumbline watches itself; absent is the usual. */
export interface WatchSettings {
  /** Age at which a message that cannot be delivered is given up. */
  readonly giveUpMs?: number;
  /** Time without a sweep, or without a delivery, after which something is wrong. */
  readonly silentMs?: number;
  /** Options of what is posted to while all goes on. */
  readonly heartbeat?: WithSecretReferences;
}

/** When a test message goes the whole way, to whom and over which channels. */
export interface CanarySettings {
  readonly cadence: Cadence & { readonly every: 'day' | 'week' };
  /** Person id. */
  readonly person: string;
  /** Ids; not empty. */
  readonly channels: readonly string[];
}

/** How links in messages are made, and where they are answered. */
export interface LinkConfig {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** What links are signed with, as references; what was signed with `previousSecret` still counts. */
  readonly signing: { readonly secret: string; readonly previousSecret?: string };
  readonly validDays: number;
  readonly listen: { readonly host: string; readonly port: number };
}

/** One installation: calendar, store, channels, and what holds for all of it. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly calendar: WorkingCalendar;
  /** Other working days, by id, which due rules name; absent without any. */
  readonly workingCalendars?: Readonly<Record<string, WorkingCalendar>>;
  /** Calendars beside the standard one, by id; absent without any. Measures and scorecards hold their own. */
  readonly periodCalendars?: Readonly<Record<string, PeriodCalendar>>;
  readonly store: StoreConfig;
  /** Temporal task queue and namespace of this site. */
  readonly taskQueue: string;
  readonly channels: readonly ChannelConfig[];
  readonly rollUp: RollUpRule;
  /** Person told of failures that have no other owner. */
  readonly operator: string;
  /** How long conditions must hold before anybody is told, and be gone before it is over; absent: told at once. */
  readonly alertTiming?: AlertTiming;
  /** Which alerts are raised, unless a measure or extract says otherwise; absent: as usual. */
  readonly alertSettings?: AlertSettings;
  /** The only hosts that channels and heartbeats reach; absent: any that they may by themselves. */
  readonly allowHosts?: readonly string[];
  /** Links by which people act on alerts; absent without any. */
  readonly links?: LinkConfig;
  /** How it watches itself, as far as that is set. */
  readonly watch?: WatchSettings;
  /** Absent: no test message goes round. */
  readonly canary?: CanarySettings;
  /** The first that matches an alert decides who is told of it; absent without any. */
  readonly alertPolicies?: readonly AlertPolicy[];
  /** Messages that one person gets within an hour; absent: any number. */
  readonly maxPerHour?: number;
  /** Calendar months before the current one whose periods are collected. */
  readonly historyMonths: number;
  /** Minutes between sweeps, and between deliveries. */
  readonly sweepMinutes: number;
  readonly deliverMinutes: number;
}
