// One alert a cause, through real runs, sweeps and store: what waits for something is listed there, and speaks when that is gone.
import { afterEach, describe, expect, it } from 'vitest';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

let site: SmallSite;
afterEach(() => site.dispose());

const HEADER = 'day,code,amount\n';
const AUGUST = `${HEADER}2026-08-10,a,120\n`;
const ALL = `${HEADER}2026-08-10,a,120\n2026-09-10,a,120\n2026-10-10,a,120\n`;

const derived = (id: string, formula: string): string =>
  measureOf(id, 'sales', 'monthly').replace('{ extract: sales, sum: amount }', `{ formula: ${formula} }`);

const files = (sales: string, costs: string): Readonly<Record<string, string>> => ({
  'extracts/all.yaml': extractsFile(extractOf('sales'), extractOf('costs')),
  'scorecards/company.yaml': scorecardFile(
    measureOf('sales', 'sales', 'monthly'),
    measureOf('costs', 'costs', 'monthly'),
    derived('margin', 'sales + costs'),
    derived('margin-doubled', 'margin * 2'),
  ),
  'sources/sales.csv': sales,
  'sources/costs.csv': costs,
});

async function failedPull(logicalTime: string): Promise<void> {
  const configRevision = site.config().revision;
  const { runId } = await site.steps.planRun({ group: 'files-day-0630', configRevision, logicalTime, trigger: 'once' });
  const failure = { kind: 'timeout', code: 'SOURCE_TIMED_OUT', message: 'it took too long' } as const;
  await site.steps.recordPullFailure({ runId, extracts: ['sales', 'costs'], failure });
  await site.steps.scoreRun({ runId });
  await site.steps.assessRun({ runId });
  await site.steps.closeRun({ runId, ended: 'finished' });
}

const waiting = async (): Promise<string[]> =>
  (await site.store.read.alerts({ state: 'open' })).flatMap(({ details }) =>
    details.filter((line) => line.startsWith('Waiting for it')),
  );

const LISTED = [
  'Waiting for it: margin (monthly): no value since 2026-09, 2 periods missing',
  'Waiting for it: margin-doubled (monthly): no value since 2026-09, 2 periods missing',
];

describe('derived measures', () => {
  it('are listed under the one input that is missing, and all is over when that arrives', async () => {
    site = await createSmallSite(files(ALL, AUGUST));
    await site.sweep('2026-11-20T05:00:00Z');
    await site.collect('2026-11-20T05:30:00Z');
    await site.sweep('2026-11-20T05:35:00Z');
    await site.sweep('2026-11-20T05:40:00Z');
    expect(await site.openAlerts()).toEqual(['missing measure/company/costs 2026-09']);
    // Found by the run, which looks at what it read; the sweep after it finds those above.
    site.write({ 'sources/costs.csv': ALL });
    await site.collect('2026-11-21T05:30:00Z');
    await site.sweep('2026-11-21T05:35:00Z');
    expect(await site.openAlerts()).toEqual([]);
    expect((await site.store.models.alertHistory(20)).map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'missing measure/company/costs',
    ]);
  });

  it('are listed under the source that fails, however far above it, and speak through their input when it is back', async () => {
    site = await createSmallSite(files(AUGUST, AUGUST));
    await site.collect('2026-09-10T05:30:00Z');
    await site.sweep('2026-09-10T05:35:00Z');
    expect(await site.openAlerts()).toEqual([]);
    await failedPull('2026-11-20T05:30:00Z');
    await site.sweep('2026-11-20T05:35:00Z');
    expect(await site.openAlerts()).toEqual(['source_failed connection/files 2026-11-20T05:30:00Z']);
    site.write({ 'sources/sales.csv': ALL });
    await site.collect('2026-11-21T05:30:00Z');
    await site.sweep('2026-11-21T05:35:00Z');
    expect(await site.openAlerts()).toEqual(['missing measure/company/costs 2026-09']);
  });

  it('speak for themselves where their inputs are there, or not told of', async () => {
    const silent = '    alerts: { kinds: { late: off, missing: off } }\n';
    site = await createSmallSite({
      ...files(ALL, AUGUST),
      'scorecards/company.yaml': scorecardFile(
        measureOf('sales', 'sales', 'monthly'),
        measureOf('costs', 'costs', 'monthly', silent),
        derived('margin', 'sales + costs'),
        derived('margin-doubled', 'margin * 2'),
      ),
    });
    await site.collect('2026-11-20T05:30:00Z');
    await site.sweep('2026-11-20T05:35:00Z');
    expect(await site.openAlerts()).toEqual(['missing measure/company/margin 2026-09']);
    expect(await waiting()).toEqual(LISTED.slice(1));
  });
});

describe('scorecards made of the values below', () => {
  const card = (id: string, parent: string | undefined, from: string): string =>
    scorecardFile(measureOf('sales', 'sales', 'monthly').replace('{ extract: sales, sum: amount }', from)).replace(
      'id: company, name: Company',
      `id: ${id}, name: ${id}${parent === undefined ? '' : `, parent: ${parent}`}`,
    );
  const above = '{ children: sales, combine: sum }';

  it('are listed under the one unit whose value is missing', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('north'), extractOf('south')),
      'scorecards/company.yaml': card('company', undefined, above),
      'scorecards/region.yaml': card('region', 'company', above),
      'scorecards/north.yaml': card('north', 'region', '{ extract: north, sum: amount }'),
      'scorecards/south.yaml': card('south', 'region', '{ extract: south, sum: amount }'),
      'sources/north.csv': ALL,
      'sources/south.csv': AUGUST,
    });
    await site.collect('2026-11-20T05:30:00Z');
    await site.sweep('2026-11-20T05:35:00Z');
    expect(await site.openAlerts()).toEqual(['missing measure/south/sales 2026-09']);
    site.write({ 'sources/south.csv': ALL });
    await site.collect('2026-11-21T05:30:00Z');
    await site.sweep('2026-11-21T05:35:00Z');
    expect(await site.openAlerts()).toEqual([]);
    expect(await site.store.models.alertHistory(20)).toHaveLength(1);
  });
});
