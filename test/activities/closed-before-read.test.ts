// A period that has ended is judged when its source was read since: the run of the morning before knows nothing of the last day.
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

const BAD_MONTHS = 'day,code,amount\n2026-08-10,a,50\n2026-09-10,a,50\n2026-10-30,a,50\n';
const OFF_TRACK = 'off_track measure/company/sales 2026-08';

const create = async (): Promise<void> => {
  site = await createSmallSite({
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
    'sources/sales.csv': BAD_MONTHS,
  });
  await site.collect('2026-10-31T05:30:00Z');
  // A second into November in Berlin.
  await site.sweep('2026-10-31T23:00:01Z');
};

it('a sweep at the end of a month calls nothing off track that the last day may mend', async () => {
  await create();
  expect(await site.openAlerts()).toEqual([]);
  site.write({ 'sources/sales.csv': `${BAD_MONTHS}2026-10-31,a,60\n` });
  await site.collect('2026-11-01T05:30:00Z');
  expect(await site.standing('company/sales')).toContain('2026-10 on_track 110');
  expect(await site.store.models.outboxRecords(10)).toEqual([]);
});

it('the first run after the end of a month calls off track what is', async () => {
  await create();
  await site.collect('2026-11-01T05:30:00Z');
  expect(await site.openAlerts()).toEqual([OFF_TRACK]);
});

it('a run that could not read the source calls nothing off track either', async () => {
  await create();
  site.write({ 'sources/sales.csv': 'nothing that was agreed\n1\n' });
  await site.collect('2026-11-01T05:30:00Z');
  expect(await site.openAlerts()).toEqual(['source_failed extract/sales 2026-11-01T05:30:00Z']);
});

describe('what is made of two extracts', () => {
  const derivedOf = (id: string, formula: string): string => `  - id: ${id}
    name: ${id}
    objective: grow
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: monthly
    from: { formula: ${formula} }
    targets: [{ from: 2020-01, value: 100 }]
`;
  /** Of a measure that is only shown. */
  const shown = (id: string): string =>
    measureOf(id, id, 'monthly')
      .replace('higher-is-better', 'unscored')
      .replace('    targets: [{ from: 2020-01, value: 100 }]\n', '');
  const LATER = 'files-day-0900';
  const BAD = 'day,code,amount\n2026-08-10,a,20\n2026-09-10,a,20\n2026-10-30,a,20\n';

  const createTwo = async (...derived: readonly string[]): Promise<void> => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('shop'), extractOf('web').replace("'06:30'", "'09:00'")),
      'scorecards/company.yaml': scorecardFile(shown('shop'), shown('web'), ...derived),
      'sources/shop.csv': BAD,
      'sources/web.csv': BAD,
    });
    await site.collect('2026-10-31T05:30:00Z');
    await site.collect('2026-10-31T08:00:00Z', LATER);
    await site.sweep('2026-10-31T23:00:01Z');
    expect(await site.openAlerts()).toEqual([]);
    await site.collect('2026-11-01T05:30:00Z');
    await site.sweep('2026-11-01T05:35:00Z');
  };

  it('is called off track by nobody while one of them has not been read since', async () => {
    await createTwo(derivedOf('total', 'shop + web'));
    expect(await site.openAlerts()).toEqual([]);
    site.write({ 'sources/web.csv': `${BAD}2026-10-31,a,60\n` });
    await site.collect('2026-11-01T08:00:00Z', LATER);
    await site.sweep('2026-11-01T08:05:00Z');
    expect(await site.standing('company/total')).toContain('2026-10 on_track 100');
    expect(await site.store.models.outboxRecords(10)).toEqual([]);
  });

  it('is called off track by the next sweep after the last of them was read, though that has changed nothing', async () => {
    await createTwo(derivedOf('total', 'shop + web'));
    await site.collect('2026-11-01T08:00:00Z', LATER);
    await site.sweep('2026-11-01T08:05:00Z');
    expect(await site.openAlerts()).toEqual(['off_track measure/company/total 2026-08']);
  });

  it('waits for them at any depth', async () => {
    await createTwo(derivedOf('total', 'shop + web'), derivedOf('half', 'total / 2'));
    expect(await site.openAlerts()).toEqual([]);
    await site.collect('2026-11-01T08:00:00Z', LATER);
    await site.sweep('2026-11-01T08:05:00Z');
    expect((await site.openAlerts()).toSorted()).toEqual([
      'off_track measure/company/half 2026-08',
      'off_track measure/company/total 2026-08',
    ]);
  });

  it('does not wait for one that it is not made of', async () => {
    await createTwo(derivedOf('double', '2 * shop'));
    expect(await site.openAlerts()).toEqual(['off_track measure/company/double 2026-08']);
  });

  it('is not called off track while one of them cannot be read', async () => {
    await createTwo(derivedOf('total', 'shop + web'));
    site.write({ 'sources/web.csv': 'nothing that was agreed\n1\n' });
    await site.collect('2026-11-01T08:00:00Z', LATER);
    await site.sweep('2026-11-01T08:05:00Z');
    expect(await site.openAlerts()).toEqual(['source_failed extract/web 2026-11-01T08:00:00Z']);
  });

  it('lets a sweep write nothing once it was looked at after the last read', async () => {
    await createTwo(derivedOf('total', 'shop + web'));
    await site.collect('2026-11-01T08:00:00Z', LATER);
    await site.sweep('2026-11-01T08:05:00Z');
    const before = await site.store.read.scoringProgress(['alerts']);
    await site.collect('2026-11-01T08:10:00Z', LATER);
    expect(await site.store.read.scoringProgress(['alerts'])).toEqual(before);
  });
});
