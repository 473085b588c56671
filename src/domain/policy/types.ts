import type { AlertKind } from '../alert/types.js';
import type { Severity } from '../message/types.js';
import type { Duration } from '../period/duration.js';
import type { CalendarDate } from '../period/types.js';

/** Who is told by what he is to the thing that an alert is about; who can act is the owner where nothing says another. */
export const ROLES = ['who_can_act', 'owner', 'objective_owner', 'manager'] as const;

/** A role, or the id of a person. */
export type Recipient = string;

/** Which alerts a policy decides on; what is absent holds for all. */
export interface PolicyMatch {
  readonly kinds?: readonly AlertKind[];
  /** Addresses of measures or of what stands above them, with `*` for any characters. */
  readonly measures?: readonly string[];
  /** Ids of connections, with `*` for any characters; their extracts are among them. */
  readonly connections?: readonly string[];
}

/** When an alert that nobody has taken over is told again. */
export interface Reminders {
  /** From the last message to the next, in order. */
  readonly gaps: readonly Duration[];
  /** Whether the last gap goes on for ever. */
  readonly repeat: boolean;
  /** How many there are at most; absent: as the gaps have it. */
  readonly most?: number;
  /** Whether a note on the alert's period ends them. */
  readonly stopAtNote: boolean;
}

/** Who is told when nobody has taken an alert over for so long. */
export interface EscalationStep {
  readonly after: Duration;
  readonly tell: readonly Recipient[];
}

/** Who is told of an alert, over what, how often, and who next. */
export interface AlertPolicy {
  readonly id: string;
  readonly match: PolicyMatch;
  /** Where it is not that of the kind. */
  readonly severity?: Severity;
  readonly tell: readonly Recipient[];
  /** Ids of channels; absent: all. */
  readonly channels?: readonly string[];
  readonly remind?: Reminders;
  /** By `after`, ascending. */
  readonly escalate: readonly EscalationStep[];
  /** Whether its messages wait for nobody's hours and for no maximum. */
  readonly urgent: boolean;
}

/** A span of the day on the wall clock, `HH:MM`; one that ends no later than it begins goes over midnight. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** When a person may be told; what is absent restricts nothing. */
export interface Hours {
  readonly timeZone: string;
  readonly working?: DaySpan & {
    /** Days that are worked, by date. */
    readonly isWorked: (date: CalendarDate) => boolean;
  };
  readonly quiet?: DaySpan;
}

/** Days on which somebody is not there, both included. */
export interface Absence {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** Who is told instead. */
  readonly standIn: string;
}

/** What decides who is told in the place of whom. */
export interface Colleague {
  readonly id: string;
  readonly manager?: string;
  /** Zone that the days of the absences are of. */
  readonly timeZone: string;
  readonly absences: readonly Absence[];
}

/** The people of a site. */
export interface Staff {
  readonly people: ReadonlyMap<string, Colleague>;
  /** Told where nobody else is there. */
  readonly operator: string;
}

/** Who has to do with the thing that an alert is about. */
export interface Parties {
  /** Who can do something about it, where that is another than the owner: of a late value who keeps its source. */
  readonly actor?: string;
  readonly owner: string;
  /** Of a measure: who answers for its objective. */
  readonly objectiveOwner?: string;
}
