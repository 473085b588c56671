import type { Probe } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** Runs one statement of a check; rows as arrays. */
export type Ask = (sql: string) => Promise<readonly (readonly unknown[])[]>;
/** Runs statements on one connection, which it opens and gives back. */
export type WithConnection = (work: (ask: Ask) => Promise<readonly Probe[]>) => Promise<readonly Probe[]>;

/** Asks of a server: can it be reached, does it let the account in? Then what `more` asks. */
export async function checkServer(
  place: string,
  user: string,
  withConnection: WithConnection,
  more: (ask: Ask) => Promise<readonly Probe[]>,
): Promise<readonly Probe[]> {
  const reachable: Probe = { name: 'reachable', outcome: 'ok', message: `${place} answers` };
  const credentials: Probe = { name: 'credentials', outcome: 'ok', message: `It accepts "${user}"` };
  try {
    return await withConnection(async (ask) => [reachable, credentials, ...(await more(ask))]);
  } catch (error) {
    if (!(error instanceof PlumblineError) || error.kind === 'cancelled' || error.kind === 'defect') throw error;
    switch (error.kind) {
      case 'auth':
      case 'permission':
      case 'not_found':
        return [reachable, failed('credentials', error)];
      default:
        return [failed('reachable', error)];
    }
  }
}

export function versionProbe(version: string): Probe {
  return { name: 'version', outcome: 'ok', message: `Server version ${version}` };
}

/** What an account has no need of that only reads. */
export function rightsProbe(user: string, rights: readonly string[]): Probe {
  if (rights.length === 0) return { name: 'read-only', outcome: 'ok', message: `"${user}" can only read` };
  return {
    name: 'read-only',
    outcome: 'warn',
    message: `"${user}" can do more than read: ${rights.join(', ')}`,
    remedy: 'Use an account that has SELECT only. Reads are made in read-only transactions either way.',
  };
}

export function failed(name: string, error: PlumblineError): Probe {
  return {
    name,
    outcome: 'fail',
    message: error.message,
    remedy: error.remedy ?? 'See the message.',
    kind: error.kind,
  };
}
