import { ALERT_KINDS } from '#src/domain/alert/kinds.js';
import { snoozeUntil } from '#src/domain/alert/snooze-until.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import { withWallTimes } from '#src/domain/message/wall-times.js';
import { localTime } from '#src/domain/period/local-time.js';
import type { Instant } from '#src/domain/period/types.js';
import type { AlertHistoryEntry } from '#src/store/read-models/types.js';
import type { LinkClaims, LinkPurpose } from './claims.js';
import type { LinkForm } from './form.js';
import { donePage, expiredPage, FORGED, goneSentence, overPage, UNKNOWN } from './plain-pages.js';
import { type LinkStanding, linkStanding, MAKES } from './standing.js';
import { readToken } from './token.js';
import type { LinkDesk, LinkPage } from './types.js';

type Site = Awaited<ReturnType<LinkDesk['config']>>;

/** A link that can act, and in whose name. */
interface Ready {
  readonly claims: LinkClaims;
  readonly config: Site;
  readonly entry: AlertHistoryEntry;
  readonly name: string;
}

/** Another evaluation or person may come between looking and acting. */
const ATTEMPTS = 3;

const LEAD = {
  acknowledge: {
    title: 'Take this alert over?',
    follows: 'Nobody is told more about it, but that it is over.',
    button: 'Acknowledge',
  },
  snooze: {
    title: 'Silence this alert?',
    follows: 'It is told again at the end of that time if it still holds, and at once when it is over.',
    button: 'Snooze',
  },
} as const satisfies Record<LinkPurpose, { title: string; follows: string; button: string }>;

/** What somebody sees who follows a link. Changes nothing. */
export async function answerLook(desk: LinkDesk, purpose: LinkPurpose, token: string): Promise<LinkPage> {
  const found = await follow(desk, purpose, token);
  if ('status' in found) return found;
  const { title, follows, button } = LEAD[purpose];
  return {
    status: 200,
    title,
    rows: rowsOf(found),
    lines: [follows, `You act in the name of ${found.name}, and the history will say so.`, ...roomLines(found.claims)],
    form: { purpose, token, button },
  };
}

/** Does what a link is for, once the button was pressed; where it is done already, says so. */
export async function answerPress(desk: LinkDesk, purpose: LinkPurpose, form: LinkForm): Promise<LinkPage> {
  for (let attempt = 1; ; attempt++) {
    const found = await follow(desk, purpose, form.token);
    if ('status' in found) return found;
    const { claims, config, entry } = found;
    const at = desk.now();
    const until = purpose === 'snooze' ? endOf(form, at, config) : undefined;
    if (purpose === 'snooze' && until === undefined) {
      return {
        status: 400,
        title: 'For how long?',
        lines: ['Go back and choose one of the times. Nothing was changed.'],
      };
    }
    try {
      await desk.act(config, {
        alert: { kind: claims.kind, subject: claims.subject, period: claims.period },
        transition: MAKES[purpose],
        author: claims.person,
        reason: `${form.reason || 'no reason given'}${claims.room === undefined ? '' : ` (by a link in "${claims.room}")`}`,
        at,
        seenEvents: entry.events,
        ...(until === undefined ? {} : { until }),
      });
    } catch (error) {
      if (toFailure(error).kind !== 'transient' || attempt >= ATTEMPTS) throw error;
      continue;
    }
    desk.logger.info({ purpose, person: claims.person, kind: claims.kind, subject: claims.subject }, 'acted by a link');
    const lines =
      until === undefined
        ? [LEAD.acknowledge.follows]
        : [
            `Silent until ${localTime(until, config.site.timeZone)} (${config.site.timeZone}), unless it is over before.`,
          ];
    return {
      status: 200,
      title: purpose === 'snooze' ? 'Done: this alert is silent' : 'Done: this alert is yours',
      rows: rowsOf(found),
      lines: [...lines, `It is written down that ${found.name} did this.`],
    };
  }
}

/** Where a link leads: the page that says why it cannot act, or what it acts on. */
async function follow(desk: LinkDesk, purpose: LinkPurpose, token: string): Promise<LinkPage | Ready> {
  const read = readToken(token, purpose, desk.keys, Date.parse(desk.now()) / 1000);
  if (read.outcome === 'forged') return FORGED;
  const { claims } = read;
  const config = await desk.config();
  const { timeZone } = config.site;
  if (read.outcome === 'expired') return expiredPage(claims, timeZone);
  const person = config.people.find(({ id }) => id === claims.person);
  if (person === undefined)
    return { status: 403, title: 'This link is nobody’s any more', lines: [goneSentence(claims)] };
  const standing: LinkStanding = linkStanding(claims, await desk.alert(claims));
  switch (standing.state) {
    case 'unknown':
      return UNKNOWN;
    case 'over':
      return overPage(standing, timeZone);
    case 'done':
      return donePage(standing.entry, timeZone);
    case 'ready':
      return { claims, config, entry: standing.entry, name: person.name };
  }
}

function endOf({ snooze }: LinkForm, at: Instant, { site }: Site): Instant | undefined {
  return snooze === undefined ? undefined : snoozeUntil(snooze, at, site.timeZone);
}

function rowsOf({ entry, config }: Ready): NonNullable<LinkPage['rows']> {
  const { kind, subject, nodeName, period, summary, state, handledByName, snoozedUntil } = entry;
  const { timeZone } = config.site;
  const by = handledByName === undefined ? '' : ` by ${handledByName}`;
  const until = snoozedUntil === undefined ? '' : ` until ${localTime(snoozedUntil, timeZone)}`;
  return [
    ['Alert', `${ALERT_KINDS[kind].label} · ${nodeName ?? subject}`],
    ['Since', withWallTimes(period, timeZone)],
    ['What', withWallTimes(summary, timeZone)],
    ...(state === 'open' ? [] : [['Now', `${state}${by}${until}`] as const]),
  ];
}

function roomLines({ room }: LinkClaims): readonly string[] {
  return room === undefined ? [] : [`Others see this link too, in "${room}": the record says that it came from there.`];
}
