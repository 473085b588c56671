import type { Probe } from '#connectors/sdk/types.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { configOption } from '../render/next-command.js';
import { printable } from '../render/text-width.js';
import { counted } from '../render/time-words.js';
import { extractProbe } from './extract-probe.js';
import { firstRunWindow } from './extract-request.js';
import { type OpenedSource, withOpenSource } from './open-source.js';

/**
 * Asks a source how it is: one line a probe, with what to do where one is not ok; the exit code says who must act. Where an
 * extract is named, it is read from as well, once the connection is in order.
 */
export function checkSource(
  context: CommandContext,
  name: string,
  options: ConfigOption & { readonly json?: true },
): CommandResult {
  return withOpenSource(context, options.config, name, async (opened) => {
    const { connection, extract } = opened;
    const probes = await probesOf(opened, context);
    const named = { connection: connection.id, ...(extract === undefined ? {} : { extract: extract.id }) };
    context.stdout.write(
      options.json
        ? `${JSON.stringify({ ...named, connector: connection.connector, probes }, null, 2)}\n`
        : probes
            .flatMap(linesOf)
            .map((line) => `${printable(line)}\n`)
            .join(''),
    );
    if (extract === undefined) context.stderr.write(furtherChecks(opened, options.config));
    const failed = probes.find((probe) => probe.outcome === 'fail');
    return failed === undefined ? 0 : FAILURE_KINDS[failed.kind ?? 'defect'].exitCode;
  });
}

async function probesOf({ config, extract, source }: OpenedSource, context: CommandContext): Promise<readonly Probe[]> {
  const { signal } = context;
  const probes = await source.check(signal);
  // What fails for the connection would fail here again, and hide the cause.
  if (extract === undefined || probes.some(({ outcome }) => outcome === 'fail')) return probes;
  return [...probes, await extractProbe(source, extract, firstRunWindow(config, extract, context.now()), signal)];
}

function furtherChecks({ config, connection }: OpenedSource, folder: string): string {
  const ids = config.extracts.filter((extract) => extract.connection === connection.id).map(({ id }) => id);
  const [first] = ids;
  if (first === undefined) return 'No extract reads from it yet.\n';
  const say = ids.length === 1 ? '' : ' say,';
  return `${counted(ids.length, 'extract')} can be checked too (${ids.join(', ')}):${say} plumbline source check ${first}${configOption(folder)}\n`;
}

function linesOf({ name, outcome, message, remedy }: Probe): string[] {
  const line = `${outcome.padEnd(5)}${name}: ${message}`;
  return remedy === undefined || outcome === 'ok' ? [line] : [line, `     → ${remedy}`];
}
