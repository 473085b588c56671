import type { AlertTiming } from '#src/domain/alert/assess.js';
import type { AlertSettings } from '#src/domain/alert/settings.js';
import type { DigestRule } from '#src/domain/digest/types.js';
import type { EvidenceKind } from '#src/domain/freshness/evidence.js';
import type { LintRule } from '#src/domain/lint/types.js';
import type { CollectedMeasure, Measure } from '#src/domain/measure/types.js';
import type { PeriodLabel } from '#src/domain/period/period-label.js';
import type { Grain, Period, PeriodCalendar, WorkingCalendar } from '#src/domain/period/types.js';
import type { Absence, AlertPolicy, DaySpan } from '#src/domain/policy/types.js';
import type { RollUpRule } from '#src/domain/rollup/types.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import type { ByPeriod } from '#src/domain/series/types.js';
import type { Target } from '#src/domain/target/types.js';
import type { Unit } from '#src/domain/unit/types.js';
import type { ColumnSpec, DecimalText } from '#src/domain/value/types.js';
import type { StoredPart } from '#src/domain/window/types.js';

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

/** The kinds of channels there are. */
export type ChannelKind = 'alertmanager' | 'email' | 'file' | 'pagerduty' | 'slack' | 'teams' | 'webhook';

/** A way to tell people. `options` may hold secret references. */
export interface ChannelConfig {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly options: WithSecretReferences;
}

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

/** Somebody who owns things. Without `email` no mail can reach them; `manager` is the id of another person. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly manager?: string;
  /** Where it is not the site's. */
  readonly timeZone?: string;
  /** When a digest is sent; absent where none is. */
  readonly digest?: DigestRule;
  readonly workingHours?: DaySpan & {
    /** ISO weekdays; absent: the site's working days. */
    readonly days?: readonly number[];
  };
  readonly quietHours?: DaySpan;
  readonly absences?: readonly Absence[];
  /** Ids of the channels that reach them; absent: all. */
  readonly channels?: readonly string[];
}

/** How to reach one system; `owner` is told when it cannot be read. */
export interface Connection {
  readonly id: string;
  readonly connector: string;
  /** Checked by the connector's schema; may still hold secret references. */
  readonly options: WithSecretReferences;
  readonly owner: string;
}

/** When an extract is read: local wall-clock time of its zone. */
export interface Cadence {
  readonly every: 'hour' | 'day' | 'week' | 'month';
  /** ISO weekday 1–7, for `week`. */
  readonly weekday?: number;
  /** Day of month 1–28, for `month`. */
  readonly day?: number;
  readonly hour: number;
  readonly minute: number;
  readonly timeZone: string;
}

/** What happens to rows with the same key. */
export type DuplicatePolicy =
  | { readonly keep: 'all' }
  | {
      readonly keep: 'first' | 'last' | 'reject';
      /** Columns that make two rows the same. */
      readonly key: readonly string[];
    };

/** A whole period that a row stands for, labelled by one of its days, or by the first day after it. */
export interface ExtractGrain extends Grain {
  readonly label: PeriodLabel;
}

/** What is read from a connection, how often, and how its columns are typed. */
export interface Extract {
  readonly id: string;
  readonly connection: string;
  /** Checked by the connector's extract schema. */
  readonly source: unknown;
  readonly cadence: Cadence;
  /** In the order cells are asked for; includes the time column. */
  readonly columns: readonly ColumnSpec[];
  /** Name of the column that places a row in time; a `date` or `datetime`. */
  readonly timeColumn: string;
  /** What period a row stands for, and which of its days the time column has; absent where a row is of its day. */
  readonly grain?: ExtractGrain;
  /**
   * For a source without history: its rows are today's. The time column is then `captured_on`, the first of
   * `columns`, which the source is not asked for: the host writes the day of the capture into it.
   */
  readonly snapshot?: {
    /** Which capture of a period stands. */
    readonly takes: 'first' | 'last';
  };
  /** Present where the source is asked, by `:since`, for what changed since the last good read. */
  readonly since?: {
    /** It is declared to give all rows of each period in which one changed. */
    readonly wholePeriods: boolean;
    /** It also names `:period_end`: rows of later days are not seen by any read before. */
    readonly endsWithPeriod: boolean;
  };
  /** What shows how far the source has come; absent: its newest row. */
  readonly evidence?: EvidenceKind;
  /** Person id of who keeps the figures by hand; absent where no person does. */
  readonly keptBy?: string;
  /** Whether the source may aggregate by itself; absent: where it can. */
  readonly pushDown?: boolean;
  readonly duplicates: DuplicatePolicy;
  /** Absent: as the site's. */
  readonly alertSettings?: AlertSettings;
  readonly limits: {
    readonly maxRows: number;
    readonly maxBytes: number;
    readonly timeoutMs: number;
    /** Share of rejected rows above which a part of the source is not believed; absent: 50. */
    readonly rejectedPercent?: number;
  };
}

/** A point of view of a scorecard; objectives name it by its address. */
export interface Perspective {
  /** Address `<scorecard>/<perspective>`. */
  readonly address: string;
  readonly name: string;
  readonly weight: DecimalText;
  /** Where it is not the site's. */
  readonly rollUp?: RollUpRule;
}

/** What is to be reached; measures name it by its address. */
export interface Objective {
  /** Address `<scorecard>/<objective>`. */
  readonly address: string;
  readonly name: string;
  /** Address of its perspective. */
  readonly perspective: string;
  readonly owner: string;
  readonly weight: DecimalText;
  /** Addresses of objectives this one is believed to drive. */
  readonly drives: readonly string[];
  /** Where it is not the site's. */
  readonly rollUp?: RollUpRule;
}

