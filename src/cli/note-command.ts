import { Option } from 'commander';
import type { CommandContext, CommandResult } from './context.js';
import type { AddCommand } from './source-commands.js';

/** `plumbline note …`: what people write about a measure or another node in a period. */
export function addNoteCommand(
  context: CommandContext,
  command: AddCommand,
  run: (work: () => CommandResult) => () => Promise<void>,
): void {
  command(
    'note',
    'write down why a measure stands as it does in a period, for those who see it',
    'plumbline note company/client-rating 2026-10 "Two of five were new; both are trained by December."',
  )
    .argument('<address>', 'of a measure, objective, perspective or scorecard, or its last part where that is unique')
    .argument('<period>', 'period id, such as 2026-09 or 2026-W37')
    .argument('<text>', 'the note; it is shown in place of an earlier one of the period')
    .addOption(
      new Option(
        '--author <person>',
        "id or address of who writes it (default: PLUMBLINE_AUTHOR, or who has this user's name)",
      ),
    )
    .option('--json', 'as JSON')
    .action(
      (address: string, period: string, text: string, options: { config: string; author?: string; json?: true }) =>
        run(async () => (await import('./commands/note.js')).note(context, { address, period, text }, options))(),
    );
}
