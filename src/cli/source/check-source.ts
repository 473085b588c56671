import type { Probe } from '#connectors/sdk/types.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { withOpenSource } from './open-source.js';

/** Asks a source how it is: one line a probe, with what to do where one is not ok; the exit code says who must act. */
export function checkSource(
  context: CommandContext,
  name: string,
  options: ConfigOption & { readonly json?: true },
): CommandResult {
  return withOpenSource(context, options.config, name, async ({ connection, source }) => {
    const probes = await source.check(context.signal);
    context.stdout.write(
      options.json
        ? `${JSON.stringify({ connection: connection.id, connector: connection.connector, probes }, null, 2)}\n`
        : `${probes.flatMap(linesOf).join('\n')}\n`,
    );
    const failed = probes.find((probe) => probe.outcome === 'fail');
    return failed === undefined ? 0 : FAILURE_KINDS[failed.kind ?? 'defect'].exitCode;
  });
}

function linesOf({ name, outcome, message, remedy }: Probe): string[] {
  const line = `${outcome.padEnd(5)}${name}: ${message}`;
  return remedy === undefined || outcome === 'ok' ? [line] : [line, `     → ${remedy}`];
}
