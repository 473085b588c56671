import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { printError } from '#src/cli/print-error.js';
import { createProgram } from '#src/cli/program.js';
import { readConfig } from '#src/config/index.js';
import type { ConfigProblem } from '#src/config/types.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { type SheetsServer, startSheetsServer } from '../../../demo/sheets-server/sheets-server.js';
import type { StandInSpreadsheet } from '../../../demo/sheets-server/spreadsheet-data.js';
import { extractsFile, measureOf, scorecardFile } from '../../support/small-site.js';

const NOW = '2026-11-23T09:30:00Z';
export const SHEET = '1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';
/** Long ago, so that no reader waits for a file to stand still. */
const DELIVERED = new Date('2026-01-02T03:04:05Z');

const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
history_months: 12
due: { business_days: 5, grace_days: 3 }
channels: { journal: { kind: file, path: data/alerts.log } }
`;

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A config folder with a folder of files (`files`), a SQLite file (`ledger`) and a sheet (`sheet`), gone with its scope. */
export class SourceFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'plumbline-source-'));
  #server: SheetsServer | undefined;

  constructor() {
    this.write({
      'site.yaml': SITE,
      'people.yaml': 'people: { robin: { name: Robin } }\n',
      'scorecards/company.yaml': scorecardFile().replace('measures:', 'measures: []'),
      'extracts/all.yaml': 'extracts: {}\n',
      'connections.yaml': this.#connections('http://127.0.0.1:9'),
      'key.json': '{}',
    });
    mkdirSync(join(this.path, 'sources'));
    this.sql('create table empty_one (day date, amount decimal(10,2))');
  }

  #connections(endpoint: string): string {
    return `connections:
  files: { connector: csv, owner: robin, options: { folder: sources } }
  ledger: { connector: database, owner: robin, options: { client: sqlite, file: ledger.sqlite } }
  sheet: { connector: google-sheets, owner: robin, options: { credentials_file: key.json, endpoint: '${endpoint}' } }
`;
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): this {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.path, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      utimesSync(path, DELIVERED, DELIVERED);
    }
    return this;
  }

  /** Extracts by their text, each added up by a measure of its own where `amount` is one of its columns. */
  extracts(...texts: readonly string[]): this {
    const ids = texts.map((text) => /^ {2}(\S+):/.exec(text)?.[1] ?? '');
    const measures = ids.map((id) => measureOf(`sum-of-${id}`, id, 'monthly'));
    return this.write({
      'extracts/all.yaml': extractsFile(...texts),
      'scorecards/company.yaml': scorecardFile(...measures),
    });
  }

  sql(statements: string): this {
    const database = new Database(join(this.path, 'ledger.sqlite'));
    database.exec(statements);
    database.close();
    return this;
  }

  async serve(...spreadsheets: readonly StandInSpreadsheet[]): Promise<this> {
    this.#server = await startSheetsServer(spreadsheets);
    return this.write({
      'key.json': this.#server.accounts.keyFile,
      'connections.yaml': this.#connections(this.#server.url),
    });
  }

  /** A command of `plumbline source`. */
  async source(...args: readonly string[]): Promise<Said> {
    const out: string[] = [];
    const err: string[] = [];
    const context = {
      stdout: { write: (text: string) => out.push(text), columns: 200 },
      stderr: { write: (text: string) => err.push(text) },
      env: {},
      cwd: this.path,
      now: () => NOW,
      signal: new AbortController().signal,
    };
    const work = createProgram(context)(['source', ...args, '--config', this.path]);
    const code = await work.catch((error: unknown) => printError(context, error));
    return { code, out: out.join(''), err: err.join('') };
  }

  async problems(): Promise<readonly ConfigProblem[]> {
    return (await readConfig(this.path, builtInConnectors)).problems;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.close();
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** An extract over `<id>*.csv` with a day that may be blank and an amount. */
export const ofFiles = (id: string, more = ''): string => `  ${id}:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: '${id}*.csv' }
    time: day
    columns: { day: date, code: text, amount: { type: decimal, locale: en-US } }
${more}`;

/** An extract over a table with a day and an amount. */
export const ofTable = (id: string, table: string, more = ''): string => `  ${id}:
    connection: ledger
    schedule: { every: day, at: '06:30' }
    source: { table: ${table} }
    time: day
    columns: { day: date, amount: decimal }
${more}`;

/** An extract over a tab with a day and an amount. */
export const ofTab = (id: string, spreadsheet: string, tab: string): string => `  ${id}:
    connection: sheet
    schedule: { every: day, at: '06:30' }
    source: { spreadsheet: ${spreadsheet}, tab: ${tab} }
    time: day
    columns: { day: date, amount: decimal }
`;
