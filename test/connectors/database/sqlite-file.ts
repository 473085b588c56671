import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { DatabaseConnection } from '#connectors/database/options.js';

/** A SQLite file of a test's own, gone with its scope. */
export class SqliteFile {
  readonly folder = mkdtempSync(join(tmpdir(), 'plumbline-sqlite-'));
  readonly file = join(this.folder, 'source.sqlite');
  readonly connection: DatabaseConnection = { client: 'sqlite', file: this.file };

  constructor(sql: string) {
    this.run(sql);
  }

  run(sql: string): void {
    const database = new Database(this.file);
    database.exec(sql);
    database.close();
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