/** The units that one definition serves. */
export interface UnitSet {
  readonly id: string;
  /** In the order they are shown; empty until they were read where they come from an extract. */
  readonly units: readonly Unit[];
  /** Where they are read when the configuration is applied; absent where a file lists them. */
  readonly from?: UnitColumns;
}

/** The columns of an extract that say which units there are. */
export interface UnitColumns {
  readonly extract: string;
  readonly id: string;
  readonly name?: string;
  readonly parent?: string;
  readonly owner?: string;
  readonly weight?: string;
  readonly attributes?: readonly string[];
}

/** The tree of one organisation unit, without its measures. Its grain is that of the rolled-up history. */
export interface Scorecard extends Grain {
  /** Address: its id, or `<id>/<unit>` where one definition serves many units. */
  readonly address: string;
  readonly name: string;
  readonly owner: string;
  /** The scorecard that this one counts for, and with which weight. */
  readonly parent?: { readonly scorecard: string; readonly weight: DecimalText };
  /** Of a definition that serves many units: their set. */
  readonly forEach?: string;
  /** Of such a definition: whether a unit above others has measures made of theirs, or only their scores. */
  readonly parentsBy?: 'score' | 'value';
  /** Of one of those many: the id of its unit; empty for the one above them all. */
  readonly unit?: string;
  /** Where it is not the site's. */
  readonly rollUp?: RollUpRule;
  /** Top first, as shown. */
  readonly perspectives: readonly Perspective[];
  readonly objectives: readonly Objective[];
}

/** Extracts of one connection that share cadence and zone: what one schedule starts. */
export interface PullGroup {
  /** `<connection>-<cadence>`, e.g. `operations-day-0630`. */
  readonly id: string;
  readonly connection: string;
  readonly cadence: Cadence;
  readonly extracts: readonly string[];
}

/** What is defined: each may stand for itself, or be the definition of one for each unit. */
export interface Templates {
  readonly scorecards: readonly Scorecard[];
  readonly measures: readonly Measure[];
  readonly seriesMeasures?: readonly CollectedMeasure[];
}

/** A whole configuration: every default filled in, every reference checked. Plain data, no secrets, JSON both ways. */
export interface ResolvedConfig {
  /** sha256 of the rest, hex, 16 characters: the config revision. */
  readonly revision: string;
  /** Absolute path of the folder it was read from. */
  readonly folder: string;
  readonly site: Site;
  readonly people: readonly Person[];
  readonly connections: readonly Connection[];
  readonly extracts: readonly Extract[];
  readonly pullGroups: readonly PullGroup[];
  readonly scorecards: readonly Scorecard[];
  readonly measures: readonly Measure[];
  /** Targets and other series that come from an extract, collected as measures are: `<measure>#<series>`. */
  readonly seriesMeasures?: readonly CollectedMeasure[];
  readonly unitSets?: readonly UnitSet[];
  /** Definitions that serve many units; what they make of them stands among the others. */
  readonly templates?: Templates;
}

/** A number to compare with, as closely as its decimals were written. */
export interface ExpectedNumber {
  readonly value: DecimalText;
  readonly places: number;
}

/** What is to come of an example; what is absent is not looked at. */
export interface Expected {
  readonly value?: ExpectedNumber | 'none';
  /** Part of the words that say why there is no value or score. */
  readonly reason?: string;
  /** As people see it, 0 to 100. */
  readonly score?: ExpectedNumber;
  readonly points?: ExpectedNumber;
  readonly status?: Status | NoScoreState;
  readonly band?: string;
}

/** What is given of a measure, and what its value, status and score are to be. Decides nothing that runs. */
export interface Example {
  readonly name?: string;
  /** Where it stands: path relative to the folder, line from 1. */
  readonly file: string;
  readonly line: number;
  /** Address of the measure, or of a definition that serves many units. */
  readonly measure: string;
  /** Of such a definition: the unit that it is about; absent: the first. */
  readonly unit?: string;
  /** Of the measure's grain. */
  readonly period: Period;
  /** Rows of the extract, by name of column, as the source gives them. */
  readonly rows?: readonly Readonly<Record<string, string | null>>[];
  /** Values by the measure's address, or `<address>#<series>`, and by period. A ratio may have its sides alone. */
  readonly given: Readonly<Record<string, ByPeriod<StoredPart>>>;
  /** Series of the measure by name, given here whatever the measure says of them. */
  readonly series: Readonly<Record<string, ByPeriod<Target>>>;
  readonly expect: Expected;
}

/** One thing wrong with a configuration. */
export interface ConfigProblem {
  readonly severity: 'error' | 'warning';
  /** Stable code: `CONFIG_UNKNOWN_OWNER`. */
  readonly code: string;
  /** Of CONFIG_LINT: the rule that found it. */
  readonly rule?: LintRule;
  /** Path relative to the folder. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Dotted path inside the file: `measures.2.owner`. */
  readonly path: string;
  /** What is wrong, with the value quoted. */
  readonly message: string;
  readonly remedy: string;
}

/** Outcome of reading a folder: a config only when there is no error; all problems, in file order, either way. */
export interface ConfigReading {
  readonly config?: ResolvedConfig;
  /** Of all scorecards, in file order; they are no part of the configuration and of its revision. */
  readonly examples: readonly Example[];
  readonly problems: readonly ConfigProblem[];
}
