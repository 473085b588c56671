// A period that is not over, judged at its present pace where that is asked for: through real runs, sweeps and store.
import { afterEach, describe, expect, it } from 'vitest';
import { actOnAlert } from '#src/activities/alert/act-on-alert.js';
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

const PACE = '    alerts: { pace: on }\n';
const AFTER_1 = '    off_track_after: 1\n';
const GOOD = { '2026-09-10': 120, '2026-10-10': 120 };
const NOVEMBER = 'off_track measure/company/sales 2026-11';

const rows = (byDay: Readonly<Record<string, number>>): Readonly<Record<string, string>> => ({
  'sources/sales.csv': `day,code,amount\n${Object.entries(byDay)
    .map(([day, amount]) => `${day},a,${amount}\n`)
    .join('')}`,
});

/** Sales of so much a month against 100, read at 06:30 of a day. */
const create = async (more: string, byDay: Readonly<Record<string, number>>, siteMore = ''): Promise<void> => {
  site = await createSmallSite({
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly', more)),
    ...(siteMore === '' ? {} : { 'site.yaml': siteMore }),
    ...rows(byDay),
  });
};

const read = (day: string): Promise<unknown> => site.collect(`${day}T05:30:00Z`);
const told = async (): Promise<string[]> =>
  (await site.store.models.outboxRecords(50)).map(({ about }) => `${about?.transition} ${about?.period}`).toReversed();
const summaries = async (): Promise<(string | undefined)[]> =>
  (await site.store.models.outboxRecords(50)).map(({ about }) => about?.summary);

describe('a period that is not over', () => {
  const BEHIND = { ...GOOD, '2026-11-10': 20, '2026-11-17': 22 };

  it('raises nothing unless its measure asks for the pace', async () => {
    await create(AFTER_1, BEHIND);
    await read('2026-11-18');
    expect(await told()).toEqual([]);
  });

  it('raises off_track at its pace, once, and no sweep adds a word', async () => {
    await create(`${AFTER_1}${PACE}`, BEHIND);
    await read('2026-11-18');
    expect(await site.openAlerts()).toEqual([NOVEMBER]);
    expect(await summaries()).toEqual([
      'sales (monthly): 2026-11 would end off track: at this pace 74.1 EUR against a target of 100 by 2026-11-30',
    ]);
    const before = await site.store.models.alertHistory(10);
    await site.sweep('2026-11-18T06:00:00Z');
    await site.sweep('2026-11-18T06:05:00Z');
    await site.sweep('2026-11-28T06:05:00Z');
    expect(await site.store.models.alertHistory(10)).toEqual(before);
    expect(await told()).toEqual(['opened 2026-11']);
  });

  it('is shown with what it has so far, and not with the numbers of another period', async () => {
    await create(`${AFTER_1}${PACE}`, BEHIND);
    await read('2026-11-18');
    const [message] = await site.store.models.outboxRecords(1);
    expect(message?.about?.details[0]).toBe(
      '2026-11: 42.0 EUR in 17 of 30 days; at this pace 74.1 EUR against a target of 100, off track',
    );
    expect(message?.about?.figures).not.toHaveProperty('current');
    expect(message?.text).not.toContain('How bad');
  });

  it('is shown so too in what a person has done about it, and when it is over', async () => {
    const people = 'people: { robin: { name: Robin }, kim: { name: Kim } }\n';
    await create(`${AFTER_1}${PACE}`, BEHIND);
    site.write({ 'people.yaml': people });
    await site.apply();
    await read('2026-11-18');
    const act = {
      alert: { kind: 'off_track', subject: 'measure/company/sales', period: '2026-11' },
      transition: 'acknowledged',
      ...{ author: 'kim', reason: 'on it', at: '2026-11-18T08:00:00Z' },
    } as const;
    const { composeAlert } = site.services;
    await actOnAlert(site.store, { config: site.config(), recordedAt: act.at, composeAlert }, act);
    site.write(rows({ ...BEHIND, '2026-11-18': 30 }));
    await read('2026-11-19');
    const shown = (await site.store.models.outboxRecords(9)).map(
      ({ about }) => `${about?.transition} ${about?.figures?.current?.period}`,
    );
    expect(shown.toSorted()).toEqual(['acknowledged undefined', 'opened undefined', 'resolved undefined']);
  });

  it('is over by itself when the pace recovers', async () => {
    await create(`${AFTER_1}${PACE}`, BEHIND);
    await read('2026-11-18');
    site.write(rows({ ...BEHIND, '2026-11-18': 30 }));
    await read('2026-11-19');
    expect(await told()).toEqual(['opened 2026-11', 'resolved 2026-11']);
  });

  it('says nothing by a bad first day, nor before half of it was read', async () => {
    await create(`${AFTER_1}${PACE}`, { ...GOOD, '2026-11-01': 0, '2026-11-13': 1 });
    await read('2026-11-02');
    await read('2026-11-14');
    expect(await told()).toEqual([]);
  });

  it('says so earlier where that is asked for', async () => {
    await create(`${AFTER_1}    alerts: { pace: { from_percent: 20 } }\n`, { ...GOOD, '2026-11-06': 1 });
    await read('2026-11-07');
    expect(await site.openAlerts()).toEqual([NOVEMBER]);
  });

  it('goes by what was read, and not by the days since a source stands still', async () => {
    await create(`${AFTER_1}${PACE}`, { ...GOOD, '2026-11-05': 10 });
    await read('2026-11-25');
    expect(await told()).toEqual([]);
  });

  it('goes by the read where no rows mean that nothing was', async () => {
    await create(`${AFTER_1}${PACE}    empty_means_zero: true\n`, { ...GOOD, '2026-11-05': 10 });
    await read('2026-11-25');
    expect(await site.openAlerts()).toEqual([NOVEMBER]);
  });

  it('stands as it is of what does not grow', async () => {
    await create(`${AFTER_1}${PACE}`, { ...GOOD, '2026-11-10': 20, '2026-11-17': 100 });
    site.write({
      'scorecards/company.yaml': scorecardFile(
        measureOf('sales', 'sales', 'monthly', `${AFTER_1}${PACE}`).replace('sum: amount', 'avg: amount'),
      ),
    });
    await site.apply();
    await read('2026-11-18');
    expect(await summaries()).toEqual([
      'sales (monthly): 2026-11 would end off track: so far 60.0 EUR against a target of 100',
    ]);
  });
});

