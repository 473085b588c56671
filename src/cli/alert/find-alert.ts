import { alertThread } from '#src/activities/alert/alert-thread.js';
import { closestName } from '#src/config/spec/closest-name.js';
import { isStanding } from '#src/domain/alert/transitions.js';
import type { AlertRecord } from '#src/domain/alert/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { alertIds } from './alert-ids.js';

const MOST_NAMES = 8;

/**
 * The alert that a person means: by the beginning of its id, by `kind/subject/period`, or by a part of that where only one
 * alert that is not over has it. `measure/` may be left out; a space stands for a slash, as in messages.
 *
 * @throws PlumblineError `config` CLI_UNKNOWN_ALERT, CLI_AMBIGUOUS_ALERT
 */
export function findAlert<A extends AlertRecord>(alerts: readonly A[], written: string): A {
  const wanted = written
    .trim()
    .replace(/\s+/g, '/')
    .replace('/measure/', '/')
    .replace(/^measure\//, '');
  const isId = /^[0-9a-f]{4,}$/i.test(wanted);
  const byId = isId ? alerts.filter((alert) => alertThread(alert).startsWith(wanted.toLowerCase())) : [];
  const exact = alerts.filter((alert) => nameOf(alert) === wanted);
  const standing = alerts.filter((alert) => isStanding(alert.state) && `/${nameOf(alert)}/`.includes(`/${wanted}/`));
  const [found, ...others] = [byId, exact, standing].find((each) => each.length > 0) ?? [];
  if (found === undefined) throw unknown(alerts, written, wanted);
  if (others.length === 0) return found;
  throw new PlumblineError(
    'config',
    'CLI_AMBIGUOUS_ALERT',
    `Cannot tell which alert "${written}" is: ${others.length + 1} fit.`,
    { remedy: `Use the id of one: ${listed([found, ...others], alerts)}.` },
  );
}

/** `late/company/nps/2026-11`: what can be written, and is easier to read than an id. */
function nameOf({ kind, subject, period }: AlertRecord): string {
  return `${kind}/${subject.replace(/^measure\//, '')}/${period}`;
}

function unknown(alerts: readonly AlertRecord[], written: string, wanted: string): PlumblineError {
  return new PlumblineError('config', 'CLI_UNKNOWN_ALERT', `There is no alert "${written}".`, {
    remedy: remedyFor(alerts, wanted),
  });
}

function remedyFor(alerts: readonly AlertRecord[], wanted: string): string {
  const idOf = alertIds(alerts);
  const meant = closestName(wanted, [...alerts.map(idOf), ...alerts.map(nameOf)]);
  const near = alerts.find((alert) => idOf(alert) === meant || nameOf(alert) === meant);
  if (near !== undefined) return `Did you mean ${listed([near], alerts)}?`;
  const standing = alerts.filter(({ state }) => isStanding(state));
  if (standing.length === 0) return 'No alert is open; "plumbline alerts history" lists those that were.';
  return `Use the id of one that is open: ${listed(standing, alerts)}.`;
}

function listed(among: readonly AlertRecord[], alerts: readonly AlertRecord[]): string {
  const idOf = alertIds(alerts);
  const shown = among.slice(0, MOST_NAMES).map((alert) => `${idOf(alert)} (${nameOf(alert)})`);
  return `${shown.join(', ')}${among.length > MOST_NAMES ? ' …' : ''}`;
}
