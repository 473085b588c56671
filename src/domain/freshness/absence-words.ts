import { localTime } from '../period/local-time.js';
import type { Absence, AbsenceReason, AbsentInput } from './absence.js';
import { EVIDENCE_KINDS, type SourceStand } from './evidence.js';

/** Inputs that are named; a value made of a thousand units waits for many. */
const NAMED = 5;

/** Each reason in the fewest words, for tables. */
export const ABSENCE_LABELS: Readonly<Record<AbsenceReason, string>> = {
  source_unreachable: 'source unreachable',
  credentials_refused: 'credentials refused',
  layout_changed: 'layout changed',
  not_read: 'source not read',
  rows_rejected: 'rows rejected',
  placeholder: 'a placeholder stands in its place',
  blank: 'left blank',
  human_absent: 'not entered',
  never_reported: 'never reported',
  none_of_period: 'source has none of the period',
  nothing_newer: 'source has nothing newer',
  waiting_for_inputs: 'waits for its inputs',
};

/** Names of people by id; of one who is gone the id. */
export type NameOf = (person: string) => string;

/** Why a value is not there, in one sentence that says what somebody can do about it. */
export function absenceWords(absence: Absence, timeZone: string, nameOf: NameOf): string {
  switch (absence.reason) {
    case 'source_unreachable':
      return `The source cannot be reached: ${absence.message}`;
    case 'credentials_refused':
      return `The source refuses the account it is read with: ${absence.message}`;
    case 'layout_changed':
      return `The source has another layout than before: ${absence.message}`;
    case 'not_read':
      return absence.message === undefined
        ? 'The source has not been read yet.'
        : `The source was not read, and it is not to blame: ${absence.message}`;
    case 'rows_rejected':
      return absence.message === undefined
        ? `The source was read, and ${rows(absence.rows)} of the period, or perhaps of it, could not be used.`
        : `The source was read, and its rows are not believed: ${absence.message}`;
    case 'placeholder':
      return `The source has ${absence.texts.map((text) => `"${text}"`).join(' or ')} in the period, which is declared to mean that nothing was reported, or leaves it blank.`;
    case 'blank':
      return 'The source has the period, and leaves the value blank.';
    case 'human_absent':
      return `${nameOf(absence.keptBy)} keeps these figures by hand and has not entered this one${behind(absence.stand, timeZone)}.`;
    case 'never_reported':
      return `The source was read and never had a value for this measure${behind(absence.stand, timeZone)}.`;
    case 'none_of_period':
      return `The source is past the period, ${standWords(absence.stand, timeZone)}, and has no value of it. None is made up.`;
    case 'nothing_newer':
      return absence.stand === undefined
        ? 'The source was read and has nothing of the period; it does not show how far it has come.'
        : `The source was read and has nothing newer: it stands, ${standWords(absence.stand, timeZone)}.`;
    case 'waiting_for_inputs':
      return absence.inputs.length === 0
        ? 'It is computed, and what it is made of gives no value.'
        : `It is computed, and waits for ${inputWords(absence.inputs, nameOf)}.`;
  }
}

/** `by its newest row, at 2026-10-31`: how far a source has come, and what shows it. */
export function standWords({ by, at }: SourceStand, timeZone: string): string {
  return `by ${EVIDENCE_KINDS[by]}, at ${at.includes('T') ? localTime(at, timeZone) : at}`;
}

function behind(stand: SourceStand | undefined, timeZone: string): string {
  return stand === undefined ? '' : `; the source stands, ${standWords(stand, timeZone)}`;
}

function inputWords(inputs: readonly AbsentInput[], nameOf: NameOf): string {
  const named = inputs.slice(0, NAMED).map(({ name, owner }) => `${name} (${nameOf(owner)})`);
  const more = inputs.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);
