import { withWallTimes } from '#src/domain/message/wall-times.js';
import { localTime } from '#src/domain/period/local-time.js';
import type { AlertHistoryEntry } from '#src/store/read-models/types.js';
import type { LinkClaims } from './claims.js';
import type { LinkStanding } from './standing.js';
import type { LinkPage } from './types.js';

const UNCHANGED = 'Nothing was changed.';

/** Of what is no link, for whatever reason. */
export const FORGED: LinkPage = {
  status: 404,
  title: 'This link is not valid',
  lines: ['It may have been cut off on its way: open it from the message once more.', UNCHANGED],
};

export const UNKNOWN: LinkPage = {
  status: 404,
  title: 'There is no such alert',
  lines: ['The link was made for an alert that is not kept here.', UNCHANGED],
};

export function expiredPage({ expires }: LinkClaims, timeZone: string): LinkPage {
  const end = localTime(new Date(expires * 1000).toISOString(), timeZone);
  return {
    status: 410,
    title: 'This link has expired',
    lines: [
      `It counted until ${end} (${timeZone}).`,
      'A later message about the alert has links of its own.',
      UNCHANGED,
    ],
  };
}

export function overPage({ entry, isOpenAgain }: Extract<LinkStanding, { state: 'over' }>, timeZone: string): LinkPage {
  const ends = entry.history.filter(({ transition }) => transition === 'resolved');
  const end = ends.at(-1)?.at;
  return {
    status: 410,
    title: 'This alert is over',
    rows: [['What', withWallTimes(entry.summary, timeZone)]],
    lines: [
      ...(end === undefined ? [] : [`It was over at ${localTime(end, timeZone)} (${timeZone}).`]),
      ...(isOpenAgain ? ['It is open again, and the message about that has links of its own.'] : []),
      UNCHANGED,
    ],
  };
}

/** Of what is as the link would make it, by whomever. */
export function donePage(entry: AlertHistoryEntry, timeZone: string): LinkPage {
  const { state, handledByName, handledBy, snoozedUntil, summary } = entry;
  const last = entry.history.findLast(({ transition }) => transition === state);
  const by = handledByName ?? handledBy ?? 'somebody';
  const when = last === undefined ? '' : ` at ${localTime(last.at, timeZone)} (${timeZone})`;
  return {
    status: 200,
    title: state === 'snoozed' ? 'This alert is silent already' : 'This alert is taken over already',
    rows: [
      ['What', withWallTimes(summary, timeZone)],
      ...(last === undefined ? [] : [['Reason', last.reason] as const]),
    ],
    lines: [
      `${by} did that${when}.`,
      ...(snoozedUntil === undefined ? [] : [`It is silent until ${localTime(snoozedUntil, timeZone)}.`]),
      UNCHANGED,
    ],
  };
}

/** Of a joint message none of whose alerts can be acted on any more. */
export function idleJointPage(count: number): LinkPage {
  return {
    status: 410,
    title: 'There is nothing left to do',
    lines: [`Each of the ${count} alerts of this message is over, or somebody has taken it over already.`, UNCHANGED],
  };
}

export function goneSentence({ person }: LinkClaims): string {
  return `It was sent to "${person}", who is not among the people of this site any more. ${UNCHANGED}`;
}
