// The shape of production: the reporting store on a real MariaDB. The same collection as on SQLite, to the same standing.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOnce } from '#src/worker/run-once.js';
import { createDemoSite, type DemoSite } from '../support/demo-site.js';

const url = process.env['PLUMBLINE_TEST_MYSQL_URL'];

// Without a server the set-up has said so, or failed the whole run in continuous integration.
describe.skipIf(url === undefined)('a reporting store on MariaDB', () => {
  const database = `plumbline_${randomBytes(6).toString('hex')}`;
  const { hostname, port, username, password } = new URL(url ?? 'mysql://none');
  let site: DemoSite;

  const query = async (statement: string): Promise<void> => {
    const connection = await createConnection({ uri: url ?? '' });
    await connection.query(statement);
    await connection.end();
  };

  const round = () =>
    runOnce(site.services, site.config, {
      groups: site.config.pullGroups.map((group) => group.id),
      logicalTime: '2026-11-23T08:00:00Z',
      signal: new AbortController().signal,
    });

  beforeAll(async () => {
    await query(`create database ${database}`);
    site = await createDemoSite({
      today: '2026-11-23',
      env: { STORE_PASSWORD: decodeURIComponent(password) },
      edit: (folder) => {
        const file = join(folder, 'site.yaml');
        const store = `store: { client: mysql, host: ${hostname}, port: ${port}, database: ${database}, user: ${username}, password: '\${env:STORE_PASSWORD}' }`;
        const text = readFileSync(file, 'utf8').replace(/ {2}mail:\n( {4}.*\n)+/, '');
        writeFileSync(file, text.replace(/^store: .*$/m, store));
      },
    });
  });
  afterAll(async () => {
    await site.dispose();
    await query(`drop database ${database}`);
  });

  it('holds the standing that the story tells, and changes nothing when the round is repeated', async () => {
    const first = await round();
    expect(first.runs.map((run) => run.state)).toEqual(first.runs.map(() => 'done'));
    const rows = await site.store.models.scorecardTable();
    const shown = rows.filter((row) => row.kind === 'measure').map((row) => [row.node, row.status]);
    expect(Object.fromEntries(shown)).toEqual(
      Object.fromEntries(site.sources.standing.map((each) => [each.measure, each.status])),
    );
    const second = await round();
    expect(second.runs.map((run) => [run.revisions, run.scoresChanged, run.alertsOpened])).toEqual(
      second.runs.map(() => [0, 0, 0]),
    );
    expect(await site.store.models.openAlerts()).toHaveLength(5);
  });
});
