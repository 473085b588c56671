import type { DiscoveredField, DiscoveredStream } from '#connectors/sdk/discovery.js';

/** What the name of an extract's column may look like; any other becomes one, with the source's own as `from:`. */
const COLUMN_NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/** An extract of a stream as YAML: what `extracts/*.yaml` takes, but for the comments that ask for a decision. */
export function suggestedExtract(connection: string, id: string, stream: DiscoveredStream): string {
  const names = columnNames(stream.fields);
  const time = stream.fields.findIndex((field) => field.type === 'date' || field.type === 'datetime');
  return [
    'extracts:',
    `  ${id}:`,
    `    connection: ${connection}`,
    '    schedule: { every: day, at: "06:30" }',
    `    source: ${flow(stream.source)}`,
    time === -1
      ? '    time: "?"   # no column was found that holds dates: name the one that places a row in time'
      : `    time: ${names[time]}`,
    '    columns:',
    ...stream.fields.map((field, index) => `      ${names[index]}: ${columnOf(field, names[index] ?? '')}`),
    '',
  ].join('\n');
}

function columnOf(field: DiscoveredField, name: string): string {
  const settings = { ...(name === field.name ? {} : { from: field.name }), ...field.settings };
  return Object.keys(settings).length === 0 ? field.type : flow({ type: field.type, ...settings });
}

/** Names that filters can use, each once. */
function columnNames(fields: readonly DiscoveredField[]): string[] {
  const taken = new Set<string>();
  return fields.map(({ name }) => {
    const plain = COLUMN_NAME.test(name) ? name : usable(name);
    let unique = plain;
    for (let number = 2; taken.has(unique); number += 1) unique = `${plain}_${number}`;
    taken.add(unique);
    return unique;
  });
}

function usable(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  return COLUMN_NAME.test(words) ? words : `column_${words}`;
}

/** An id made from a stream's name that no other extract has. */
export function freeExtractId(name: string, taken: ReadonlySet<string>): string {
  const plain = extractId(name);
  let id = plain;
  for (let number = 2; taken.has(id); number += 1) id = `${plain}-${number}`;
  return id;
}

function extractId(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/\.[a-z]{2,4}(\.gz)?$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return id === '' ? 'new-extract' : id;
}

/** JSON that people can read: a map in one line is YAML too. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${flow(each)}`)
      .join(', ')} }`;
  }
  return JSON.stringify(value);
}
