import type { DigestRule } from '#src/domain/digest/types.js';
import type { Absence, DaySpan } from '#src/domain/policy/types.js';

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
