import type { Probe } from '#connectors/sdk/types.js';
import { checkServer, rightsProbe, versionProbe, type WithConnection } from './probes.js';

/** What an account that only reads has no need of. */
const WRITING_RIGHTS =
  /\b(ALL PRIVILEGES|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|TRIGGER|EVENT|EXECUTE|FILE|SUPER|GRANT OPTION|RELOAD|SHUTDOWN)\b/g;

/** Asks of a server: can it be reached, does it let the account in, what is it, and can the account write? */
export function checkMysql(place: string, user: string, withConnection: WithConnection): Promise<readonly Probe[]> {
  return checkServer(place, user, withConnection, async (ask) => {
    const [[version] = []] = await ask('SELECT VERSION()');
    const grants = await ask('SHOW GRANTS');
    // Only the names of rights are shown: a grant's text may hold a password's hash.
    const rights = new Set(grants.flatMap(([grant]) => rightsOf(String(grant))));
    return [versionProbe(String(version)), rightsProbe(user, [...rights])];
  });
}

function rightsOf(grant: string): string[] {
  // What everybody may (MariaDB opens databases named test so) is no right of this account.
  if (/ TO PUBLIC$/i.test(grant)) return [];
  const given = grant.slice(0, grant.search(/ ON /i));
  return [...(given.match(WRITING_RIGHTS) ?? []), ...(/WITH GRANT OPTION$/.test(grant) ? ['GRANT OPTION'] : [])];
}