describe('at the end of the period', () => {
  const BEHIND = { ...GOOD, '2026-11-17': 20 };
  const begin = async (more = AFTER_1): Promise<void> => {
    await create(`${more}${PACE}`, BEHIND);
    await read('2026-11-18');
    await site.sweep('2026-11-30T23:00:01Z');
  };

  it('the alert goes on untold where it is off track', async () => {
    await begin();
    site.write(rows({ ...BEHIND, '2026-11-30': 20 }));
    await read('2026-12-01');
    await site.sweep('2026-12-01T06:00:00Z');
    expect(await site.standing('company/sales')).toContain('2026-11 off_track 40');
    expect(await site.openAlerts()).toEqual([NOVEMBER]);
    expect(await told()).toEqual(['opened 2026-11']);
  });

  it('the alert is over when the last read has mended it, and not at midnight', async () => {
    await begin();
    expect(await site.openAlerts()).toEqual([NOVEMBER]);
    site.write(rows({ ...BEHIND, '2026-11-30': 90 }));
    await read('2026-12-01');
    expect(await told()).toEqual(['opened 2026-11', 'resolved 2026-11']);
  });

  it('what a person resolved at its pace is not told again, as it went no further', async () => {
    await begin();
    const act = {
      alert: { kind: 'off_track', subject: 'measure/company/sales', period: '2026-11' },
      transition: 'resolved',
      author: 'robin',
      reason: 'agreed',
      at: '2026-11-30T23:10:00Z',
    } as const;
    const { composeAlert } = site.services;
    const telling = { config: site.config(), recordedAt: '2026-11-30T23:10:00Z', composeAlert };
    expect(await actOnAlert(site.store, telling, act)).toMatchObject({ dismissedThrough: '2026-12-01' });
    await read('2026-12-01');
    await site.sweep('2026-12-01T06:00:00Z');
    expect(await site.openAlerts()).toEqual([]);
  });
});

describe('with more than one period', () => {
  const OCTOBER_BAD = { '2026-09-10': 120, '2026-10-10': 50 };

  it('counts as one more in a row, from the first of them on', async () => {
    await create(`    off_track_after: 2\n${PACE}`, { ...OCTOBER_BAD, '2026-11-17': 20 });
    await read('2026-11-18');
    expect(await site.openAlerts()).toEqual(['off_track measure/company/sales 2026-10']);
    expect(await summaries()).toEqual([
      'sales (monthly): off track since 2026-10, 2 periods in a row with 2026-11: at this pace 35.3 EUR against a target of 100 by 2026-11-30',
    ]);
  });

  it('raises nothing where too few are before it', async () => {
    await create(`    off_track_after: 3\n${PACE}`, { ...OCTOBER_BAD, '2026-11-17': 20 });
    await read('2026-11-18');
    expect(await told()).toEqual([]);
  });

  it('counts among the newest of n of m', async () => {
    await create(`    off_track_after: { periods: 2, of: 3 }\n${PACE}`, {
      ...{ '2026-09-10': 50, '2026-10-10': 120, '2026-11-17': 20 },
    });
    await read('2026-11-18');
    expect(await site.openAlerts()).toEqual(['off_track measure/company/sales 2026-09']);
  });

  it('ends no alert of closed periods by a good pace', async () => {
    await create(`${AFTER_1}${PACE}`, { ...OCTOBER_BAD, '2026-11-17': 90 });
    await read('2026-11-18');
    await site.sweep('2026-11-18T06:00:00Z');
    expect(await site.openAlerts()).toEqual(['off_track measure/company/sales 2026-10']);
  });
});

const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
alerts: { off_track_after: 1, pace: on }
channels: { journal: { kind: file, path: data/alerts.log } }
`;

describe('asked for by the site', () => {
  const BEHIND = { ...GOOD, '2026-11-17': 20 };

  it('holds for every measure that does not say otherwise', async () => {
    await create('', BEHIND, SITE);
    await read('2026-11-18');
    expect(await site.openAlerts()).toEqual([NOVEMBER]);
  });

  it('does not hold for one that turns it off, nor for one whose values say nothing of it', async () => {
    await create('    alerts: { pace: off }\n', BEHIND, SITE);
    const distinct = measureOf('kinds', 'sales', 'monthly').replace('sum: amount', 'count_distinct: code');
    const off = measureOf('sales', 'sales', 'monthly', '    alerts: { pace: off }\n');
    const onlyPace = distinct.replace('value: 100', 'value: 1');
    site.write({
      'scorecards/company.yaml': scorecardFile(off, onlyPace.replace('higher-is-better', 'lower-is-better')),
    });
    await site.apply();
    await read('2026-11-18');
    expect(await site.openAlerts()).toEqual([]);
  });
});
