import type { Absence } from './absence.js';

/** People around a measure, by id. */
export interface AbsenceOwners {
  readonly measure: string;
  /** Of the connection that its rows come from. */
  readonly connection?: string;
  /** Who keeps its figures by hand. */
  readonly keptBy?: string;
}

/**
 * The person who can bring a value that is not there.
 *
 * Of a source that cannot be read, or has changed, it is the owner of its connection. Where the source was read, it is who keeps
 * its figures by hand, else that owner. Where the source has done its part, it is the owner of the measure: the definition may be
 * wrong. Of a computed one it is the owner of the first input that is not there.
 */
export function whoCanAct(absence: Absence, { measure, connection = measure, keptBy }: AbsenceOwners): string {
  switch (absence.reason) {
    case 'source_unreachable':
    case 'credentials_refused':
    case 'layout_changed':
    case 'not_read':
      return connection;
    case 'rows_rejected':
    case 'placeholder':
    case 'blank':
    case 'nothing_newer':
      return keptBy ?? connection;
    case 'human_absent':
      return absence.keptBy;
    case 'never_reported':
    case 'none_of_period':
      return measure;
    case 'waiting_for_inputs':
      return absence.inputs[0]?.owner ?? measure;
  }
}
