import { shortened } from '#connectors/sdk/raw-text.js';
import type { LostContent, RecordsSummary } from './records/types.js';

const SHOWN_COLUMNS = 8;
const MAX_NOTES = 50;

/** Notes of a read; what many files have in common is said once. */
export interface ReadNotes {
  add(note: string): void;
  addOfFile(file: string, summary: Pick<RecordsSummary, 'notes' | 'header' | 'lost'>): void;
  all(): readonly string[];
}

/** @param asked columns of the extract: others that a file has are worth a note, since they may be new */
export function readNotes(asked: readonly string[]): ReadNotes {
  const general: string[] = [];
  const filesOf = new Map<string, string[]>();
  let lost: LostContent | undefined;
  const wanted = new Set(asked);
  const addFor = (file: string, note: string): void => {
    const files = filesOf.get(note);
    if (files === undefined) filesOf.set(note, [file]);
    else files.push(file);
  };
  return {
    add: (note) => void general.push(note),
    addOfFile(file, { notes, header, lost: more }) {
      if (more !== undefined) lost = { count: (lost?.count ?? 0) + more.count, first: lost?.first ?? more.first };
      for (const note of notes) addFor(file, note);
      const others = header.filter((name) => !wanted.has(name));
      if (others.length > 0 && wanted.size > 0) addFor(file, `columns not asked for: ${listed(others)}`);
    },
    all() {
      const ofFiles = [...filesOf].map(([note, [first = '', ...rest]]) =>
        rest.length === 0 ? `${first}: ${note}` : `${first} and ${rest.length} more: ${note}`,
      );
      // What may make a number wrong is never among the notes that are too many to show.
      const notes = [...(lost === undefined ? [] : [wordsOf(lost)]), ...general, ...ofFiles];
      return notes.length <= MAX_NOTES
        ? notes
        : [...notes.slice(0, MAX_NOTES), `and ${notes.length - MAX_NOTES} notes more`];
    },
  };
}

function wordsOf({ count, first }: LostContent): string {
  return `content beyond the header was LOST from ${count} ${count === 1 ? 'record' : 'records'} (repair lose_extra_content), first at "${first}": their values may stand in wrong columns`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_COLUMNS).map((name) => `"${shortened(name, 60)}"`);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
