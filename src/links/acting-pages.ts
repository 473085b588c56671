import { ALERT_KINDS } from '#src/domain/alert/kinds.js';
import { withWallTimes } from '#src/domain/message/wall-times.js';
import { localTime } from '#src/domain/period/local-time.js';
import type { Instant } from '#src/domain/period/types.js';
import type { AlertHistoryEntry } from '#src/store/read-models/types.js';
import type { LinkClaims, LinkPurpose } from './claims.js';
import type { Ready } from './follow.js';
import type { LinkPage } from './types.js';

/** Alerts that a page names. */
const MOST_ROWS = 20;

/** Words for one alert, and for several. */
type OneOrMany = readonly [one: string, many: string];

const LEAD = {
  acknowledge: {
    title: ['Take this alert over?', 'Take these alerts over?'],
    done: ['Done: this alert is yours', 'Done: these alerts are yours'],
    follows: 'Nobody is told more about it, but that it is over.',
    button: 'Acknowledge',
  },
  snooze: {
    title: ['Silence this alert?', 'Silence these alerts?'],
    done: ['Done: this alert is silent', 'Done: these alerts are silent'],
    follows: 'It is told again at the end of that time if it still holds, and at once when it is over.',
    button: 'Snooze',
  },
} as const satisfies Record<LinkPurpose, { title: OneOrMany; done: OneOrMany; follows: string; button: string }>;

/** Asks whether to do what a link is for. */
export function askingPage(found: Ready, purpose: LinkPurpose, token: string): LinkPage {
  const { title, follows, button } = LEAD[purpose];
  return {
    status: 200,
    title: wordsFor(found, title),
    rows: rowsOf(found),
    lines: [follows, `You act in the name of ${found.name}, and the history will say so.`, ...roomLines(found.claims)],
    form: { purpose, token, button },
  };
}

/** Says that it is done. */
export function actedPage(found: Ready, purpose: LinkPurpose, until: Instant | undefined): LinkPage {
  const { timeZone } = found.config.site;
  const lines =
    until === undefined
      ? [LEAD[purpose].follows]
      : [`Silent until ${localTime(until, timeZone)} (${timeZone}), unless it is over before.`];
  return {
    status: 200,
    title: wordsFor(found, LEAD[purpose].done),
    rows: rowsOf(found),
    lines: [...lines, `It is written down that ${found.name} did this.`],
  };
}

function wordsFor({ entries }: Ready, [one, many]: OneOrMany): string {
  return entries.length === 1 ? one : many;
}

function rowsOf({ entries, config }: Ready): NonNullable<LinkPage['rows']> {
  const [first] = entries;
  if (first === undefined || entries.length > 1) return rowsOfMany(entries, config.site.timeZone);
  const { period, summary, state, handledByName, snoozedUntil } = first;
  const { timeZone } = config.site;
  const by = handledByName === undefined ? '' : ` by ${handledByName}`;
  const until = snoozedUntil === undefined ? '' : ` until ${localTime(snoozedUntil, timeZone)}`;
  return [
    ['Alert', nameOf(first)],
    ['Since', withWallTimes(period, timeZone)],
    ['What', withWallTimes(summary, timeZone)],
    ...(state === 'open' ? [] : [['Now', `${state}${by}${until}`] as const]),
  ];
}

function rowsOfMany(entries: readonly AlertHistoryEntry[], timeZone: string): NonNullable<LinkPage['rows']> {
  const more = entries.length - MOST_ROWS;
  return [
    ...entries.slice(0, MOST_ROWS).map((entry) => [nameOf(entry), withWallTimes(entry.summary, timeZone)] as const),
    ...(more > 0 ? [['And', `${more} more of the same message`] as const] : []),
  ];
}

const nameOf = ({ kind, subject, nodeName }: AlertHistoryEntry): string =>
  `${ALERT_KINDS[kind].label} · ${nodeName ?? subject}`;

function roomLines({ room }: LinkClaims): readonly string[] {
  return room === undefined ? [] : [`Others see this link too, in "${room}": the record says that it came from there.`];
}
