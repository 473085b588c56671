import type { DiscoveredStream } from '#connectors/sdk/discovery.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { textTable } from '../render/text-table.js';
import { printable, USUAL_WIDTH } from '../render/text-width.js';
import { counted } from '../render/time-words.js';
import { withOpenSource } from './open-source.js';
import { freeExtractId, suggestedExtract } from './suggested-extract.js';

interface DiscoverOptions extends ConfigOption {
  readonly stream?: string;
  readonly rows: number;
  readonly json?: true;
}

/** Shows what a source holds: the fields of each stream with the evidence for their types, and an extract to paste. */
export function discoverSource(context: CommandContext, name: string, options: DiscoverOptions): CommandResult {
  return withOpenSource(context, options.config, name, async ({ config, registry, connection, source }) => {
    const streams = await source.discover({
      ...(options.stream === undefined ? {} : { stream: options.stream }),
      sampleRows: options.rows,
      signal: context.signal,
    });
    const { stdout } = context;
    if (options.json) {
      stdout.write(`${JSON.stringify({ connection: connection.id, streams }, null, 2)}\n`);
      return 0;
    }
    if (streams.length === 0) stdout.write(`"${connection.id}" holds nothing to read.\n`);
    const { localizedText = false } = registry.get(connection.connector)?.capabilities ?? {};
    const taken = new Set(config.extracts.map((extract) => extract.id));
    for (const stream of streams) {
      stdout.write(`${described(stream, stdout.columns ?? USUAL_WIDTH)}\n\n`);
      // What has no field, such as a file that could not be read, gives no extract.
      if (stream.fields.length === 0) continue;
      const id = freeExtractId(stream, taken);
      taken.add(id);
      stdout.write(`${suggestedExtract(connection.id, id, stream, localizedText)}\n`);
    }
    return 0;
  });
}

function described(stream: DiscoveredStream, width: number): string {
  const table = textTable(
    [
      { heading: 'FIELD', align: 'left' },
      { heading: 'TYPE', align: 'left' },
      { heading: 'BLANK', align: 'right' },
      { heading: 'EVIDENCE', align: 'left', shrinkTo: 30 },
      { heading: 'SAMPLE', align: 'left', shrinkTo: 12 },
    ],
    stream.fields.map((field) => [
      { text: printable(field.name) },
      { text: [field.type, ...Object.values(field.settings)].join(' ') },
      { text: blankShare(field.blanks, stream.sampledRows) },
      { text: printable(field.evidence) },
      { text: printable(field.sample.map((value) => JSON.stringify(value)).join(' ')) },
    ]),
    width,
  );
  const kind = stream.kind.replaceAll('_', ' ');
  const sampled = `${counted(stream.sampledRows, 'row')} looked at`;
  return [
    printable(`${stream.name} (${kind}, ${sampled}, layout ${stream.fingerprint.slice(0, 12)})`),
    ...(stream.fields.length === 0 ? [] : table.lines.map((line) => `  ${line}`)),
    ...stream.notes.map((note) => printable(`  note: ${note}`)),
  ].join('\n');
}

function blankShare(blanks: number, rows: number): string {
  return rows === 0 || blanks === 0 ? '–' : `${Math.round((blanks / rows) * 100)} %`;
}
