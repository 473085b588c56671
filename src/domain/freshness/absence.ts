import type { FailureKind } from '../failure/failure-kind.js';
import type { Instant, Period } from '../period/types.js';
import { isPast, type SourceStand } from './evidence.js';

/** Of what a measure that is computed is made and has not got: one whose own value is not there. */
export interface AbsentInput {
  readonly address: string;
  readonly name: string;
  /** Person id. */
  readonly owner: string;
}

/** What is known of the source of a measure that is made of rows. */
export interface SourceKnown {
  readonly extract: string;
  /** The newest pull; absent where there was none. */
  readonly pull?: {
    readonly logicalTime: Instant;
    /** Why it could not be read, or was not believed. */
    readonly failure?: { readonly kind: FailureKind; readonly message: string };
  };
  /** How far it had come at that pull. */
  readonly stand?: SourceStand;
  /** Rejected rows of that pull that are of the period, or may be. */
  readonly rejects: number;
  /** Present where it has the period and every cell is blank: the texts that are declared to stand for a blank. */
  readonly blank?: { readonly texts: readonly string[] };
  /** Person who keeps the figures by hand. */
  readonly keptBy?: string;
}

/** All that decides why a value is not there. */
export interface AbsenceQuestion {
  readonly period: Period;
  readonly timeZone: string;
  /** Whether the measure ever had a value. */
  readonly hasReported: boolean;
  /** Absent of a measure that is computed. */
  readonly source?: SourceKnown;
  /** Of a measure that is computed: the inputs that are not there; those that are computed themselves are looked through. */
  readonly inputs?: readonly AbsentInput[];
}

/** Why a value that is due is not there. Each reason is of one kind of thing that somebody can do. */
export type Absence =
  | { readonly reason: 'source_unreachable' | 'credentials_refused' | 'layout_changed'; readonly message: string }
  /** The reading itself went wrong on our side, or was never tried. */
  | { readonly reason: 'not_read'; readonly message?: string }
  | { readonly reason: 'rows_rejected'; readonly rows: number; readonly message?: string }
  /** The source has the period, and writes in it what is declared to mean that nothing was reported. */
  | { readonly reason: 'placeholder'; readonly texts: readonly string[] }
  | { readonly reason: 'blank' }
  | { readonly reason: 'human_absent'; readonly keptBy: string; readonly stand?: SourceStand }
  | { readonly reason: 'never_reported'; readonly stand?: SourceStand }
  /** The source proves that it is past the period, and has no value of it. Nothing is made up: it stays absent. */
  | { readonly reason: 'none_of_period'; readonly stand: SourceStand }
  | { readonly reason: 'nothing_newer'; readonly stand?: SourceStand }
  | { readonly reason: 'waiting_for_inputs'; readonly inputs: readonly AbsentInput[] };

/** One of the reasons of {@link Absence}. */
export type AbsenceReason = Absence['reason'];

/** What a failure of each kind means for the values that wait behind it. */
const OF_FAILURE = {
  not_found: 'source_unreachable',
  transient: 'source_unreachable',
  timeout: 'source_unreachable',
  rate_limited: 'source_unreachable',
  auth: 'credentials_refused',
  permission: 'credentials_refused',
  layout: 'layout_changed',
  data: 'rows_rejected',
  config: 'not_read',
  cancelled: 'not_read',
  defect: 'not_read',
} as const satisfies Record<FailureKind, AbsenceReason>;

/**
 * Why a value that is due is not there, by what its newest pull found.
 *
 * The first that holds counts: what hides the source, then what is wrong with the rows of the period, then who would have to
 * enter them, then what the source shows of how far it has come.
 */
export function absenceOf({ period, timeZone, hasReported, source, inputs = [] }: AbsenceQuestion): Absence {
  if (source === undefined) return { reason: 'waiting_for_inputs', inputs };
  const { pull, rejects, blank, keptBy, stand } = source;
  if (pull === undefined) return { reason: 'not_read' };
  if (pull.failure !== undefined) return ofFailure(pull.failure);
  if (rejects > 0) return { reason: 'rows_rejected', rows: rejects };
  if (blank !== undefined && blank.texts.length > 0) return { reason: 'placeholder', texts: blank.texts };
  const shown = stand === undefined ? {} : { stand };
  if (keptBy !== undefined) return { reason: 'human_absent', keptBy, ...shown };
  if (blank !== undefined) return { reason: 'blank' };
  if (!hasReported) return { reason: 'never_reported', ...shown };
  if (stand !== undefined && isPast(stand, period, timeZone)) return { reason: 'none_of_period', stand };
  return { reason: 'nothing_newer', ...shown };
}

function ofFailure({ kind, message }: { readonly kind: FailureKind; readonly message: string }): Absence {
  const reason = OF_FAILURE[kind];
  return reason === 'rows_rejected' ? { reason, rows: 0, message } : { reason, message };
}
