import type { Extract, ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { periodContaining } from '#src/domain/period/period.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { TypedCell } from '#src/domain/value/types.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { textTable } from '../render/text-table.js';
import { USUAL_WIDTH } from '../render/text-width.js';
import { withOpenSource } from './open-source.js';
import { type Preview, type PreviewReject, previewColumns, previewRows } from './preview-rows.js';

interface PreviewOptions extends ConfigOption {
  readonly rows: number;
  readonly json?: true;
}

/** Shows the first rows of an extract as a run would type them, and each that could not be used, with the reason. */
export function previewSource(context: CommandContext, name: string, options: PreviewOptions): CommandResult {
  return withOpenSource(context, options.config, name, async ({ config, source }) => {
    const extract = findExtract(config, name);
    const window = {
      start: '0001-01-01',
      end: periodContaining(dateInZone(context.now(), config.site.timeZone), 'yearly').end,
    };
    const preview = await previewRows(source, extract, { rows: options.rows, window }, context.signal);
    const { stdout } = context;
    stdout.write(
      options.json
        ? `${JSON.stringify({ extract: extract.id, columns: previewColumns(extract).map((column) => column.name), ...preview, rows: preview.rows.slice(0, options.rows) }, null, 2)}\n`
        : previewText(extract, preview, options.rows, stdout.columns ?? USUAL_WIDTH),
    );
    return 0;
  });
}

/** The extract of this id, or the only one of a connection. */
function findExtract(config: ResolvedConfig, name: string): Extract {
  const named = config.extracts.find((extract) => extract.id === name);
  const [only, ...others] =
    named === undefined ? config.extracts.filter((extract) => extract.connection === name) : [named];
  if (only !== undefined && others.length === 0) return only;
  const ids = [only, ...others].flatMap((extract) => (extract === undefined ? [] : [extract.id]));
  throw new PlumblineError(
    'config',
    'CLI_UNKNOWN_EXTRACT',
    `Cannot preview "${name}": ${ids.length === 0 ? 'no extract reads from it' : `${ids.length} extracts read from it`}.`,
    {
      remedy:
        ids.length === 0 ? 'Write one; "plumbline source discover" suggests it.' : `Name one of: ${ids.join(', ')}.`,
    },
  );
}

function previewText(extract: Extract, preview: Preview, rows: number, width: number): string {
  const table = textTable(
    [
      { heading: 'PLACE', align: 'left', shrinkTo: 16 },
      ...previewColumns(extract).map((column) => ({
        heading: column.name,
        align: column.type === 'decimal' || column.type === 'integer' ? ('right' as const) : ('left' as const),
        ...(column.type === 'text' ? { shrinkTo: 10 } : {}),
      })),
    ],
    preview.rows
      .slice(0, rows)
      .map(({ locator, cells }) => [{ text: locator }, ...cells.map((cell) => ({ text: shown(cell) }))]),
    width,
  );
  const { summary, seen, skipped, repaired } = preview;
  const more = summary === undefined ? 'of more that were not looked at' : 'in all';
  return `${[
    `${extract.id}: ${previewColumns(extract)
      .map((column) => `${column.name} ${column.type}`)
      .join(', ')}`,
    ...table.lines,
    ...preview.rejects.slice(0, rows).flatMap(rejectLines),
    ...(preview.rejects.length > rows ? [`… and ${preview.rejects.length - rows} more rejects`] : []),
    `${seen} rows seen, ${more}; ${preview.rejects.length} problems${counted('; skipped', skipped)}${counted('; repaired', repaired)}`,
    ...(summary?.notes ?? []).map((note) => `note: ${note}`),
    ...(summary?.description ?? []),
    ...(summary?.watermark === undefined
      ? []
      : [`watermark (${summary.watermark.evidence.replaceAll('_', ' ')}): ${summary.watermark.value}`]),
  ].join('\n')}\n`;
}

function rejectLines({ locator, column, raw, rule, message, remedy }: PreviewReject): string[] {
  const place = column === undefined ? locator : `${locator}, ${column}`;
  return [`rejected ${place}: ${JSON.stringify(raw)} – ${message} (${rule})`, `     → ${remedy}`];
}

function counted(label: string, counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).map(([rule, count]) => `${count} ${rule}`);
  return entries.length === 0 ? '' : `${label} ${entries.join(', ')}`;
}

function shown(cell: TypedCell): string {
  if (cell === null) return '∅';
  return typeof cell === 'boolean' ? String(cell) : cell;
}
