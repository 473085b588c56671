export type SqlDialect = 'sqlite' | 'mysql';

/** A value as both drivers take it; decimals and dates are text so that none passes through floating point. */
export type SqlValue = string | number | null;

export interface TableColumn {
  readonly name: string;
  /** Type in each dialect, with `not null` where it holds. */
  readonly type: Readonly<Record<SqlDialect, string>>;
}

export interface OperationsTable {
  readonly name: string;
  /** The first one is the primary key. */
  readonly columns: readonly TableColumn[];
  /** Values in the order of `columns`. */
  readonly rows: readonly (readonly SqlValue[])[];
}

export function createTableSql(table: OperationsTable, dialect: SqlDialect): string {
  const columns = table.columns.map((column) => `  ${column.name} ${column.type[dialect]}`);
  const key = `  primary key (${table.columns[0]?.name ?? ''})`;
  const suffix = dialect === 'mysql' ? ' default character set utf8mb4' : '';
  return `create table ${table.name} (\n${[...columns, key].join(',\n')}\n)${suffix}`;
}

/**
 * Columns by kind. SQLite has no exact decimal: a DECIMAL column there would turn 12.34 into a binary fraction, so
 * decimals and dates are TEXT.
 */
export const column = {
  key: (name: string, length: number): TableColumn => both(name, 'text not null', `varchar(${length}) not null`),
  keyNumber: (name: string): TableColumn => both(name, 'integer not null', 'int not null'),
  text: (name: string, length: number): TableColumn => both(name, 'text', `varchar(${length})`),
  integer: (name: string): TableColumn => both(name, 'integer', 'int'),
  decimal: (name: string): TableColumn => both(name, 'text', 'decimal(12,2)'),
  date: (name: string): TableColumn => both(name, 'text', 'date'),
  dateTime: (name: string): TableColumn => both(name, 'text', 'datetime'),
  flag: (name: string): TableColumn => both(name, 'integer', 'tinyint(1)'),
};

function both(name: string, sqlite: string, mysql: string): TableColumn {
  return { name, type: { sqlite, mysql } };
}
