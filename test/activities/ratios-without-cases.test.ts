// A ratio that was reported with nothing to divide by has no value, and is not missing: in a window, from units below, in a
// formula. All sums are done by hand from the rows.
import { afterEach, describe, expect, it } from 'vitest';
import { createSmallSite, extractsFile, type SmallSite, scorecardFile } from '../support/small-site.js';

let site: SmallSite;
afterEach(() => site.dispose());

const EXTRACT = `  s:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: 's*.csv' }
    time: day
    columns: { day: date, shop: text, amount: { type: decimal, locale: en-US }, n: { type: decimal, locale: en-US } }
`;

const measureOf = (id: string, from: string): string => `  - id: ${id}
    name: ${id}
    objective: grow
    owner: robin
    unit: percent
    direction: higher-is-better
    frequency: monthly
    from: ${from}
    targets: [{ from: 2025-01, value: 10 }]
`;

const RATIO = 'extract: s, ratio: { numerator: { sum: amount }, denominator: { sum: n } }';
const RATE = measureOf('rate', `{ ${RATIO} }`);

/** Rows of shop x from January on: `amount/n`. */
const csv = (...months: readonly string[]): string =>
  `day,shop,amount,n\n${months
    .map((sides, index) => `2026-${String(index + 1).padStart(2, '0')}-10,x,${sides.replace('/', ',')}\n`)
    .join('')}`;

const withRate = (rows: string, ...measures: string[]): Promise<SmallSite> =>
  createSmallSite({
    'extracts/s.yaml': extractsFile(EXTRACT),
    'scorecards/company.yaml': scorecardFile(RATE, ...measures),
    'sources/s.csv': rows,
  });

const WINDOWS = [
  measureOf('rytd', '{ measure: rate, over: year_to_date }'),
  measureOf('rr', '{ measure: rate, over: { rolling: 3 } }'),
];

const AT = '2026-06-20T08:00:00Z';

describe('a window over a ratio', () => {
  it('takes a month without cases for known: the windows are whole, and judged', async () => {
    site = await withRate(csv('10/100', '20/100', '0/0', '30/100', '0/0'), ...WINDOWS);
    await site.collect(AT);
    expect(await site.standing('company/rytd')).toEqual([
      '2026-01 on_track 10',
      '2026-02 on_track 15',
      '2026-03 on_track 15',
      '2026-04 on_track 20',
      '2026-05 on_track 20',
    ]);
    // January and February lack months before the first row; then 30/300, 50/200 and 30/100.
    expect((await site.standing('company/rr')).slice(2)).toEqual([
      '2026-03 on_track 15',
      '2026-04 on_track 25',
      '2026-05 on_track 30',
    ]);
    expect(await site.openAlerts()).toEqual([]);
  });

  it('is computed anew when nothing but a month without cases has come, and only then', async () => {
    site = await withRate(csv('10/100', '20/100'), ...WINDOWS);
    await site.collect('2026-03-20T08:00:00Z');
    site.write({ 'sources/s.csv': csv('10/100', '20/100', '0/0') });
    await site.collect('2026-04-20T08:00:00Z');
    expect((await site.standing('company/rytd')).at(-1)).toBe('2026-03 on_track 15');
    const [recorded] = await site.store.read.noValues(['company/rate'], '2026-01-01');
    expect(await site.collect('2026-04-21T08:00:00Z')).toMatchObject({ revisions: 0, scoresChanged: 0 });
    expect(await site.store.read.noValues(['company/rate'], '2026-01-01')).toEqual([recorded]);
  });

  it('adds what stands above a denominator of 0, and follows it when it changes', async () => {
    site = await withRate(csv('10/100', '20/100', '5/0'), ...WINDOWS);
    await site.collect('2026-04-20T08:00:00Z');
    expect((await site.standing('company/rytd')).at(-1)).toBe('2026-03 on_track 17.5');
    site.write({ 'sources/s.csv': csv('10/100', '20/100', '7/0') });
    await site.collect('2026-04-21T08:00:00Z');
    expect((await site.standing('company/rytd')).at(-1)).toBe('2026-03 on_track 18.5');
  });

  it('has no value where there were no cases in all of it, with that reason', async () => {
    const two = measureOf('two', '{ measure: rate, over: { rolling: 2 } }');
    site = await withRate(csv('1/10', '0/0', '0/0'), two);
    await site.collect('2026-04-20T08:00:00Z');
    expect((await site.standing('company/two')).slice(1)).toEqual([
      '2026-02 on_track 10',
      '2026-03 insufficient_data -',
    ]);
    expect((await site.store.read.currentScores(['company/two'], '2026-03-01'))[0]?.reason).toBe(
      'the source reported, but there is no value: the denominator is 0',
    );
  });
});

