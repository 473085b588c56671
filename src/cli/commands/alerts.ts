import { alertRules, factsOfAlerts } from '#src/activities/alert/alert-rules.js';
import { detailsNow } from '#src/activities/alert/details-now.js';
import { subjectNames } from '#src/activities/alert/subject-names.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { alertKey } from '#src/domain/alert/alert-key.js';
import { nextInWords } from '#src/domain/policy/next-in-words.js';
import type { AlertHistoryEntry, AlertView } from '#src/store/read-models/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { alertIds } from '../alert/alert-ids.js';
import { findAlert } from '../alert/find-alert.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { withApplied } from '../open-applied.js';
import { alertsJson, type ShownAlert } from '../render/alert-json.js';
import { type AlertPage, alertBlock, countOfAlerts, messagesAbout, worstFirst } from '../render/alert-list.js';
import { wantsColour } from '../render/status-words.js';
import { USUAL_WIDTH } from '../render/text-width.js';

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
    const { stdout } = context;
    const { models } = store;
    const found = all ? await models.alertHistory(MOST_ALERTS) : worstFirst(await models.openAlerts());
    const shown = await shownAlerts(context, config, store, found);
    if (json) return writeJson(context, config, shown);
    if (found.length === 0) {
      stdout.write(all ? 'There has never been an alert.\n' : 'No open alerts.\n');
      return 0;
    }
    writeBlocks(context, config, shown);
    stdout.write(`\n${countOfAlerts(found)}${all ? ` of ${found.length}` : ''}.\n`);
    if (found.length === MOST_ALERTS) {
      context.stderr.write(
        `The ${MOST_ALERTS} alerts that changed last; older ones are in the store's table "alert".\n`,
      );
    }
    return 0;
  });
}

/** One alert of any state, with its history. */
export function showAlert(
  context: CommandContext,
  id: string,
  { config: folder, json }: Omit<AlertsOptions, 'all'>,
): CommandResult {
  return withApplied(context, folder, async ({ config, store }) => {
    const shown = await alertShown(context, config, store, findAlert(await store.read.alerts({}), id));
    if (json) return writeJson(context, config, shown);
    writeBlocks(context, config, shown);
    return 0;
  });
}

/** The one alert of this key, as it is shown. */
export async function alertShown(
  context: CommandContext,
  config: ResolvedConfig,
  store: ReportingStore,
  key: Parameters<ReportingStore['models']['alert']>[0],
): Promise<readonly ShownAlert[]> {
  const found = await store.models.alert(key);
  return shownAlerts(context, config, store, found === undefined ? [] : [found]);
}

/** Alerts with their ids, which no other alert of the store has, the messages about them, and what happens next. */
async function shownAlerts(
  context: CommandContext,
  config: ResolvedConfig,
  store: ReportingStore,
  found: readonly (AlertView | AlertHistoryEntry)[],
): Promise<readonly ShownAlert[]> {
  if (found.length === 0) return [];
  const records = await store.read.alerts({});
  const idOf = alertIds(records);
  const rules = alertRules(config, await factsOfAlerts(config, records, store.read));
  const outbox = await store.models.outboxRecords(MOST_MESSAGES);
  const detailsOf = await detailsNow(store.read, config, found, context.now());
  const names = subjectNames(config);
  return found.map((alert) => {
    const record = records.find((each) => keyOf(each) === keyOf(alert));
    const next = record && nextInWords(record, rules(record), context.now(), nameIn(config));
    return {
      ...{ alert: { ...alert, details: detailsOf(alert) }, id: idOf(alert) },
      name: names.get(alert.subject) ?? alert.nodeName ?? alert.subject,
      ...{ messages: messagesAbout(alert, outbox), told: record?.told ?? [] },
      ...(next === undefined ? {} : { next }),
    };
  });
}

/** Writes `--json`; always gives 0. */
export function writeJson(context: CommandContext, { site }: ResolvedConfig, shown: readonly ShownAlert[]): number {
  context.stdout.write(`${JSON.stringify(alertsJson(site, context.now(), shown), null, 2)}\n`);
  return 0;
}

function writeBlocks(context: CommandContext, config: ResolvedConfig, shown: readonly ShownAlert[]): void {
  const { stdout, env } = context;
  const page: AlertPage = {
    now: context.now(),
    timeZone: config.site.timeZone,
    width: stdout.columns ?? USUAL_WIDTH,
    colour: wantsColour(stdout, env),
    nameOf: nameIn(config),
  };
  stdout.write(shown.map((each) => alertBlock(each, page)).join('\n'));
}

const nameIn =
  ({ people }: ResolvedConfig) =>
  (person: string): string =>
    people.find(({ id }) => id === person)?.name ?? person;

const keyOf = ({ kind, subject, period }: Pick<AlertView, 'kind' | 'subject' | 'period'>): string =>
  alertKey(kind, subject, period);
