// The whole collection of the example company, in process, on a real store and real sources; no server.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnceResult, runOnce } from '#src/worker/run-once.js';
import { laterFile } from '../../demo/company/generate-sources.js';
import { createDemoSite, type DemoSite } from '../support/demo-site.js';

const today = '2026-11-23';
const logicalTime = '2026-11-23T08:00:00Z';

describe('a round of the example company', () => {
  let site: DemoSite;
  let first: OnceResult;
  const round = (at = logicalTime): Promise<OnceResult> =>
    runOnce(site.services, site.config, {
      groups: site.config.pullGroups.map((group) => group.id),
      logicalTime: at,
      signal: new AbortController().signal,
    });

  beforeAll(async () => {
    site = await createDemoSite({ today, edit: withoutMail });
    first = await round();
  });
  afterAll(() => site.dispose());

  it('reads every group to its end', () => {
    expect(first.runs.map((run) => [run.runId, run.state])).toEqual(
      site.config.pullGroups.map((group) => [`${group.id}@${logicalTime}`, 'done']),
    );
  });

  it('accounts for every row of every pull', async () => {
    for (const run of first.runs) {
      expect(run.seen).toBe(run.used + run.rejected + run.skipped);
      expect(run.seen).toBeGreaterThan(0);
    }
  });

  it('shows the standing that the story tells', async () => {
    const rows = await site.store.models.scorecardTable();
    const shown = rows.filter((row) => row.kind === 'measure').map((row) => [row.node, row.status]);
    expect(Object.fromEntries(shown)).toEqual(
      Object.fromEntries(site.sources.standing.map((each) => [each.measure, each.status])),
    );
  });

  it('rejects exactly the bad rows, each with its place', async () => {
    const rejects = await site.store.models.rejectsOf({ limit: 100 });
    expect(rejects.map((reject) => `${reject.locator} ${reject.rule}`).sort()).toEqual(
      site.sources.rejects.map(({ locator, rule }) => `${locator} ${rule}`).sort(),
    );
  });

  it('opens one alert a cause', async () => {
    const alerts = await site.store.models.openAlerts();
    expect(alerts.map((alert) => `${alert.kind} ${alert.subject}`).sort()).toEqual([
      'late measure/company/training-hours',
      'missing measure/company/knowledge-articles-reused',
      'off_track measure/company/project-delivery-time',
      'rejects extract/certificates',
      'rejects extract/receivables',
    ]);
  });

  it('writes no revision, no score and no alert when the same nominal time is collected again', async () => {
    const before = await site.store.read.currentActuals(
      site.config.measures.map((each) => each.address),
      '2000-01-01',
    );
    const second = await round();
    expect(second.runs.map((run) => [run.revisions, run.scoresChanged, run.alertsOpened, run.alertsResolved])).toEqual(
      second.runs.map(() => [0, 0, 0, 0]),
    );
    expect(second.runs.map((run) => run.used)).toEqual(first.runs.map((run) => run.used));
    expect(second.delivery).toEqual({ sent: 0, retried: 0, dead: 0, more: false });
    const after = await site.store.read.currentActuals(
      site.config.measures.map((each) => each.address),
      '2000-01-01',
    );
    expect(after).toEqual(before);
  });

  it('restates a closed month that a later file corrects, and keeps what was first reported', async () => {
    const correction = await laterFile({ folder: `${site.folder}/sources`, today });
    await round('2026-11-23T09:00:00Z');
    const { revisions } = await site.store.models.explain(correction.measure, correction.period);
    expect(revisions.map((revision) => revision.reason)).toEqual(['first', 'restated']);
  });

  it('keeps alerts as they are when an older nominal time is collected later', async () => {
    const before = await site.store.models.openAlerts();
    await round('2026-10-01T08:00:00Z');
    expect(await site.store.models.openAlerts()).toEqual(before);
  });
});

/** Mail needs a server; the journal file stays. */
function withoutMail(folder: string): void {
  const file = join(folder, 'site.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/ {2}mail:\n( {4}.*\n)+/, ''));
}
