import type { ResolvedConfig } from '#src/config/types.js';
import type { NoteRecord } from '#src/store/types.js';
import { counted, localTime } from './time-words.js';

/** What people wrote about a node in a period: the last note, and how many it stands in place of. */
export function noteSentences(notes: readonly NoteRecord[], config: ResolvedConfig): readonly string[] {
  const last = notes.at(-1);
  if (last === undefined) return [];
  const earlier = notes.length - 1;
  const when = localTime(last.writtenAt, config.site.timeZone);
  return [
    `${authorName(last, config)}, ${when}: ${last.text}`,
    ...(earlier === 0 ? [] : [`It stands in place of ${counted(earlier, 'earlier note')}; all of them: --json.`]),
  ];
}

/** The name of who wrote a note, or the id where that person is gone. */
export function authorName({ author }: NoteRecord, { people }: Pick<ResolvedConfig, 'people'>): string {
  return people.find(({ id }) => id === author)?.name ?? author;
}

/** As every `--json` has it. */
export function noteJson({ text, author, writtenAt }: NoteRecord) {
  return { text, author, writtenAt };
}
