import type { Probe } from '#connectors/sdk/types.js';
import { checkServer, rightsProbe, versionProbe, type WithConnection } from './probes.js';

/**
 * What the account may besides reading; what everybody may (before version 15, to create in `public`) is no right of
 * this account.
 */
const RIGHTS = `
  select right_name from (
    select 1, unnest(array[
             case when rolsuper then 'SUPERUSER' end,
             case when rolcreatedb then 'CREATEDB' end,
             case when rolcreaterole then 'CREATEROLE' end,
             case when rolreplication then 'REPLICATION' end])
      from pg_catalog.pg_roles where rolname = current_user
    union
    select 2, 'CREATE on the database'
     where has_database_privilege(current_database(), 'CREATE')
       and not has_database_privilege('public', current_database(), 'CREATE')
    union
    select 3, 'CREATE in schema ' || quote_ident(nspname)
      from pg_catalog.pg_namespace
     where nspname !~ '^pg_' and nspname <> 'information_schema'
       and has_schema_privilege(oid, 'CREATE') and not has_schema_privilege('public', oid, 'CREATE')
    union
    select 4, privilege || ' on tables'
      from unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as privilege
     where exists (
       select from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
          and has_table_privilege(c.oid, privilege) and not has_table_privilege('public', c.oid, privilege))
    union
    select 5, 'member of ' || rolname
      from pg_catalog.pg_roles
     where rolname in ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program')
       and pg_has_role(oid, 'MEMBER')
  ) as held(place, right_name)
  where right_name is not null
  order by place, right_name`;

/** Rights named in full; of a superuser, who may all, the first tells enough. */
const SHOWN_RIGHTS = 8;

/** Asks of a server: can it be reached, does it let the account in, what is it, and can the account write? */
export function checkPostgres(place: string, user: string, withConnection: WithConnection): Promise<readonly Probe[]> {
  return checkServer(place, user, withConnection, async (ask) => {
    const [[version] = []] = await ask('SHOW server_version');
    const rights = (await ask(RIGHTS)).map(([right]) => String(right));
    const shown = rights[0] === 'SUPERUSER' ? ['SUPERUSER'] : rights.slice(0, SHOWN_RIGHTS);
    const more = rights.length > shown.length && shown.length === SHOWN_RIGHTS ? ['…'] : [];
    return [versionProbe(String(version)), rightsProbe(user, [...shown, ...more])];
  });
}
