import type { DiscoveredField } from '#connectors/sdk/discovery.js';
import { isKnownLocale } from '#src/domain/value/locale.js';
import { createCellReader } from '#src/domain/value/read-cell.js';

/** What the name of an extract's column may look like; any other becomes one, with the source's own as `from:`. */
const COLUMN_NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;
const LONGEST_NAME = 100;

/** The machine form by a name: 1234.5, and no separator between groups, so that 1,234 stays a reject. */
export const MACHINE_LOCALE = 'en-US-POSIX';

/** A field that an extract can read, under a name that filters can use. */
export interface SuggestedColumn {
  readonly name: string;
  readonly field: DiscoveredField;
  /** The locale that says how its numbers were found to be written, where they are text and none other does. */
  readonly locale?: string;
}

export interface SuggestedColumns {
  readonly columns: readonly SuggestedColumn[];
  /** Why a field is not among them. */
  readonly leftOut: readonly string[];
}

/**
 * The columns of a stream, each name once.
 *
 * A heading that is there twice is left out altogether: a read finds columns by their headings, and refuses one that does
 * not tell which of two it is.
 *
 * @param localizedText whether cells are text in the writer's locale, so that numbers are to declare one
 */
export function suggestedColumns(fields: readonly DiscoveredField[], localizedText: boolean): SuggestedColumns {
  const times = new Map<string, number>();
  for (const { name } of fields) times.set(name, (times.get(name) ?? 0) + 1);
  const leftOut = [...times].flatMap(([name, count]) => {
    if (name.trim() === '') return [`left out: ${count === 1 ? 'a column' : `${count} columns`} without a heading`];
    return count === 1
      ? []
      : [`left out: ${JSON.stringify(name)} is the heading of ${count} columns; rename all but one`];
  });
  const taken = new Set<string>();
  const columns = fields.flatMap((field): SuggestedColumn[] => {
    if (field.name.trim() === '' || times.get(field.name) !== 1) return [];
    const name = freeName(field.name, taken);
    taken.add(name);
    const isPlain = field.type === 'decimal' && field.settings.locale === undefined;
    return [{ name, field, ...(localizedText && isPlain && readsAlike(field) ? { locale: MACHINE_LOCALE } : {}) }];
  });
  return { columns, leftOut };
}

/** Whether the locale reads what the machine form does, as far as the sample shows: it knows no exponents. */
function readsAlike({ sample }: DiscoveredField): boolean {
  if (!isKnownLocale(MACHINE_LOCALE)) return false;
  const column = { name: 'sample', sourceName: 'sample', type: 'decimal', timeZone: 'UTC', required: true } as const;
  const [machine, locale] = [createCellReader(column), createCellReader({ ...column, locale: MACHINE_LOCALE })];
  return sample.every((text) => machine(text).ok === locale(text).ok);
}

function freeName(heading: string, taken: ReadonlySet<string>): string {
  const plain = (COLUMN_NAME.test(heading) ? heading : usable(heading)).slice(0, LONGEST_NAME - 5);
  let name = plain;
  for (let number = 2; taken.has(name); number += 1) name = `${plain}_${number}`;
  return name;
}

function usable(heading: string): string {
  const words = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  if (COLUMN_NAME.test(words)) return words;
  return words === '' ? 'column' : `column_${words}`;
}
