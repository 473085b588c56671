import type { AlertHistoryEntry } from '#src/store/read-models/types.js';
import type { LinkClaims, LinkPurpose } from './claims.js';
import { donePage, expiredPage, FORGED, goneSentence, idleJointPage, overPage, UNKNOWN } from './plain-pages.js';
import { type LinkStanding, linkStanding } from './standing.js';
import { readToken } from './token.js';
import type { LinkDesk, LinkPage } from './types.js';

export type Site = Awaited<ReturnType<LinkDesk['config']>>;

/** A link that can act, and in whose name. */
export interface Ready {
  readonly claims: LinkClaims;
  readonly config: Site;
  /** The alerts that it can act on, one at least; of a joint message others may be over, or taken over. */
  readonly entries: readonly AlertHistoryEntry[];
  readonly name: string;
}

/** Where a link leads: the page that says why it cannot act, or what it acts on. */
export async function follow(desk: LinkDesk, purpose: LinkPurpose, token: string): Promise<LinkPage | Ready> {
  const read = readToken(token, purpose, desk.keys, Date.parse(desk.now()) / 1000);
  if (read.outcome === 'forged') return FORGED;
  const { claims } = read;
  const config = await desk.config();
  const { timeZone } = config.site;
  if (read.outcome === 'expired') return expiredPage(claims, timeZone);
  const person = config.people.find(({ id }) => id === claims.person);
  if (person === undefined)
    return { status: 403, title: 'This link is nobody’s any more', lines: [goneSentence(claims)] };
  const alerts = claims.message === undefined ? [claims] : await desk.alertsIn(claims.message);
  const standings: LinkStanding[] = [];
  for (const { kind, subject, period, sequence } of alerts) {
    standings.push(linkStanding({ purpose, sequence }, await desk.alert({ kind, subject, period })));
  }
  const entries = standings.flatMap((each) => (each.state === 'ready' ? [each.entry] : []));
  return entries.length > 0 ? { claims, config, entries, name: person.name } : idlePage(standings, timeZone);
}

/** Of a link that can do nothing more. */
function idlePage(standings: readonly LinkStanding[], timeZone: string): LinkPage {
  const [first] = standings;
  if (standings.length > 1) return idleJointPage(standings.length);
  switch (first?.state) {
    case 'over':
      return overPage(first, timeZone);
    case 'done':
    case 'ready':
      return donePage(first.entry, timeZone);
    default:
      return UNKNOWN;
  }
}
