import type { Command } from 'commander';
import type { AlertRequest } from './commands/alerts-act.js';
import type { CommandContext, CommandResult, ConfigOption } from './context.js';
import type { AddCommand } from './source-commands.js';

interface AlertsOptions extends ConfigOption {
  readonly all?: true;
  readonly json?: true;
}

interface ReasonOptions {
  readonly reason?: string;
  readonly author?: string;
}

const EXAMPLE = `plumbline alerts
plumbline alerts ack 3f9a2c --reason "the plant is shut"
plumbline alerts snooze 3f9a2c 3d`;

/** `plumbline alerts …`: what is wrong, and what people do about it. Options of `alerts` are those of each below it. */
export function addAlertCommands(
  context: CommandContext,
  command: AddCommand,
  withConfig: (each: Command) => Command,
  run: (work: () => CommandResult) => () => Promise<void>,
): void {
  const alerts = withConfig(
    command('alerts', 'what is missing, late or off track, who was told, and who has taken it over', EXAMPLE),
  )
    .option('--all', 'resolved ones too, with their history')
    .option('--json', 'as JSON');
  const shared = (): AlertsOptions => alerts.opts<AlertsOptions>();
  const list = (options: AlertsOptions) =>
    run(async () => (await import('./commands/alerts.js')).alerts(context, options))();
  const act = (request: AlertRequest, options: ReasonOptions) =>
    run(async () => (await import('./commands/alerts-act.js')).actOn(context, request, { ...shared(), ...options }))();
  const below = (usage: string, description: string, example: string): Command =>
    command(usage, description, example, alerts).configureHelp({ showGlobalOptions: true });
  const of = (argument: '<id>' | '<ids...>') => (usage: string, description: string, example: string) =>
    below(usage, description, example).argument(
      argument,
      'id that the list shows, or kind/measure/period, or a part of that which only one has',
    );
  const ofOne = of('<id>');
  const ofMany = of('<ids...>');
  const withReason = (each: Command): Command =>
    each
      .option('--reason <text>', 'why, for those who read the history')
      .option(
        '--author <person>',
        "id or address of who does it (default: PLUMBLINE_AUTHOR, or who has this user's name)",
      );

  alerts.action(() => list(shared()));
  below('list', 'open alerts, the worst first: what "alerts" alone does', 'plumbline alerts list --json').action(() =>
    list(shared()),
  );
  below('history', 'all alerts with their events, the latest change first', 'plumbline alerts history').action(() =>
    list({ ...shared(), all: true }),
  );
  ofOne('show', 'one alert with its history', 'plumbline alerts show 3f9a2c').action((id: string) =>
    run(async () => (await import('./commands/alerts.js')).showAlert(context, id, shared()))(),
  );
  withReason(
    ofMany(
      'ack',
      'take alerts over: no more about them but their end',
      'plumbline alerts ack 3f9a2c 81d0be --author kim',
    ),
  ).action((ids: string[], options: ReasonOptions) => act({ transition: 'acknowledged', ids }, options));
  withReason(
    ofOne(
      'snooze',
      'silence about an alert until a time; then it speaks once if it still holds',
      'plumbline alerts snooze 3f9a2c 3d\nplumbline alerts snooze late/company/nps "2026-12-01 09:00"',
    ).argument('<until>', "30m, 8h, 3d, 2w, a day (2026-12-01), a time (09:00), or both; in the site's zone"),
  ).action((id: string, until: string, options: ReasonOptions) =>
    act({ transition: 'snoozed', ids: [id], until }, options),
  );
  withReason(
    ofMany(
      'resolve',
      'dealt with, as it stands: told again only when it goes further or comes back',
      'plumbline alerts resolve 3f9a2c --reason "agreed with the board"',
    ),
  ).action((ids: string[], options: ReasonOptions) => act({ transition: 'resolved', ids }, options));
}
