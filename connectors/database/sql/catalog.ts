import { nearestName } from '#connectors/sdk/columns.js';
import type { ReadGuard } from '#connectors/sdk/limits.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { Dialect } from '../dialects/dialect.js';
import type { SqlGrammar } from '../sql-tokens.js';
import { ask } from './ask.js';
import { type ColumnKind, columnKind } from './column-kind.js';
import { type TableName, tableIdentifier } from './names.js';
import { bound, boundQuery, raw, type Sql, sql } from './statement.js';

export interface CatalogColumn {
  readonly name: string;
  /** As the database writes it: `decimal(10,2)`; empty where SQLite was told none. */
  readonly declared: string;
  readonly kind: ColumnKind;
  /** Set of a column of the primary key: whether this account may read it. */
  readonly key?: 'readable' | 'hidden';
}

export interface CatalogTable {
  readonly name: TableName;
  readonly kind: 'table' | 'view';
}

/** Tables and views of the database, none of the system's own, by name. */
export async function listTables(dialect: Dialect, guard: ReadGuard): Promise<readonly CatalogTable[]> {
  const rows = await ask(dialect, boundQuery(TABLES[dialect.grammar], dialect.grammar), guard);
  return rows.map(([schema, table, kind]) => ({
    name: { ...(schema === null || schema === undefined ? {} : { schema }), table: table ?? '' },
    kind: kind === 'view' ? 'view' : 'table',
  }));
}

/**
 * Columns of one table, in its order.
 *
 * @throws PlumblineError `layout` SOURCE_TABLE_MISSING when there is none of this name that may be seen; `permission`
 *   where the database says that it is there, and may not be read
 */
export async function describeTable(
  dialect: Dialect,
  table: TableName,
  guard: ReadGuard,
): Promise<readonly CatalogColumn[]> {
  const { grammar, place } = dialect;
  const rows = await ask(dialect, boundQuery(columnsOf(table, grammar), grammar), guard);
  if (rows.length === 0) {
    await assertNotHidden(dialect, table, guard);
    const name = fullName(table);
    const hint = await nearestTable(dialect, table, guard);
    throw new PlumblineError(
      'layout',
      'SOURCE_TABLE_MISSING',
      `Looking for the table "${name}" in ${place}: there is none that may be seen${hint}`,
      {
        remedy: 'Bring the table back under its name, correct "table:" of the extract, or grant the right to read it.',
      },
    );
  }
  return rows.map(([name, declared, key]) => ({
    name: name ?? '',
    declared: declared ?? '',
    kind: columnKind(declared ?? '', grammar),
    ...(key === 'readable' || key === 'hidden' ? { key } : {}),
  }));
}

async function nearestTable(dialect: Dialect, table: TableName, guard: ReadGuard): Promise<string> {
  const tables = (await listTables(dialect, guard)).map(({ name }) => name);
  const asWritten = (name: TableName): string => (table.schema === undefined ? name.table : fullName(name));
  const nearest = nearestName(asWritten(table), tables.map(asWritten));
  const found = tables.find((name) => asWritten(name) === nearest);
  return found === undefined ? '' : ` (did you mean "${fullName(found)}"?)`;
}

function fullName({ schema, table }: TableName): string {
  return schema === undefined ? table : `${schema}.${table}`;
}

/** MySQL's catalog leaves out what may not be read; asked for its rows, the server says which of the two it is. */
async function assertNotHidden(dialect: Dialect, table: TableName, guard: ReadGuard): Promise<void> {
  if (dialect.grammar !== 'mysql') return;
  const query = sql`SELECT 1 FROM ${tableIdentifier(table, dialect.grammar)} LIMIT 0`;
  await ask(dialect, boundQuery(query, dialect.grammar), guard).catch((error: unknown) => {
    if (error instanceof PlumblineError && error.kind === 'layout') return;
    throw error;
  });
}

const TABLES: Readonly<Record<SqlGrammar, Sql>> = {
  sqlite: raw(
    "select null, name, type from sqlite_master where type in ('table', 'view') and name not like 'sqlite~_%' escape '~' order by name",
  ),
  mysql: raw(
    `select case when table_schema = database() then null else table_schema end,
       table_name, case when table_type like '%VIEW' then 'view' else 'table' end
     from information_schema.tables
     where table_schema not in ('information_schema', 'mysql', 'performance_schema', 'sys')
       and table_type not like 'SYSTEM%' and table_type <> 'SEQUENCE'
     order by table_schema, table_name`,
  ),
  postgres: raw(
    `select n.nspname, c.relname, case when c.relkind in ('v', 'm') then 'view' else 'table' end
     from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'f', 'v', 'm') and not c.relispartition
       and n.nspname <> 'information_schema' and n.nspname not like 'pg~_%' escape '~'
       and pg_catalog.has_table_privilege(c.oid, 'select') and pg_catalog.has_schema_privilege(n.oid, 'usage')
     order by n.nspname collate "C", c.relname collate "C"`,
  ),
};

function columnsOf({ schema, table }: TableName, grammar: SqlGrammar): Sql {
  switch (grammar) {
    case 'sqlite':
      // Generated columns are shown here, hidden ones of virtual tables are not.
      return schema === undefined
        ? sql`select name, type, iif(pk > 0, 'readable', null) from pragma_table_xinfo(${bound(table)}) where hidden <> 1 order by cid`
        : sql`select name, type, iif(pk > 0, 'readable', null) from pragma_table_xinfo(${bound(table)}, ${bound(schema)}) where hidden <> 1 order by cid`;
    case 'mysql': {
      const owner = schema === undefined ? raw('database()') : sql`${bound(schema)}`;
      return sql`select column_name, column_type, case when column_key <> 'PRI' then null when find_in_set('select', privileges) > 0 then 'readable' else 'hidden' end from information_schema.columns where table_schema = ${owner} and table_name = ${bound(table)} order by ordinal_position`;
    }
    case 'postgres': {
      const owner =
        schema === undefined ? raw('pg_catalog.pg_table_is_visible(c.oid)') : sql`n.nspname = ${bound(schema)}`;
      return sql`select a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), case when k.conkey is null then null when pg_catalog.has_column_privilege(c.oid, a.attnum, 'select') then 'readable' else 'hidden' end from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace join pg_catalog.pg_attribute a on a.attrelid = c.oid left join pg_catalog.pg_constraint k on k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey) where ${owner} and c.relname = ${bound(table)} and c.relkind in ('r', 'p', 'f', 'v', 'm') and a.attnum > 0 and not a.attisdropped order by a.attnum`;
    }
  }
}
