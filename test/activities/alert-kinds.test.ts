// The kinds of alerts through real runs, sweeps and store: what turns them on and off, and what each tells.
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

const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
due: { business_days: 5, grace_days: 3 }
channels: { journal: { kind: file, path: data/alerts.log } }
`;

/** Sales by month of 2026. */
const csv = (byMonth: Readonly<Record<string, number | string>>): string =>
  `day,code,amount\n${Object.entries(byMonth)
    .map(([month, amount]) => `2026-${month}-10,a,${amount}\n`)
    .join('')}`;

const sales = (more = '', target = '[{ from: 2020-01, value: 100 }]'): string =>
  scorecardFile(measureOf('sales', 'sales', 'monthly', more).replace('[{ from: 2020-01, value: 100 }]', target));

const files = (scorecard: string, source: string, alerts = ''): Readonly<Record<string, string>> => ({
  'site.yaml': `${SITE}${alerts}`,
  'extracts/all.yaml': extractsFile(extractOf('sales')),
  'scorecards/company.yaml': scorecard,
  'sources/sales.csv': source,
});

/** `transition kind period` of all that was told, in the order it happened. */
const told = async (): Promise<string[]> =>
  (await site.store.models.alertHistory(50))
    .flatMap(({ kind, period, history }) =>
      history.map(({ at, transition }) => ({ at, text: `${transition} ${kind} ${period}` })),
    )
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ text }) => text);

const reasons = async (): Promise<string[]> =>
  (await site.store.models.alertHistory(50)).flatMap(({ history }) => history.at(-1)?.reason ?? []);

describe('a kind that is turned off', () => {
  const withoutTarget = (more = '') => sales(more, '[{ from: 2020-01, until: 2026-09, value: 100 }]');

  it('for one measure raises nothing there', async () => {
    const off = withoutTarget('    alerts: { kinds: { target_missing: off } }\n');
    site = await createSmallSite(files(off, csv({ '09': 120, '10': 120 })));
    await site.collect('2026-11-20T05:30:00Z');
    await site.sweep('2026-11-20T05:35:00Z');
    expect(await told()).toEqual([]);
  });

  it('ends what stands, in words that say so, and tells it anew when it is on again', async () => {
    site = await createSmallSite(files(withoutTarget(), csv({ '09': 120, '10': 120 })));
    await site.collect('2026-11-20T05:30:00Z');
    site.write({ 'site.yaml': `${SITE}alerts: { kinds: { target_missing: off } }\n` });
    await site.apply();
    await site.sweep('2026-11-20T06:00:00Z');
    await site.sweep('2026-11-20T06:05:00Z');
    expect(await told()).toEqual(['opened target_missing 2026-10', 'resolved target_missing 2026-10']);
    expect(await reasons()).toEqual(['alerts of this kind were turned off for it']);
    site.write({
      'scorecards/company.yaml': withoutTarget('    alerts: { kinds: { target_missing: on } }\n'),
    });
    await site.apply();
    await site.sweep('2026-11-20T07:00:00Z');
    expect((await told()).at(-1)).toBe('reopened target_missing 2026-10');
  });

  it('missing: what is overdue stays late, and is told once', async () => {
    const on = '    alerts: { kinds: { missing: off } }\n';
    site = await createSmallSite(files(sales(on), csv({ '09': 120 })));
    await site.collect('2026-11-06T05:30:00Z');
    for (const day of ['09', '12', '20']) await site.sweep(`2026-11-${day}T05:35:00Z`);
    expect(await told()).toEqual(['opened late 2026-10']);
  });

  it('source_failed: what waits for the source speaks for itself', async () => {
    site = await createSmallSite(files(sales(), csv({ '09': 120 }), 'alerts: { kinds: { source_failed: off } }\n'));
    await site.collect('2026-11-06T05:30:00Z');
    const configRevision = site.config().revision;
    const logicalTime = '2026-11-09T05:30:00Z';
    const { runId } = await site.steps.planRun({
      group: 'files-day-0630',
      configRevision,
      logicalTime,
      trigger: 'once',
    });
    const failure = { kind: 'timeout', code: 'SOURCE_TIMED_OUT', message: 'it took too long' } as const;
    await site.steps.recordPullFailure({ runId, extracts: ['sales'], failure });
    await site.steps.scoreRun({ runId });
    await site.steps.assessRun({ runId });
    expect(await told()).toEqual(['opened late 2026-10']);
  });
});

describe('a status that goes on', () => {
  const news = 'alerts: { kinds: { worsened: on, improved: on } }\n';

  it('is news of each period, over with the next, and not told again', async () => {
    site = await createSmallSite(files(sales(), csv({ '08': 120, '09': 95 }), news));
    await site.collect('2026-10-20T05:30:00Z');
    await site.sweep('2026-10-20T05:35:00Z');
    site.write({ 'sources/sales.csv': csv({ '08': 120, '09': 95, '10': 50 }) });
    await site.collect('2026-11-20T05:30:00Z');
    await site.sweep('2026-11-20T05:35:00Z');
    site.write({ 'sources/sales.csv': csv({ '08': 120, '09': 95, '10': 50, '11': 130 }) });
    await site.collect('2026-12-20T05:30:00Z');
    expect((await told()).toSorted()).toEqual([
      'opened improved 2026-11',
      'opened worsened 2026-09',
      'opened worsened 2026-10',
      'resolved worsened 2026-09',
      'resolved worsened 2026-10',
    ]);
  });

  it('is off track in the words of off_track alone, where one period is enough for it', async () => {
    site = await createSmallSite(files(sales('    off_track_after: 1\n'), csv({ '09': 120, '10': 50 }), news));
    await site.collect('2026-11-20T05:30:00Z');
    site.write({ 'sources/sales.csv': csv({ '09': 120, '10': 50, '11': 130 }) });
    await site.collect('2026-12-20T05:30:00Z');
    expect(await told()).toEqual(['opened off_track 2026-10', 'resolved off_track 2026-10']);
  });

  it('is told at risk after so many periods, where that is asked for', async () => {
    const on = '    alerts: { kinds: { at_risk: on }, at_risk_after: 2 }\n';
    site = await createSmallSite(files(sales(on), csv({ '08': 120, '09': 95, '10': 95 })));
    await site.collect('2026-11-20T05:30:00Z');
    await site.sweep('2026-11-20T05:35:00Z');
    expect(await told()).toEqual(['opened at_risk 2026-09']);
  });
});

describe('an off-track period without a note', () => {
  it('is told after its days, and is over as soon as somebody wrote why', async () => {
    const on = '    alerts: { kinds: { note_missing: on }, note_after_days: 5 }\n';
    site = await createSmallSite(files(sales(on), csv({ '09': 120, '10': 50 })));
    await site.collect('2026-11-06T05:30:00Z');
    // Due on Friday 6 November, at its end.
    await site.sweep('2026-11-11T22:00:00Z');
    expect(await told()).toEqual([]);
    await site.sweep('2026-11-12T05:30:00Z');
    expect(await told()).toEqual(['opened note_missing 2026-10']);
    await site.store.write((writer) =>
      writer.addNote({
        ...{ node: 'company/sales', periodId: '2026-10', text: 'The shop was shut.', author: 'robin' },
        writtenAt: '2026-11-12T08:00:00Z',
      }),
    );
    await site.sweep('2026-11-12T08:05:00Z');
    expect(await told()).toEqual(['opened note_missing 2026-10', 'resolved note_missing 2026-10']);
    expect(await reasons()).toEqual(['there is a note, or nothing to explain any more']);
  });
});

describe('rejected rows', () => {
  const bad = (rejected: number): string => {
    const rows = Array.from({ length: rejected }, (_, index) => `2026-10-1${index},a,1.234.5`);
    return `${csv({ '09': 120, '10': 120 })}${rows.join('\n')}\n`;
  };

  it('are told once to the owner of the connection, and are over when a read has none', async () => {
    site = await createSmallSite(files(sales(), bad(1)));
    await site.collect('2026-11-20T05:30:00Z');
    await site.collect('2026-11-21T05:30:00Z');
    await site.sweep('2026-11-21T05:35:00Z');
    expect(await told()).toEqual(['opened rejects 2026-11-20T05:30:00Z']);
    const [alert] = await site.store.read.alerts({ state: 'open' });
    expect(alert).toMatchObject({
      subject: 'extract/sales',
      owner: 'robin',
      summary: 'The extract "sales": 1 of 3 rows was rejected',
    });
    expect(alert?.details[0]).toContain('sales.csv:4, column "amount": ');
    site.write({ 'sources/sales.csv': csv({ '09': 120, '10': 120 }) });
    await site.collect('2026-11-22T05:30:00Z');
    expect((await told()).at(-1)).toBe('resolved rejects 2026-11-20T05:30:00Z');
  });

  it('are let pass up to the number that the extract allows', async () => {
    site = await createSmallSite({
      ...files(sales(), bad(1)),
      'extracts/all.yaml': extractsFile(extractOf('sales', '    alerts: { rejects_over: { rows: 1 } }\n')),
    });
    await site.collect('2026-11-20T05:30:00Z');
    expect(await told()).toEqual([]);
    site.write({ 'sources/sales.csv': bad(2) });
    await site.collect('2026-11-21T05:30:00Z');
    expect(await told()).toEqual(['opened rejects 2026-11-21T05:30:00Z']);
  });

  it('stay told while the source fails, without a word', async () => {
    site = await createSmallSite(files(sales(), bad(1)));
    await site.collect('2026-11-20T05:30:00Z');
    const configRevision = site.config().revision;
    const logicalTime = '2026-11-21T05:30:00Z';
    const { runId } = await site.steps.planRun({
      group: 'files-day-0630',
      configRevision,
      logicalTime,
      trigger: 'once',
    });
    const failure = { kind: 'timeout', code: 'SOURCE_TIMED_OUT', message: 'it took too long' } as const;
    await site.steps.recordPullFailure({ runId, extracts: ['sales'], failure });
    await site.steps.scoreRun({ runId });
    await site.steps.assessRun({ runId });
    expect(await site.openAlerts()).toEqual([
      'rejects extract/sales 2026-11-20T05:30:00Z',
      'source_failed connection/files 2026-11-21T05:30:00Z',
    ]);
    await site.collect('2026-11-22T05:30:00Z');
    expect(await site.openAlerts()).toEqual(['rejects extract/sales 2026-11-20T05:30:00Z']);
  });
});
