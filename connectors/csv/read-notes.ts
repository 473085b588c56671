import { shortened } from '#connectors/sdk/raw-text.js';
import type { RecordsSummary } from './records/types.js';

const SHOWN_COLUMNS = 8;
const MAX_NOTES = 50;

/** Notes of a read; what many files have in common is said once. */
export interface ReadNotes {
  add(note: string): void;
  addOfFile(file: string, summary: Pick<RecordsSummary, 'notes' | 'header'>): void;
  all(): readonly string[];
}

/** @param asked columns of the extract: others that a file has are worth a note, since they may be new */
export function readNotes(asked: readonly string[]): ReadNotes {
  const general: string[] = [];
  const filesOf = new Map<string, string[]>();
  const wanted = new Set(asked);
  const addFor = (file: string, note: string): void => {
    const files = filesOf.get(note);
    if (files === undefined) filesOf.set(note, [file]);
    else files.push(file);
  };
  return {
    add: (note) => void general.push(note),
    addOfFile(file, { notes, header }) {
      for (const note of notes) addFor(file, note);
      const others = header.filter((name) => !wanted.has(name));
      if (others.length > 0 && wanted.size > 0) addFor(file, `columns not asked for: ${listed(others)}`);
    },
    all() {
      const ofFiles = [...filesOf].map(([note, [first = '', ...rest]]) =>
        rest.length === 0 ? `${first}: ${note}` : `${first} and ${rest.length} more: ${note}`,
      );
      const notes = [...general, ...ofFiles];
      return notes.length <= MAX_NOTES
        ? notes
        : [...notes.slice(0, MAX_NOTES), `and ${notes.length - MAX_NOTES} notes more`];
    },
  };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_COLUMNS).map((name) => `"${shortened(name, 60)}"`);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
