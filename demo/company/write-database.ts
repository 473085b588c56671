import { rm } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { createTableSql, type OperationsTable } from './table.js';

/** Writes the tables into a new SQLite file; an older one is replaced. */
export async function writeDatabase(file: string, tables: readonly OperationsTable[]): Promise<void> {
  await rm(file, { force: true });
  const database = new Database(file);
  try {
    database.transaction(() => {
      for (const table of tables) {
        database.exec(createTableSql(table, 'sqlite'));
        const insert = database.prepare(
          `insert into ${table.name} values (${table.columns.map(() => '?').join(', ')})`,
        );
        for (const row of table.rows) insert.run(...row);
      }
    })();
  } finally {
    database.close();
  }
}
