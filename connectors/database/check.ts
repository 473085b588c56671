import { accessSync, constants, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { Probe } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { castSqliteError } from './errors.js';

/** What an account that only reads has no need of. */
const WRITING_RIGHTS =
  /\b(ALL PRIVILEGES|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|TRIGGER|EVENT|EXECUTE|FILE|SUPER|GRANT OPTION|RELOAD|SHUTDOWN)\b/g;

/** Asks of a SQLite file: is it there, can it be read as a database, could it be written? */
export async function checkSqlite(
  file: string,
  open: () => Database.Database,
  signal: AbortSignal,
): Promise<readonly Probe[]> {
  throwIfCancelled(signal);
  try {
    const database = open();
    try {
      const { tables } = database
        .prepare<[], { tables: bigint }>("select count(*) as tables from sqlite_master where type in ('table', 'view')")
        .get() ?? { tables: 0n };
      const { version } = database.prepare<[], { version: string }>('select sqlite_version() as version').get() ?? {};
      const bytes = statSync(file).size;
      return [
        { name: 'file', outcome: 'ok', message: `"${file}" is a SQLite file of ${bytes} bytes (SQLite ${version})` },
        tables > 0n
          ? { name: 'tables', outcome: 'ok', message: `It holds ${tables} tables and views` }
          : {
              name: 'tables',
              outcome: 'warn',
              message: 'It holds no table',
              remedy: 'Check that "file:" names the right one.',
            },
        readOnlyProbe(file),
      ];
    } finally {
      database.close();
    }
  } catch (error) {
    return [failed('file', castSqliteError(error, file))];
  }
}

function readOnlyProbe(file: string): Probe {
  const name = 'read-only';
  try {
    accessSync(file, constants.W_OK);
    return { name, outcome: 'ok', message: 'It is opened read-only (the file itself could be written by this user)' };
  } catch {
    return { name, outcome: 'ok', message: 'It is opened read-only, and this user may not write it' };
  }
}

type Ask = (sql: string) => Promise<readonly (readonly unknown[])[]>;

/** Asks of a server: can it be reached, does it let the account in, what is it, and can the account write? */
export async function checkMysql(
  place: string,
  user: string,
  withConnection: (work: (ask: Ask) => Promise<readonly Probe[]>) => Promise<readonly Probe[]>,
): Promise<readonly Probe[]> {
  const reachable: Probe = { name: 'reachable', outcome: 'ok', message: `${place} answers` };
  const credentials: Probe = { name: 'credentials', outcome: 'ok', message: `It accepts "${user}"` };
  try {
    return await withConnection(async (ask) => {
      const [[version] = []] = await ask('SELECT VERSION()');
      const grants = await ask('SHOW GRANTS');
      const versionProbe: Probe = { name: 'version', outcome: 'ok', message: `Server version ${String(version)}` };
      return [reachable, credentials, versionProbe, rightsProbe(user, grants)];
    });
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

/** Only the names of rights are shown: a grant's text may hold a password's hash. */
function rightsProbe(user: string, grants: readonly (readonly unknown[])[]): Probe {
  const rights = new Set(grants.flatMap(([grant]) => rightsOf(String(grant))));
  if (rights.size === 0) return { name: 'read-only', outcome: 'ok', message: `"${user}" can only read` };
  return {
    name: 'read-only',
    outcome: 'warn',
    message: `"${user}" can do more than read: ${[...rights].join(', ')}`,
    remedy: 'Use an account that has SELECT only. Reads are made in read-only transactions either way.',
  };
}

function rightsOf(grant: string): string[] {
  // What everybody may (MariaDB opens databases named test so) is no right of this account.
  if (/ TO PUBLIC$/i.test(grant)) return [];
  const given = grant.slice(0, grant.search(/ ON /i));
  return [...(given.match(WRITING_RIGHTS) ?? []), ...(/WITH GRANT OPTION$/.test(grant) ? ['GRANT OPTION'] : [])];
}

function failed(name: string, error: PlumblineError): Probe {
  return {
    name,
    outcome: 'fail',
    message: error.message,
    remedy: error.remedy ?? 'See the message.',
    kind: error.kind,
  };
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new PlumblineError('cancelled', 'SOURCE_READ_CANCELLED', 'The check was cancelled');
}
