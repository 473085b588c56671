import type { Command } from 'commander';
import type { CommandContext, CommandResult } from './context.js';
import type { AddCommand } from './source-commands.js';

/** `plumbline outbox …`: messages that have not reached anybody, for whoever keeps the site running. */
export function addOutboxCommands(
  context: CommandContext,
  program: Command,
  command: AddCommand,
  run: (work: () => CommandResult) => () => Promise<void>,
): void {
  const outbox = program
    .command('outbox')
    .description('messages that have not reached anybody')
    .copyInheritedSettings(program);

  command('list', 'what waits and what was given up, and why', 'plumbline outbox', outbox, { isDefault: true })
    .option('--json', 'as JSON')
    .action((options: { config: string; json?: true }) =>
      run(async () => (await import('./commands/outbox.js')).outboxList(context, options))(),
    );

  command('retry', 'send messages by the next delivery, given up or not', 'plumbline outbox retry 3f9a2c41', outbox)
    .argument('[ids...]', 'ids, or how they begin')
    .option('--channel <name>', 'only those of this channel')
    .option('--all', 'all of them')
    .action((ids: string[], options: { config: string; channel?: string; all?: true }) =>
      run(async () => (await import('./commands/outbox.js')).outboxRetry(context, ids, options))(),
    );

  command(
    'drop',
    'leave messages unsent for good',
    'plumbline outbox drop --channel mail --reason "the server was replaced"',
    outbox,
  )
    .argument('[ids...]', 'ids, or how they begin')
    .option('--channel <name>', 'only those of this channel')
    .option('--all', 'all of them')
    .requiredOption('--reason <text>', 'why, kept with the messages')
    .action((ids: string[], options: { config: string; channel?: string; all?: true; reason: string }) =>
      run(async () => (await import('./commands/outbox.js')).outboxDrop(context, ids, options))(),
    );
}
