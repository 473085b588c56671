import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { TakeRule } from '../options.js';
import { dateInName, type NamedDays } from './date-in-name.js';
import { byName, type DeliveredFile } from './delivered-file.js';

export interface ChosenFiles {
  /** In the order they are to be read: where two rows count once, the later one is the last. */
  readonly files: readonly DeliveredFile[];
  /** What a person should know of the choice. */
  readonly notes: readonly string[];
}

/** Names shown in a note or message. */
const SHOWN_NAMES = 3;

/**
 * Which files of a glob are read.
 *
 * - `all`: every one, by name.
 * - `newest`: the one that changed last; of several that changed in the same instant the last by name, and a note.
 * - by date in the name, `latest`: the one with the latest date; of several with that date (a correction beside the first
 *   one, say) the one that changed last, of those the last by name, and a note.
 * - by date in the name, `all_in_window`: those whose day, month or year touches the window, by date, then by name.
 *
 * @param files sorted by name
 * @param window days wanted, half-open
 * @throws PlumblineError `layout` SOURCE_FILE_UNDATED when there are files and none has a date
 */
export function chooseFiles(
  files: readonly DeliveredFile[],
  take: TakeRule,
  window: { readonly start: CalendarDate; readonly end: CalendarDate },
): ChosenFiles {
  if (take === 'all') return { files, notes: [] };
  if (take === 'newest') return newest(files);
  const { dated, undated } = withDates(files, take.date_in_name);
  if (dated.length === 0 && undated.length > 0) throw noneDated(undated, take.date_in_name);
  const notes =
    undated.length === 0 ? [] : [`not read, no date "${take.date_in_name}" in the name: ${listed(undated)}`];
  if (take.keep === 'all_in_window') {
    const inWindow = dated.filter(({ days }) => days.start < window.end && days.end > window.start);
    return { files: inWindow.sort(byDate).map(({ file }) => file), notes };
  }
  const latest = dated.sort(byDate).at(-1)?.days.start;
  const ofThatDate = dated.filter(({ days }) => days.start === latest).map(({ file }) => file);
  const [chosen] = newest(ofThatDate).files;
  if (chosen === undefined) return { files: [], notes };
  return {
    files: [chosen],
    notes: [...notes, ...tieNote(ofThatDate, chosen, `have the date ${latest}`, 'which changed last')],
  };
}

function newest(files: readonly DeliveredFile[]): ChosenFiles {
  const last = files.reduce<DeliveredFile | undefined>(
    (best, file) => (best === undefined || file.state.mtimeNs >= best.state.mtimeNs ? file : best),
    undefined,
  );
  if (last === undefined) return { files: [], notes: [] };
  const tied = files.filter((file) => file.state.mtimeNs === last.state.mtimeNs);
  return { files: [last], notes: tieNote(tied, last, `changed last, at ${last.state.changedAt}`, 'the last by name') };
}

function tieNote(tied: readonly DeliveredFile[], chosen: DeliveredFile, what: string, why: string): readonly string[] {
  return tied.length === 1 ? [] : [`${tied.length} files ${what}; "${chosen.name}" was read, ${why}`];
}

interface DatedFile {
  readonly file: DeliveredFile;
  readonly days: NamedDays;
}

function withDates(files: readonly DeliveredFile[], pattern: string) {
  const daysOf = dateInName(pattern);
  const dated: DatedFile[] = [];
  const undated: DeliveredFile[] = [];
  for (const file of files) {
    const days = daysOf(file.name.slice(file.name.lastIndexOf('/') + 1));
    if (days === undefined) undated.push(file);
    else dated.push({ file, days });
  }
  return { dated, undated };
}

function byDate(a: DatedFile, b: DatedFile): number {
  return a.days.start === b.days.start ? byName(a.file, b.file) : a.days.start < b.days.start ? -1 : 1;
}

function noneDated(files: readonly DeliveredFile[], pattern: string): PlumblineError {
  return new PlumblineError(
    'layout',
    'SOURCE_FILE_UNDATED',
    `Looking for dates in file names: none has one by "${pattern}" (${listed(files)})`,
    { remedy: 'Correct "take: { date_in_name }" of the extract, or "files:", or how the files are named.' },
  );
}

function listed(files: readonly DeliveredFile[]): string {
  const shown = files.slice(0, SHOWN_NAMES).map(({ name }) => `"${name}"`);
  return files.length > shown.length ? `${shown.join(', ')} and ${files.length - shown.length} more` : shown.join(', ');
}
