// Periods reported without a value, and configurations that change under a running site.
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
const share = (): string =>
  measureOf('share', 'sales', 'monthly').replace(
    'sum: amount',
    "ratio: { numerator: { sum: amount, where: code = 'a' }, denominator: { sum: amount, where: code = 'b' } }",
  );

describe('a ratio with nothing to divide by', () => {
  it('is no late value: the source was read, and there is none', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(share()),
      'sources/sales.csv': `${HEADER}2026-09-10,a,300\n2026-09-11,b,2\n2026-10-10,a,120\n2026-10-11,b,0\n`,
    });
    await site.collect('2026-11-20T06:30:00Z');
    expect(await site.standing('company/share')).toEqual(['2026-09 on_track 150', '2026-10 insufficient_data -']);
    expect(await site.openAlerts()).toEqual([]);
    const [score] = await site.store.read.currentScores(['company/share'], '2026-10-15');
    expect(score?.reason).toContain('the denominator is 0');
  });

  it('gives way to a value that comes later', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(share()),
      'sources/sales.csv': `${HEADER}2026-10-10,a,120\n2026-10-11,b,0\n`,
    });
    await site.collect('2026-11-20T06:30:00Z');
    site.write({ 'sources/sales.csv': `${HEADER}2026-10-10,a,120\n2026-10-11,b,1\n` });
    await site.collect('2026-11-21T06:30:00Z');
    expect(await site.standing('company/share')).toEqual(['2026-10 on_track 120']);
  });

  it('still waits for its value where rows were rejected', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(share()),
      'sources/sales.csv': `${HEADER}2026-09-10,a,300\n2026-09-11,b,2\n2026-10-10,a,120\n2026-10-11,b,0\n2026-10-12,b,many\n`,
    });
    await site.collect('2026-11-20T06:30:00Z');
    expect((await site.standing('company/share')).at(-1)).toBe('2026-10 missing -');
  });
});

describe('a measure that is reported at another frequency from now on', () => {
  it('stands with its new periods, on the scorecard and in the roll-up', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'weekly')),
      'sources/sales.csv': `${HEADER}2026-08-10,a,120\n2026-11-10,b,10\n`,
    });
    await site.collect('2026-11-20T06:30:00Z');
    site.write({ 'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'quarterly')) });
    await site.apply();
    await site.collect('2026-11-21T06:30:00Z');
    const rows = await site.store.models.scorecardTable();
    expect(rows.map((row) => [row.kind, row.periodId, row.status])).toEqual([
      ['scorecard', '2026-11', 'on_track'],
      ['perspective', '2026-11', 'on_track'],
      ['objective', '2026-11', 'on_track'],
      ['measure', '2026-Q3', 'on_track'],
    ]);
  });
});

describe('a run that still carries an earlier configuration', () => {
  it('leaves the alerts of measures alone that it does not know', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales'), extractOf('orders')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
      'sources/sales.csv': `${HEADER}2026-10-10,a,120\n`,
    });
    const configRevision = site.config().revision;
    await site.collect('2026-11-20T06:30:00Z');
    site.write({
      'scorecards/company.yaml': scorecardFile(
        measureOf('sales', 'sales', 'monthly'),
        measureOf('orders', 'orders', 'monthly'),
      ),
    });
    await site.apply();
    await site.collect('2026-11-21T06:30:00Z');
    const open = await site.openAlerts();
    expect(open.some((alert) => alert.includes('company/orders'))).toBe(true);
    await site.steps.sweepFreshness({ configRevision, logicalTime: '2026-11-21T07:00:00Z' });
    expect(await site.openAlerts()).toEqual(open);
  });
});
