import { type AlertAct, actOnAlert } from '#src/activities/alert/act-on-alert.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { snoozeUntil } from '#src/domain/alert/snooze-until.js';
import type { PersonsTransition } from '#src/domain/alert/transitions.js';
import type { AlertEvent } from '#src/domain/alert/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { withWallTimes } from '#src/domain/message/wall-times.js';
import { addMilliseconds, compareInstants } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import { composeAlertMessage } from '#src/notify/alert-message.js';
import { authorOf } from '../alert/author-of.js';
import { findAlert } from '../alert/find-alert.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { withApplied } from '../open-applied.js';
import { printable } from '../render/text-width.js';
import { localTime } from '../render/time-words.js';
import { alertShown, writeJson } from './alerts.js';

export interface ActOptions extends ConfigOption {
  readonly reason?: string;
  readonly author?: string;
  readonly json?: true;
}

/** What is asked for, with the words of the command line; at least one id. */
export type AlertRequest = { readonly ids: readonly string[] } & (
  | { readonly transition: 'acknowledged' | 'resolved' }
  | { readonly transition: 'snoozed'; readonly until: string }
);

const LONGEST_SNOOZE_DAYS = 366;

const DONE = {
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
} as const satisfies Record<PersonsTransition, string>;

/** Does to alerts what a person asks for, keeps it as events, and says what follows. Where one is not known, none is changed. */
export function actOn(context: CommandContext, request: AlertRequest, options: ActOptions): CommandResult {
  return withApplied(context, options.config, async ({ config, store }) => {
    const at = context.now();
    const author = authorOf(config.people, options.author, context.env);
    const until = request.transition === 'snoozed' ? endOfSilence(request.until, at, config.site) : undefined;
    const known = await store.read.alerts({});
    const events: AlertEvent[] = [];
    for (const { kind, subject, period } of new Set(request.ids.map((id) => findAlert(known, id)))) {
      const act: AlertAct = {
        alert: { kind, subject, period },
        transition: request.transition,
        author: author.id,
        reason: options.reason?.trim() || 'no reason given',
        at,
        ...(until === undefined ? {} : { until }),
      };
      events.push(await actOnAlert(store, { config, recordedAt: at, composeAlert: composeAlertMessage }, act));
    }
    if (options.json) {
      const shown = [];
      for (const { condition } of events) shown.push(...(await alertShown(context, config, store, condition)));
      return writeJson(context, config, shown);
    }
    const done = events.map(
      ({ condition }) =>
        `${DONE[request.transition]} by ${printable(author.name)}: ${printable(withWallTimes(condition.summary, config.site.timeZone))}`,
    );
    const follows = new Set(events.flatMap((event) => whatFollows(event, config)));
    context.stdout.write([...done, ...follows, ''].join('\n'));
    return 0;
  });
}

function whatFollows({ transition, told: ids = [], until, dismissedThrough }: AlertEvent, config: ResolvedConfig) {
  const nameOf = (id: string): string => printable(config.people.find((person) => person.id === id)?.name ?? id);
  const told =
    ids.length === 0 || config.site.channels.length === 0
      ? []
      : [`${ids.map(nameOf).join(', ')} ${ids.length === 1 ? 'is' : 'are'} told with the next delivery.`];
  switch (transition) {
    case 'acknowledged':
      return ['There is no further message about it but that it is over.', ...told];
    case 'snoozed':
      return [
        `Silent until ${localTime(until ?? '', config.site.timeZone)} (${config.site.timeZone}), unless it is over before.`,
        ...told,
      ];
    default:
      return dismissedThrough === undefined
        ? told
        : ['It still holds: it is told again when it goes further, or when it has been gone and comes back.', ...told];
  }
}

function endOfSilence(written: string, now: Instant, { timeZone, calendar }: ResolvedConfig['site']): Instant {
  const until = snoozeUntil(written, now, timeZone, calendar);
  if (until === undefined) {
    throw badTime(
      `"${written}" is no time`,
      'Write a duration (30m, 8h, 3d, 2w, 3wd), a day (2026-12-01), a time (09:00) or both.',
    );
  }
  if (compareInstants(until, now) <= 0) {
    throw badTime(
      `"${written}" is ${localTime(until, timeZone)} in ${timeZone}, which is over`,
      'Name a time that is to come.',
    );
  }
  if (compareInstants(until, addMilliseconds(now, LONGEST_SNOOZE_DAYS * 86_400_000)) > 0) {
    throw badTime(
      `"${written}" is more than ${LONGEST_SNOOZE_DAYS} days away`,
      'Name an earlier time, or resolve the alert with a reason.',
    );
  }
  return until;
}

function badTime(what: string, remedy: string): PlumblineError {
  return new PlumblineError('config', 'CLI_BAD_SNOOZE', `Cannot snooze until then: ${what}.`, { remedy });
}
