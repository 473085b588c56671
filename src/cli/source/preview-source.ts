import { measuresOf } from '#src/activities/config-lookup.js';
import { askedColumns } from '#src/activities/pull/asked-columns.js';
import type { Extract, ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { USUAL_WIDTH } from '../render/text-width.js';
import { firstRunWindow } from './extract-request.js';
import { withOpenSource } from './open-source.js';
import { runNotes } from './preview-notes.js';
import { previewRows } from './preview-rows.js';
import { previewText } from './preview-text.js';

interface PreviewOptions extends ConfigOption {
  readonly rows: number;
  readonly json?: true;
}

/** Shows the first rows of an extract as a run would type them, and each that could not be used, with the reason. */
export function previewSource(context: CommandContext, name: string, options: PreviewOptions): CommandResult {
  return withOpenSource(context, options.config, name, async ({ config, source }) => {
    const extract = findExtract(config, name);
    const now = context.now();
    const { timeZone } = config.site;
    const window = firstRunWindow(config, extract, now);
    const scope = { rows: options.rows, window, timeZone, day: dateInZone(now, timeZone) };
    const preview = await previewRows(source, extract, scope, context.signal);
    const measures = measuresOf(config, [extract.id]);
    const run = { extract, measures, window, aggregates: source.aggregate !== undefined };
    const { stdout } = context;
    if (options.json) {
      const columns = askedColumns(extract).map((column) => column.name);
      const rows = preview.rows.slice(0, options.rows);
      const shown = { extract: extract.id, columns, ...preview, rows, inARun: runNotes(preview, run) };
      stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    } else {
      stdout.write(previewText(run, preview, options.rows, stdout.columns ?? USUAL_WIDTH));
    }
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
