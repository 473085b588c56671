// A source that is down, a file with bad rows, a query that is broken: the rest goes on, each failure is named.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnceResult, runOnce } from '#src/worker/run-once.js';
import { createDemoSite, type DemoSite } from '../support/demo-site.js';

describe('failures of one source', () => {
  let site: DemoSite;
  let result: OnceResult;
  let broken: string;

  beforeAll(async () => {
    site = await createDemoSite({ today: '2026-11-23', env: { NONE: 'none' }, edit: breakThings });
    broken = site.config.extracts.find((extract) => JSON.stringify(extract.source).includes('no_such_table'))?.id ?? '';
    result = await runOnce(site.services, site.config, {
      groups: site.config.pullGroups.map((group) => group.id),
      logicalTime: '2026-11-23T08:00:00Z',
      signal: new AbortController().signal,
    });
    // A source that is down is tried again over fifteen seconds.
  }, 120_000);
  afterAll(() => site.dispose());

  const stateOf = (connection: string): string | undefined => {
    const group = site.config.pullGroups.find((each) => each.connection === connection)?.id;
    return result.runs.find((run) => run.runId.startsWith(`${group}@`))?.state;
  };

  it('end the run of a connection that is down as failed, and no other', () => {
    expect(stateOf('training')).toBe('failed');
    expect(stateOf('finance')).toBe('done');
  });

  it('leave the other extracts of a group with one broken query standing', () => {
    expect(stateOf('operations')).toBe('partial');
    const run = result.runs.find((each) => each.failedExtracts.includes(broken));
    expect(run?.failedExtracts).toEqual([broken]);
  });

  it('are named with their cause, place and remedy', async () => {
    const runs = await site.store.models.latestRuns(10);
    const failures = runs
      .flatMap((run) => run.pulls)
      .flatMap((pull) => (pull.outcome === 'failed' ? [{ extract: pull.extract, ...pull.failure }] : []));
    const query = failures.find((failure) => failure.extract === broken);
    expect(query).toMatchObject({ kind: 'layout', code: 'SOURCE_TABLE_MISSING' });
    expect(query?.message).toContain('no_such_table');
    expect(query?.remedy).toBeTruthy();
    const down = failures.filter((failure) => failure.extract !== broken);
    expect(down.length).toBeGreaterThan(0);
    for (const failure of down) {
      expect(failure).toMatchObject({ kind: 'transient', code: 'SOURCE_UNREACHABLE' });
      expect(failure.message).toContain('127.0.0.1');
    }
  });

  it('give one alert a cause and hold back the alerts that only follow from it', async () => {
    const alerts = await site.store.models.openAlerts();
    const sources = alerts.filter((alert) => alert.kind === 'source_failed').map((alert) => alert.subject);
    expect(sources.sort()).toEqual(['connection/training', `extract/${broken}`]);
    expect(alerts.filter((alert) => alert.kind === 'late' || alert.kind === 'missing')).toEqual([]);
  });

  it('keep every row accounted for, the bad ones with their places', async () => {
    for (const run of result.runs) expect(run.seen).toBe(run.used + run.rejected + run.skipped);
    const rejects = await site.store.models.rejectsOf({ limit: 50 });
    const promised = site.sources.rejects.filter(({ connection }) => connection !== 'training');
    expect(rejects.map((reject) => reject.locator).sort()).toEqual(promised.map(({ locator }) => locator).sort());
    expect(promised.length).toBeGreaterThan(0);
  });

  it('let measures of healthy sources be scored', async () => {
    const rows = await site.store.models.scorecardTable();
    expect(rows.find((row) => row.node === 'company/profit-margin')?.status).toBe('on_track');
  });
});

function breakThings(folder: string): void {
  edit(join(folder, 'connections.yaml'), (text) =>
    text.replace(
      /connector: csv\n( +)owner: priya\n +options: .*/,
      'connector: database\n$1owner: priya\n$1options: { client: mysql, host: 127.0.0.1, port: 1, user: nobody, password: "${env:NONE}", database: none, tls: off }',
    ),
  );
  edit(join(folder, 'extracts', 'training.yaml'), (text) =>
    text.replaceAll(/source: \{[^}]*\}/g, 'source: { query: "select 1 from exports where day >= :period_start" }'),
  );
  edit(join(folder, 'extracts', 'operations.yaml'), (text) => text.replace(/\bfrom contracts\b/, 'from no_such_table'));
  edit(join(folder, 'site.yaml'), (text) => text.replace(/ {2}mail:\n( {4}.*\n)+/, ''));
}

function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`nothing was changed in ${file}`);
  writeFileSync(file, changed);
}
