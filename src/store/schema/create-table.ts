import type { StoreLocation } from '../types.js';
import type { ColumnDefinition } from './columns.js';

export type Dialect = StoreLocation['client'];

export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  readonly primaryKey: readonly string[];
  /** Each a list of columns. */
  readonly indexes?: readonly (readonly string[])[];
}

/** A column that a later migration adds to a table; it must be nullable. */
export interface AddedColumn {
  readonly table: string;
  readonly column: ColumnDefinition;
}

/** An index that a later migration adds to a table. */
export interface AddedIndex {
  readonly table: string;
  readonly columns: readonly string[];
}

/** To be run only where the column is not there yet: neither SQLite nor MySQL has `add column if not exists`. */
export function addColumn(dialect: Dialect, { table, column }: AddedColumn): string {
  return `alter table ${table} add column ${column.name} ${column[dialect]}`;
}

/** To be run only where the index is not there yet: MySQL has no `create index if not exists`. */
export function addIndex({ table, columns }: AddedIndex): string {
  return `create index ${indexName(table, columns)} on ${table} (${columns.join(', ')})`;
}

/**
 * Statements that make a table; harmless where it is there already. MySQL commits each DDL statement by itself, so a
 * migration that was cut off must be able to run again.
 */
export function createTable(dialect: Dialect, table: TableDefinition): string[] {
  const columns = table.columns.map((column) => `${column.name} ${column[dialect]}`);
  const parts = [...columns, `primary key (${table.primaryKey.join(', ')})`];
  const indexes = table.indexes ?? [];
  if (dialect === 'mysql') {
    parts.push(...indexes.map((index) => `index ${indexName(table.name, index)} (${index.join(', ')})`));
    const options = 'engine = InnoDB default character set utf8mb4 collate utf8mb4_bin';
    return [`create table if not exists ${table.name} (${parts.join(', ')}) ${options}`];
  }
  return [
    `create table if not exists ${table.name} (${parts.join(', ')})`,
    ...indexes.map((index) => sqliteIndex(table.name, index)),
  ];
}

/** Statement that makes an index on SQLite; harmless where it is there already. MySQL has no `if not exists` for it. */
export function sqliteIndex(table: string, columns: readonly string[]): string {
  return `create index if not exists ${indexName(table, columns)} on ${table} (${columns.join(', ')})`;
}

/** Statements that make a view, in the place of an earlier one of the name. */
export function createView(dialect: Dialect, name: string, select: string): string[] {
  return dialect === 'mysql'
    ? [`create or replace view ${name} as ${select}`]
    : [`drop view if exists ${name}`, `create view ${name} as ${select}`];
}

export function indexName(table: string, columns: readonly string[]): string {
  return `${table}_by_${columns.join('_')}`;
}
