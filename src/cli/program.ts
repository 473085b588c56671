import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { isInstant } from '#src/domain/period/period-instants.js';
import { addAlertCommands } from './alert-commands.js';
import type { CommandContext, CommandResult } from './context.js';
import { addNoteCommand } from './note-command.js';
import { addOutboxCommands } from './outbox-commands.js';
import { type AddCommand, addSourceCommands } from './source-commands.js';
import { packageVersion } from './version.js';

/** Exit code for a command line that cannot be understood: the same as for a configuration that cannot. */
const USAGE_EXIT_CODE = 2;

const EXAMPLES = `
Examples:
  plumbline init my-scorecard             write a small config folder that works
  plumbline check --config my-scorecard   find every mistake in it
  plumbline run --once --config my-scorecard
  plumbline status --config my-scorecard

Exit codes: 0 done · 2 configuration or command line · 3 access · 4 source gone or changed · 5 rows rejected
            70 a fault of Plumbline · 75 try again later · 130 stopped`;

/**
 * The command line. Commands are imported when they are called, so that a command loads only what it uses.
 *
 * @returns runs the arguments (without node and script) and gives the exit code
 */
export function createProgram(context: CommandContext): (args: readonly string[]) => Promise<number> {
  let exitCode = 0;
  const run = (work: () => CommandResult) => async (): Promise<void> => {
    exitCode = await work();
  };
  const program = new Command('plumbline')
    .description('Collects KPI actuals on schedule, scores them up a balanced scorecard, and says who is late.')
    .configureOutput({ writeOut: (text) => context.stdout.write(text), writeErr: (text) => context.stderr.write(text) })
    .version(packageVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .showHelpAfterError('(add --help for what can be given)')
    .addHelpText('after', EXAMPLES);
  const command: AddCommand = (usage, description, example, parent = program, options = {}) =>
    parent
      .command(usage, options)
      .description(description)
      .copyInheritedSettings(program)
      .addHelpText(
        'after',
        `\nExample:\n${example
          .split('\n')
          .map((line) => `  ${line}`)
          .join('\n')}`,
      );
  const withConfig = (each: Command): Command =>
    each.addOption(new Option('-c, --config <folder>', 'config folder').env('PLUMBLINE_CONFIG').default('config'));

  command('init', 'write a small config folder that works', 'plumbline init my-scorecard')
    .argument('[folder]', 'folder to make', 'config')
    .action((folder: string) => run(async () => (await import('./commands/init.js')).init(context, folder))());

  withConfig(
    command(
      'check',
      'find every mistake in a config folder',
      'plumbline check --config config\nplumbline check --explain company/profit-margin',
    ),
  )
    .option('--json', 'problems, or the explanation, as JSON')
    .option('--strict', 'warnings count as errors')
    .option('--explain <address>', 'instead: what a measure, objective, perspective or scorecard is, in full words')
    .action(({ explain, ...options }: { config: string; json?: true; strict?: true; explain?: string }) =>
      run(async () =>
        explain === undefined
          ? (await import('./commands/check.js')).check(context, options)
          : (await import('./commands/check-explain.js')).checkExplain(context, explain, options),
      )(),
    );

  withConfig(
    command(
      'test',
      'try the examples that stand beside the definitions',
      'plumbline test --config config\nplumbline test contract-renewal-rate --json',
    ),
  )
    .argument('[name...]', 'measures, or names of examples (default: all)')
    .option('--json', 'outcomes as JSON')
    .action((names: string[], options: { config: string; json?: true }) =>
      run(async () => (await import('./commands/test.js')).test(context, names, options))(),
    );

  withConfig(command('apply', 'make store and schedules what the configuration says', 'plumbline apply --dry-run'))
    .option('--dry-run', 'show the plan and change nothing')
    .option('--store-only', 'leave Temporal alone: for "run --once" users')
    .action((options: { config: string; dryRun?: true; storeOnly?: true }) =>
      run(async () => (await import('./commands/apply.js')).apply(context, options))(),
    );

  withConfig(
    command('dev', 'Temporal server, worker and schedules in one process', 'plumbline dev --config my-scorecard'),
  )
    .option('--data <folder>', "the server's database", '.plumbline/dev')
    .option('--port <number>', 'wanted port of the server', port, 7233)
    .option('--ui-port <number>', 'wanted port of the web UI', port, 8233)
    .action((options: { config: string; data: string; port: number; uiPort: number }) =>
      run(async () => (await import('./commands/dev.js')).dev(context, options))(),
    );

  withConfig(
    command('worker', 'run the steps that Temporal hands out', 'TEMPORAL_ADDRESS=temporal:7233 plumbline worker'),
  ).action((options: { config: string }) =>
    run(async () => (await import('./commands/worker.js')).worker(context, options))(),
  );

  withConfig(
    command('run', 'collect now, in this process, without Temporal', 'plumbline run --once --group finance-day-0700'),
  )
    .requiredOption('--once', 'one round, then end (say it: a round is all this does)')
    .option('--group <id...>', 'only these pull groups (default: all)')
    .option('--at <instant>', 'nominal time of the round, UTC (default: now)', instant)
    .option('--json', 'the result as JSON')
    .action((options: { config: string; group?: string[]; at?: string; json?: true }) =>
      run(async () => (await import('./commands/run.js')).runCommand(context, options))(),
    );

  withConfig(command('trigger', "fire a pull group's schedule now", 'plumbline trigger finance-day-0700 --wait'))
    .argument('<group>', 'pull group, "sweep" or "deliver"')
    .option('--wait', 'wait for the run and say how it ended')
    .option('--json', 'with --wait: the result as JSON')
    .action((group: string, options: { config: string; wait?: true; json?: true }) =>
      run(async () => (await import('./commands/trigger.js')).trigger(context, group, options))(),
    );

  withConfig(
    command(
      'status',
      'the scorecard as a table',
      'plumbline status\nplumbline status shops/berlin-1\nplumbline status --json | jq .nodes',
    ),
  )
    .argument('[address]', 'scorecard, unit, objective or measure: it and what is below it (default: all)')
    .option('--json', 'as JSON')
    .action((address: string | undefined, options: { config: string; json?: true }) =>
      run(async () => (await import('./commands/status.js')).status(context, options, address))(),
    );

  addAlertCommands(context, command, withConfig, run);

  withConfig(
    command(
      'explain',
      'where a value comes from, and how a score is made of others',
      'plumbline explain company/profit-margin 2026-09\nplumbline explain profit-margin\nplumbline explain company',
    ),
  )
    .argument('<address>', 'of a measure, objective, perspective or scorecard, or its last part where that is unique')
    .argument('[period]', 'period id, such as 2026-09 or 2026-W37 (default: the one that status shows)')
    .option('--json', 'as JSON')
    .action((address: string, period: string | undefined, options: { config: string; json?: true }) =>
      run(async () => (await import('./commands/explain.js')).explain(context, address, period, options))(),
    );

  const notify = program
    .command('notify')
    .description('look at the ways to tell people')
    .copyInheritedSettings(program);
  withConfig(
    command(
      'test',
      'send a test message over one channel, and say what became of it',
      'plumbline notify test mail\nplumbline notify test team-room --to amara',
      notify,
    ),
  )
    .argument('<channel>', 'channel of site.yaml')
    .option('--to <person>', 'person of people.yaml (default: the operator)')
    .option('--json', 'as JSON')
    .action((channel: string, options: { config: string; to?: string; json?: true }) =>
      run(async () => (await import('./commands/notify-test.js')).notifyTest(context, channel, options))(),
    );

  const configured: AddCommand = (...words) => withConfig(command(...words));
  addSourceCommands(context, program, configured, run);
  addOutboxCommands(context, program, configured, run);
  addNoteCommand(context, configured, run);

  command('schema', 'write the JSON Schemas of the config files, for editors', 'plumbline schema --write schemas')
    .requiredOption('--write <folder>', 'folder to write them to')
    .action((options: { write: string }) =>
      run(async () => (await import('./commands/schema.js')).schema(context, options))(),
    );

  return async (args) => {
    try {
      await program.parseAsync([...args], { from: 'user' });
      return exitCode;
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
    }
  };
}

function port(text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (value >= 1 && value <= 65_535) return value;
  throw new InvalidArgumentError(`"${text}" is not a port: a whole number from 1 to 65535.`);
}

function instant(text: string): string {
  if (isInstant(text)) return text;
  throw new InvalidArgumentError(`"${text}" is not an instant: write UTC as 2026-03-01T06:30:00Z.`);
}