describe('a lift of a daily ratio', () => {
  it('takes a day of which nothing was reported for one without cases, where missing: zero says so', async () => {
    const daily = RATE.replace('frequency: monthly', 'frequency: daily').replace('id: rate', 'id: rd');
    const lifted = (id: string, from: string): string =>
      measureOf(id, from).replace('frequency: monthly', 'frequency: weekly');
    // Two weeks from Monday 4 May on: 1/10 and 3/10 are 20 %, 1/10 and 5/20 are 20 %.
    const rows = ['04,x,1,10', '06,x,3,10', '11,x,1,10', '15,x,5,20'].map((row) => `2026-05-${row}\n`).join('');
    site = await createSmallSite({
      'extracts/s.yaml': extractsFile(EXTRACT),
      'scorecards/company.yaml': scorecardFile(
        daily,
        lifted('rw', '{ measure: rd, missing: zero }'),
        lifted('rwp', '{ measure: rd }'),
      ),
      'sources/s.csv': `day,shop,amount,n\n${rows}`,
    });
    await site.collect(AT);
    expect((await site.standing('company/rw')).slice(0, 3)).toEqual([
      '2026-W19 on_track 20',
      '2026-W20 on_track 20',
      '2026-W21 insufficient_data -',
    ]);
    expect((await site.standing('company/rwp')).slice(0, 2)).toEqual([
      '2026-W19 insufficient_data 20',
      '2026-W20 insufficient_data 20',
    ]);
  });
});

describe('a formula over a ratio', () => {
  it('is not missing where the ratio was reported without cases, and no policy makes a 0 of that', async () => {
    const doubled = measureOf('doubled', '{ formula: rate * 2 }');
    const above = measureOf('above', '{ formula: doubled + 1 }');
    const zero = measureOf('zero', '{ formula: rate + 0, missing: zero }');
    site = await withRate(csv('10/100', '0/0'), doubled, above, zero);
    await site.collect('2026-03-20T08:00:00Z');
    expect(await site.standing('company/doubled')).toEqual(['2026-01 on_track 20', '2026-02 insufficient_data -']);
    expect(await site.standing('company/above')).toEqual(['2026-01 on_track 21', '2026-02 insufficient_data -']);
    expect(await site.standing('company/zero')).toEqual(['2026-01 on_track 10', '2026-02 insufficient_data -']);
    expect(await site.openAlerts()).toEqual([]);
  });
});

describe('a ratio of those below', () => {
  const scorecard = (id: string, parent: string | undefined, ...measures: string[]): string =>
    scorecardFile(...measures).replace(
      'id: company, name: Company',
      `id: ${id}, name: ${id}${parent === undefined ? '' : `, parent: ${parent}`}`,
    );
  const shop = (id: string, extract = 's'): string =>
    measureOf('r', `{ ${RATIO.replace(' s,', ` ${extract},`)}, where: shop = '${id}' }`);
  const children = measureOf('r', '{ children: r, combine: ratio }');

  const regions = (rows: string, ofY: string): Promise<SmallSite> =>
    createSmallSite({
      'extracts/s.yaml': extractsFile(EXTRACT, EXTRACT.replace('s:', 't:').replace("'s*", "'t*")),
      'scorecards/top.yaml': scorecard('top', undefined, children),
      'scorecards/north.yaml': scorecard('north', 'top', children),
      'scorecards/x.yaml': scorecard('x', 'north', shop('x')),
      'scorecards/y.yaml': scorecard('y', 'north', shop('y', 't')),
      'scorecards/z.yaml': scorecard('z', 'top', shop('z')),
      'sources/s.csv': `day,shop,amount,n\n${rows}`,
      'sources/t.csv': `day,shop,amount,n\n${ofY}`,
    });

  it('is whole where a unit had no cases', async () => {
    site = await regions('2026-05-10,x,20,20\n2026-05-10,z,4,80\n', '2026-05-10,y,0,0\n');
    await site.collect(AT);
    expect(await site.standing('north/r')).toEqual(['2026-05 on_track 100']);
    expect(await site.standing('top/r')).toEqual(['2026-05 on_track 24']);
    expect(await site.openAlerts()).toEqual([]);
  });

  it('is whole above a region none of whose units had cases', async () => {
    site = await regions('2026-05-10,x,0,0\n2026-05-10,z,4,80\n', '2026-05-10,y,0,0\n');
    await site.collect(AT);
    expect(await site.standing('top/r')).toEqual(['2026-05 off_track 5']);
    expect((await site.store.read.noValues(['north/r'], '2026-05-01'))[0]).toMatchObject({ numerator: '0' });
    expect(await site.openAlerts()).toEqual([]);
  });

  it('is not held for whole above a region of which one had no cases and another has not reported', async () => {
    site = await regions('2026-05-10,x,0,0\n2026-05-10,z,4,80\n', '2026-04-10,y,1,10\n');
    await site.collect(AT);
    expect((await site.standing('north/r')).at(-1)).toBe('2026-05 missing -');
    expect((await site.standing('top/r')).at(-1)).toBe('2026-05 insufficient_data 5');
  });
});
