// A secret in the environment is searched for in everything that the program writes or sends: nowhere may it be.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTemporalSite, type TemporalSite } from '../support/temporal-site.js';

const DATABASE_SECRET = 'dbS3cret-hunter2-xyzzy';
const MAIL_SECRET = 'mailS3cret-swordfish';

describe('secrets', () => {
  let site: TemporalSite;
  const written: string[] = [];
  /** The stand-in's key, line by line, and every token it gave. */
  let sheetSecrets: readonly string[];

  beforeAll(async () => {
    site = await createTemporalSite({
      today: new Date().toISOString().slice(0, 10),
      edit: unreachableDatabase,
      env: {
        OPERATIONS_PASSWORD: DATABASE_SECRET,
        PLUMBLINE_SMTP_URL: `smtp://plumbline:${MAIL_SECRET}@127.0.0.1:1`,
        PLUMBLINE_LOG_LEVEL: 'trace',
      },
    });
    const worker = await (async () => {
      for (const args of [['check'], ['apply', '--dry-run'], ['apply']])
        written.push(...wordsOf(await site.command(...args)));
      return site.worker();
    })();
    // The database refuses, the CSV folders work, the mail server is not there: failures of every kind pass through.
    for (const group of [...site.config.pullGroups.map((each) => each.id), 'sweep', 'deliver']) {
      written.push(...wordsOf(await site.command('trigger', group, '--wait', '--json')));
    }
    for (const args of [
      ['source', 'check', 'people-plan'],
      ['source', 'preview', 'certificates'],
      ['status', '--json'],
      ['alerts', '--all', '--json'],
      ['explain', 'profit-margin'],
      ['run', '--once'],
    ]) {
      written.push(...wordsOf(await site.command(...args)));
    }
    await worker.end('SIGTERM');
    written.push(worker.stdout(), worker.stderr());
    for await (const { workflowId } of site.temporal.client.workflow.list()) {
      const history = await site.temporal.client.workflow.getHandle(workflowId).fetchHistory();
      written.push(JSON.stringify(history));
      for (const event of history.events ?? [])
        for (const bytes of payloadsOf(event)) written.push(Buffer.from(bytes).toString());
    }
    await site.server.stop();
    const { accounts } = site.sheets;
    const { private_key } = JSON.parse(accounts.keyFile) as { readonly private_key: string };
    sheetSecrets = [...private_key.split('\n').filter((line) => line.length > 20), ...accounts.issuedTokens];
  });
  afterAll(() => site.dispose());

  it('were really used: the failures name what they were for', () => {
    const all = written.join('\n');
    expect(all).toContain('SOURCE_');
    expect(all).toContain('127.0.0.1');
    expect(site.sheets.accounts.issuedTokens.length).toBeGreaterThan(2);
  });

  it.each([DATABASE_SECRET, MAIL_SECRET])('%s stands in no output, log, error, plan or history', (secret) => {
    expect(written.filter((text) => text.includes(secret))).toEqual([]);
  });

  it.each([DATABASE_SECRET, MAIL_SECRET])(
    '%s stands in no file: store, Temporal database, journal, configuration',
    (secret) => {
      const files = [...filesBelow(site.folder), ...filesBelow(join(site.server.logFile, '..'))];
      expect(files.length).toBeGreaterThan(5);
      expect(files.filter((file) => readFileSync(file).includes(secret))).toEqual([]);
    },
  );

  it("no part of the sheet account's key, and no token, stands anywhere but in the key's own file", () => {
    expect(sheetSecrets.length).toBeGreaterThan(10);
    const key = join(site.sheets.folder, 'key.json');
    const files = [...filesBelow(site.folder), ...filesBelow(join(site.server.logFile, '..'))];
    expect(files).toContain(key);
    const texts = [...written, ...files.filter((file) => file !== key).map((file) => readFileSync(file, 'latin1'))];
    expect(texts.filter((text) => sheetSecrets.some((secret) => text.includes(secret)))).toEqual([]);
  });
});

const wordsOf = (ended: { readonly stdout: string; readonly stderr: string }): string[] => [ended.stdout, ended.stderr];

function unreachableDatabase(folder: string): void {
  const file = join(folder, 'connections.yaml');
  const text = readFileSync(file, 'utf8');
  const options =
    "options: { client: mysql, host: 127.0.0.1, port: 1, user: reader, password: '${env:OPERATIONS_PASSWORD}', database: operations, tls: off }";
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim() === 'operations:');
  const at = lines.findIndex((line, index) => index >= start && line.includes('options:'));
  if (at < 0) throw new Error('connections.yaml has another form than this test knows');
  lines[at] = `    ${options}`;
  writeFileSync(file, lines.join('\n'));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** Every payload below an event, decoded: JSON.stringify shows bytes as base64 or numbers. */
function payloadsOf(value: unknown): Uint8Array[] {
  if (value instanceof Uint8Array) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(payloadsOf);
}
