import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { withApplied } from '../open-applied.js';
import { alertsJson } from '../render/alert-json.js';
import { type AlertPage, alertBlock, messagesAbout, worstFirst } from '../render/alert-list.js';
import { wantsColour } from '../render/status-words.js';
import { USUAL_WIDTH } from '../render/text-width.js';
import { counted } from '../render/time-words.js';

/** Alerts shown of the history, and messages looked through for those about them. */
const MOST_ALERTS = 200;
const MOST_MESSAGES = 5_000;

interface AlertsOptions extends ConfigOption {
  readonly all?: true;
  readonly json?: true;
}

/** Open alerts from the worst, with who was told; or all of them with their history, the latest change first. */
export function alerts(context: CommandContext, { config: folder, all, json }: AlertsOptions): CommandResult {
  return withApplied(context, folder, async ({ config, store }) => {
    const { stdout, env } = context;
    const { models } = store;
    const now = context.now();
    const { site } = config;
    const found = all ? await models.alertHistory(MOST_ALERTS) : worstFirst(await models.openAlerts());
    const outbox = found.length === 0 ? [] : await models.outboxRecords(MOST_MESSAGES);
    const told = found.map((alert) => ({ alert, messages: messagesAbout(alert, outbox) }));
    if (json) {
      stdout.write(`${JSON.stringify(alertsJson(site, now, told), null, 2)}\n`);
      return 0;
    }
    if (found.length === 0) {
      stdout.write(all ? 'There has never been an alert.\n' : 'No open alerts.\n');
      return 0;
    }
    const page: AlertPage = {
      now,
      timeZone: site.timeZone,
      width: stdout.columns ?? USUAL_WIDTH,
      colour: wantsColour(stdout, env),
      nameOf: (person) => config.people.find(({ id }) => id === person)?.name ?? person,
    };
    stdout.write(told.map(({ alert, messages }) => alertBlock(alert, messages, page)).join('\n'));
    const open = found.filter(({ state }) => state === 'open').length;
    stdout.write(`\n${counted(open, 'open alert')}${all ? ` of ${found.length}` : ''}.\n`);
    if (found.length === MOST_ALERTS) {
      context.stderr.write(
        `The ${MOST_ALERTS} alerts that changed last; older ones are in the store's table "alert".\n`,
      );
    }
    return 0;
  });
}
