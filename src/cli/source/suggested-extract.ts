import type { DiscoveredStream } from '#connectors/sdk/discovery.js';
import { MACHINE_LOCALE, type SuggestedColumn, suggestedColumns } from './suggested-columns.js';

/** Longest id, less what a number after it takes. */
const LONGEST_ID = 95;
/** What YAML does not take for text though it looks like a word; the older YAML's words are quoted too. */
const NO_TEXT = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/**
 * An extract of a stream as YAML: what `extracts/*.yaml` takes, but for the comments that ask for a decision.
 *
 * @param localizedText the connector's capability of that name
 */
export function suggestedExtract(
  connection: string,
  id: string,
  stream: DiscoveredStream,
  localizedText: boolean,
): string {
  const { columns, leftOut } = suggestedColumns(stream.fields, localizedText);
  const time = columns.find(({ field }) => field.type === 'date' || field.type === 'datetime');
  return [
    'extracts:',
    `  ${word(id)}:`,
    `    connection: ${word(connection)}`,
    '    schedule: { every: day, at: "06:30" }',
    `    source: ${flow(stream.source)}`,
    time === undefined
      ? '    time: "?"   # no column was found that holds dates: name the one that places a row in time'
      : `    time: ${word(time.name)}`,
    ...(columns.length === 0 ? ['    columns: {}'] : ['    columns:']),
    ...columns.map((column) => `      ${word(column.name)}: ${columnOf(column)}`),
    ...leftOut.map((reason) => `      # ${escaped(reason)}`),
    ...(columns.some(({ locale }) => locale !== undefined)
      ? [`      # ${MACHINE_LOCALE}: 1234.5 as in the sample, nothing between groups; en-US if 1,234 may come`]
      : []),
    '',
  ].join('\n');
}

function columnOf({ name, field, locale }: SuggestedColumn): string {
  const settings = {
    ...(name === field.name ? {} : { from: field.name }),
    ...(locale === undefined ? {} : { locale }),
    ...field.settings,
  };
  return Object.keys(settings).length === 0 ? field.type : flow({ type: field.type, ...settings });
}

/** An id made from a stream's name that no other extract has. */
export function freeExtractId(
  { name, kind }: Pick<DiscoveredStream, 'name' | 'kind'>,
  taken: ReadonlySet<string>,
): string {
  // The tabs of a spreadsheet are named behind its own id, which tells nobody anything.
  const isOfSheet = kind === 'sheet' || kind === 'named_range';
  const plain = extractId(isOfSheet ? name.slice(name.indexOf('/') + 1) : name);
  let id = plain;
  for (let number = 2; taken.has(id); number += 1) id = `${plain}-${number}`;
  return id;
}

function extractId(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/\.[a-z]{2,4}(\.gz)?$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  const id = (/^[0-9]/.test(words) ? `x-${words}` : words).slice(0, LONGEST_ID).replace(/-+$/, '');
  return id === '' ? 'new-extract' : id;
}

function word(text: string): string {
  return NO_TEXT.test(text) ? JSON.stringify(text) : text;
}

/** JSON that people can read: a map in one line is YAML too. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${flow(each)}`)
      .join(', ')} }`;
  }
  return escaped(JSON.stringify(value));
}

/** What a terminal would obey and not show, as JSON and YAML both escape it: the text stays the one of the source. */
function escaped(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
