// Invoice totals of the Chinook music shop: months and years to the cent, from SQLite, a real MariaDB and a real PostgreSQL alike.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '#src/config/index.js';
import type { CurrentActual, ReportingStore } from '#src/store/types.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { runOnce } from '#src/worker/run-once.js';
import { createServices, openSiteStore } from '#src/worker/services.js';

const data = process.env['PLUMBLINE_TEST_DATA'];
const mysqlUrl = process.env['PLUMBLINE_TEST_MYSQL_URL'];
const postgresUrl = process.env['PLUMBLINE_TEST_POSTGRES_URL'];
const YEARS = { '2021': '449.46', '2022': '481.45', '2023': '469.58', '2024': '477.53', '2025': '450.58' };

if (data === undefined) process.stderr.write('PLUMBLINE_TEST_DATA names no folder: tests on real data are left out.\n');

describe.skipIf(data === undefined).each(['sqlite', 'mysql', 'postgres'] as const)('Chinook in %s', (client) => {
  let folder: string;
  let store: ReportingStore;
  let actuals: readonly CurrentActual[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-chinook-'));
    if (client === 'mysql') await loadIntoMysql(join(data ?? '', 'chinook', 'chinook-mysql.sql'));
    if (client === 'postgres') await loadIntoPostgres(join(data ?? '', 'chinook', 'chinook-postgres.sql'));
    const url = client === 'postgres' ? postgresUrl : mysqlUrl;
    const password = decodeURIComponent(new URL(url ?? 'none://none').password);
    const options = { sqlite: sqliteOptions, mysql: mysqlOptions, postgres: postgresOptions };
    writeConfig(join(folder, 'config'), options[client](), client === 'postgres' ? POSTGRES_QUERY : QUERY);
    const { config, problems } = await readConfig(join(folder, 'config'), builtInConnectors);
    if (config === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
    const env = { CHINOOK_PASSWORD: password };
    store = await openSiteStore(config.site.store, config.folder, env);
    await applyToStore(store, config, '2026-01-15T00:00:00Z');
    const { runs } = await runOnce(createServices(store, { env, logLevel: 'silent', folder: config.folder }), config, {
      groups: config.pullGroups.map((group) => group.id),
      logicalTime: '2026-01-15T06:30:00Z',
      signal: new AbortController().signal,
    });
    expect(runs.map((run) => [run.state, run.seen, run.used])).toEqual([['done', 412, 412]]);
    actuals = await store.read.currentActuals(
      config.measures.map((measure) => measure.address),
      '2000-01-01',
    );
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const valuesOf = (measure: string) =>
    Object.fromEntries(
      actuals.filter((each) => each.measure === `shop/${measure}`).map((each) => [each.period.id, each.value]),
    );

  it('gives the known total of each year', () => {
    expect(valuesOf('yearly-sales')).toEqual(YEARS);
  });

  it('gives sixty months, the known one among them, that add up to the years', () => {
    const months = valuesOf('monthly-sales');
    expect(Object.keys(months)).toHaveLength(60);
    expect(months['2023-11']).toBe('23.76');
    const cents = Object.values(months).reduce((sum, value) => sum + centsOf(value), 0);
    expect(cents).toBe(232_860);
  });

  it('counts every invoice once', () => {
    const counts = Object.values(valuesOf('invoices')).reduce((sum, value) => sum + Number.parseInt(value, 10), 0);
    expect(counts).toBe(412);
  });
});

/** `23.76` → 2376, by its digits. */
function centsOf(value: string): number {
  const [whole = '0', fraction = ''] = value.split('.');
  return Number.parseInt(whole + fraction.padEnd(2, '0'), 10);
}

async function loadIntoMysql(script: string): Promise<void> {
  if (mysqlUrl === undefined) throw new Error('PLUMBLINE_TEST_MYSQL_URL is not set: no server was started');
  const connection = await createConnection({ uri: mysqlUrl, multipleStatements: true });
  await connection.query(readFileSync(script, 'utf8'));
  await connection.end();
}

/** The script makes its database by commands of psql, which are done here by hand. */
async function loadIntoPostgres(script: string): Promise<void> {
  if (postgresUrl === undefined) throw new Error('PLUMBLINE_TEST_POSTGRES_URL is not set: no server was started');
  const [, tables] = readFileSync(script, 'utf8').split(/^\\c chinook;$/m);
  await queryPostgres('postgres', ['DROP DATABASE IF EXISTS chinook', 'CREATE DATABASE chinook']);
  await queryPostgres('chinook', [tables ?? '']);
}

async function queryPostgres(database: string, statements: readonly string[]): Promise<void> {
  const { hostname, port, username, password } = new URL(postgresUrl ?? '');
  const client = new pg.Client({
    host: hostname,
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database,
  });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const sqliteOptions = (): string => `{ client: sqlite, file: '${join(data ?? '', 'chinook', 'chinook.sqlite')}' }`;

function mysqlOptions(): string {
  const { hostname, port, username } = new URL(mysqlUrl ?? '');
  return `{ client: mysql, host: ${hostname}, port: ${port}, user: ${username}, password: '\${env:CHINOOK_PASSWORD}', database: Chinook, tls: off }`;
}

function postgresOptions(): string {
  const { hostname, port, username } = new URL(postgresUrl ?? '');
  return `{ client: postgres, host: ${hostname}, port: ${port}, user: ${username}, password: '\${env:CHINOOK_PASSWORD}', database: chinook, tls: off }`;
}

const QUERY = 'select InvoiceDate, Total from Invoice where InvoiceDate >= :period_start and InvoiceDate < :period_end';

/** The names of the PostgreSQL script, as those of the others. */
const POSTGRES_QUERY =
  'select invoice_date as "InvoiceDate", total as "Total" from invoice where invoice_date >= :period_start and invoice_date < :period_end';

function writeConfig(folder: string, options: string, query: string): void {
  const files = {
    'site.yaml': `id: shop
name: Chinook
time_zone: UTC
history_months: 72
store: { client: sqlite, file: ../store.sqlite }
operator: jane
`,
    'people.yaml': 'people:\n  jane: { name: Jane Example }\n',
    'connections.yaml': `connections:\n  shop: { connector: database, owner: jane, options: ${options} }\n`,
    'extracts/invoices.yaml': `extracts:
  invoices:
    connection: shop
    schedule: { every: day, at: '06:30' }
    source:
      query: ${query}
    time: InvoiceDate
    columns: { InvoiceDate: datetime, Total: decimal }
`,
    'scorecards/shop.yaml': `scorecard: { id: shop, name: Shop, owner: jane }
perspectives: [{ id: financial, name: Financial }]
objectives: [{ id: sell, name: Sell music, perspective: financial, owner: jane }]
measures:
${['monthly-sales', 'yearly-sales']
  .map(
    (id) => `  - id: ${id}
    name: ${id}
    objective: sell
    owner: jane
    unit: EUR
    direction: unscored
    frequency: ${id === 'monthly-sales' ? 'monthly' : 'yearly'}
    from: { extract: invoices, sum: Total }
`,
  )
  .join('')}  - id: invoices
    name: Invoices
    objective: sell
    owner: jane
    unit: invoices
    direction: unscored
    frequency: monthly
    from: { extract: invoices, count: all }
`,
  };
  mkdirSync(join(folder, 'extracts'), { recursive: true });
  mkdirSync(join(folder, 'scorecards'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
