import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext, CommandResult } from './context.js';

/**
 * Adds a command with its example; `parent` is the program unless said otherwise.
 *
 * @param options `isDefault` for the one that its parent's name alone means
 */
export type AddCommand = (
  usage: string,
  description: string,
  example: string,
  parent?: Command,
  options?: { readonly isDefault?: boolean },
) => Command;

/** `plumbline source …` and `plumbline connector …`: what a data engineer needs before anything is collected. */
export function addSourceCommands(
  context: CommandContext,
  program: Command,
  command: AddCommand,
  run: (work: () => CommandResult) => () => Promise<void>,
): void {
  const source = program
    .command('source')
    .description('look at a source without collecting from it')
    .copyInheritedSettings(program);

  command('check', 'can it be reached, read, and only read?', 'plumbline source check operations', source)
    .argument('<name>', 'connection, or an extract that reads from it')
    .option('--json', 'probes as JSON')
    .action((name: string, options: { config: string; json?: true }) =>
      run(async () => (await import('./source/check-source.js')).checkSource(context, name, options))(),
    );

  command(
    'discover',
    'what it holds: fields, types with their evidence, an extract to paste',
    'plumbline source discover operations --stream tickets',
    source,
  )
    .argument('<name>', 'connection')
    .option('--stream <name>', 'only this table, file pattern, tab or spreadsheet')
    .option('--rows <number>', 'rows looked at of each', rowCount, 200)
    .option('--json', 'as JSON')
    .action((name: string, options: { config: string; stream?: string; rows: number; json?: true }) =>
      run(async () => (await import('./source/discover-source.js')).discoverSource(context, name, options))(),
    );

  command('preview', 'the first rows, typed, with rejects and why', 'plumbline source preview tickets --rows 5', source)
    .argument('<name>', 'extract, or a connection that has only one')
    .option('--rows <number>', 'rows shown', rowCount, 20)
    .option('--json', 'as JSON')
    .action((name: string, options: { config: string; rows: number; json?: true }) =>
      run(async () => (await import('./source/preview-source.js')).previewSource(context, name, options))(),
    );

  const connector = program.command('connector').description('connectors of your own').copyInheritedSettings(program);

  command(
    'new',
    'write one that works, with its exam',
    'plumbline connector new tickets --config my-scorecard',
    connector,
  )
    .argument('<name>', 'its name: lower-case letters, digits and dashes')
    .action((name: string, options: { config: string }) =>
      run(async () => (await import('./commands/connector-new.js')).connectorNew(context, name, options))(),
    );
}

function rowCount(text: string): number {
  const value = /^\d{1,6}$/.test(text) ? Number.parseInt(text, 10) : 0;
  if (value >= 1) return value;
  throw new InvalidArgumentError(`"${text}" is not a number of rows from 1 to 999999.`);
}
