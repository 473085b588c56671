// Measures made of others: computed in the run that changed what they are made of, once, and only then.
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

const derivedOf = (id: string, from: string, frequency = 'monthly', more = ''): string => `  - id: ${id}
    name: ${id}
    objective: grow
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: ${frequency}
    from: ${from}
    targets: [{ from: 2020-01, value: 100 }]
${more}`;

const coded = (id: string, code: string, frequency = 'monthly'): string =>
  measureOf(id, 'sales', frequency).replace('sum: amount', `sum: amount, where: code = '${code}'`);

const withMeasures = (rows: string, ...measures: string[]): Promise<SmallSite> =>
  createSmallSite({
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(...measures),
    'sources/sales.csv': `${HEADER}${rows}`,
  });

const AT = '2026-11-20T06:30:00Z';

describe('a formula', () => {
  const margin = derivedOf('margin', '{ formula: 100 * profit / revenue }').replace('unit: EUR', 'unit: percent');

  it('is computed and scored in the run that brought its inputs, with what it was made of as evidence', async () => {
    site = await withMeasures(
      '2026-09-10,p,20\n2026-09-11,r,80\n2026-10-10,p,90\n2026-10-11,r,60\n',
      coded('profit', 'p'),
      coded('revenue', 'r'),
      margin,
    );
    await site.collect(AT);
    expect(await site.standing('company/margin')).toEqual(['2026-09 off_track 25', '2026-10 on_track 150']);
    const [first] = await site.store.read.currentActuals(['company/margin'], '2026-09-01');
    expect(first?.evidence.derived).toMatchObject({
      text: '100 * profit / revenue',
      partial: false,
      inputs: [
        { name: 'profit', measure: 'company/profit', period: '2026-09', value: '20' },
        { name: 'revenue', measure: 'company/revenue', period: '2026-09', value: '80' },
      ],
    });
  });

  it('writes nothing when it is computed again from the same', async () => {
    site = await withMeasures(
      '2026-10-10,p,90\n2026-10-11,r,60\n',
      coded('profit', 'p'),
      coded('revenue', 'r'),
      margin,
    );
    await site.collect(AT);
    const again = await site.collect('2026-11-21T06:30:00Z');
    expect(again).toMatchObject({ revisions: 0, scoresChanged: 0 });
    expect(await site.store.models.explain('company/margin', '2026-10')).toMatchObject({
      revisions: [{ value: '150' }],
    });
  });

  it('follows a restated input with a restatement of its own, and leaves the other periods alone', async () => {
    site = await withMeasures(
      '2026-09-10,p,20\n2026-09-11,r,80\n2026-10-10,p,90\n2026-10-11,r,60\n',
      coded('profit', 'p'),
      coded('revenue', 'r'),
      margin,
    );
    await site.collect(AT);
    site.write({
      'sources/sales.csv': `${HEADER}2026-09-10,p,40\n2026-09-11,r,80\n2026-10-10,p,90\n2026-10-11,r,60\n`,
    });
    await site.collect('2026-11-21T06:30:00Z');
    const of = async (period: string) =>
      (await site.store.models.explain('company/margin', period)).revisions.map(({ reason, value }) => [reason, value]);
    expect(await of('2026-09')).toEqual([
      ['first', '25'],
      ['restated', '50'],
    ]);
    expect(await of('2026-10')).toEqual([['first', '150']]);
  });

  it('takes its value back when its inputs give none any more, and gives it again when they do', async () => {
    const rows = (revenue: number): string => `${HEADER}2026-10-10,p,90\n2026-10-11,r,${revenue}\n`;
    site = await withMeasures(rows(60).slice(HEADER.length), coded('profit', 'p'), coded('revenue', 'r'), margin);
    await site.collect(AT);
    site.write({ 'sources/sales.csv': rows(0) });
    await site.collect('2026-11-21T06:30:00Z');
    expect(await site.standing('company/margin')).toEqual(['2026-10 insufficient_data -']);
    expect((await site.store.read.currentScores(['company/margin'], '2026-10-01'))[0]?.reason).toContain(
      'divides by 0',
    );
    site.write({ 'sources/sales.csv': rows(60) });
    await site.collect('2026-11-22T06:30:00Z');
    expect(await site.standing('company/margin')).toEqual(['2026-10 on_track 150']);
    const { revisions } = await site.store.models.explain('company/margin', '2026-10');
    expect(revisions.map(({ value }) => value)).toEqual(['150', undefined, '150']);
  });

  it('waits for an input that is not there, and is late like a value of its own', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales'), extractOf('costs')),
      'scorecards/company.yaml': scorecardFile(
        measureOf('revenue', 'sales', 'monthly'),
        measureOf('cost', 'costs', 'monthly'),
        derivedOf('profit', '{ formula: revenue - cost }'),
      ),
      'sources/sales.csv': `${HEADER}2026-09-10,a,300\n2026-10-10,a,300\n`,
      'sources/costs.csv': `${HEADER}2026-09-10,a,100\n`,
    });
    await site.collect('2026-11-08T06:30:00Z');
    expect(await site.standing('company/profit')).toEqual(['2026-09 on_track 200', '2026-10 late -']);
    site.write({ 'sources/costs.csv': `${HEADER}2026-09-10,a,100\n2026-10-10,a,250\n` });
    await site.collect('2026-11-09T06:30:00Z');
    expect(await site.standing('company/profit')).toEqual(['2026-09 on_track 200', '2026-10 off_track 50']);
  });

  it('is judged where coalesce or if does without the input that is not there', async () => {
    site = await createSmallSite({
      'extracts/all.yaml': extractsFile(extractOf('sales'), extractOf('costs')),
      'scorecards/company.yaml': scorecardFile(
        measureOf('a', 'sales', 'monthly'),
        measureOf('b', 'costs', 'monthly'),
        derivedOf('co', '{ formula: "coalesce(a, 5)" }'),
        derivedOf('iff', '{ formula: "if(b > 0, b, a)" }'),
      ),
      'sources/sales.csv': `${HEADER}2026-09-10,a,300\n`,
      'sources/costs.csv': `${HEADER}2026-09-10,a,100\n2026-10-10,a,100\n`,
    });
    await site.collect(AT);
    expect(await site.standing('company/co')).toEqual(['2026-09 on_track 300', '2026-10 off_track 5']);
    expect(await site.standing('company/iff')).toEqual(['2026-09 on_track 100', '2026-10 on_track 100']);
  });

  it('puts nothing in place of an input before that is due, and is judged by what stands in from then on', async () => {
    site = await withMeasures(
      '2026-08-10,a,100\n2026-09-10,a,300\n',
      coded('a', 'a'),
      derivedOf('z', '{ formula: a + 0, missing: zero }', 'monthly', '    off_track_after: 1\n'),
      derivedOf('ytd', '{ measure: a, over: year_to_date, missing: { carry_forward: 1 } }'),
    );
    // October is due on the fifth working day of November, which is the 6th.
    await site.collect('2026-11-03T06:30:00Z');
    expect(await site.standing('company/z')).toEqual([
      '2026-08 on_track 100',
      '2026-09 on_track 300',
      '2026-10 not_due -',
    ]);
    expect((await site.standing('company/ytd')).at(-1)).toBe('2026-10 not_due -');
    expect(await site.openAlerts()).toEqual([]);
    await site.sweep('2026-11-06T06:30:00Z');
    expect((await site.standing('company/z')).at(-1)).toBe('2026-10 not_due -');
    await site.sweep('2026-11-07T06:30:00Z');
    expect((await site.standing('company/z')).at(-1)).toBe('2026-10 off_track 0');
    // It lacks January to July, of which nothing is known: 100 + 300 + 300.
    expect((await site.standing('company/ytd')).at(-1)).toBe('2026-10 insufficient_data 700');
    expect(await site.openAlerts()).toEqual(['late measure/company/a 2026-10', 'off_track measure/company/z 2026-10']);
    const { revisions } = await site.store.models.explain('company/z', '2026-10');
    await site.sweep('2026-11-08T06:30:00Z');
    expect((await site.store.models.explain('company/z', '2026-10')).revisions).toEqual(revisions);
  });

  it('is computed anew by the sweep when only its text has changed', async () => {
    site = await withMeasures(
      '2026-10-10,p,90\n2026-10-11,r,60\n',
      coded('profit', 'p'),
      coded('revenue', 'r'),
      margin,
    );
    await site.collect(AT);
    site.write({
      'scorecards/company.yaml': scorecardFile(
        coded('profit', 'p'),
        coded('revenue', 'r'),
        margin.replace('100 * profit / revenue', 'profit - revenue').replace('unit: percent', 'unit: EUR'),
      ),
    });
    await site.apply();
    await site.sweep('2026-11-21T06:30:00Z');
    expect(await site.standing('company/margin')).toEqual(['2026-10 off_track 30']);
  });
});

describe('a window', () => {
  it('adds up the year to date, says what is missing in it, and does not judge a part by the target of the whole', async () => {
    site = await withMeasures(
      '2026-07-10,a,10\n2026-08-10,a,20\n2026-10-10,a,40\n',
      measureOf('sales', 'sales', 'monthly'),
      derivedOf('to-date', '{ measure: sales, over: year_to_date }'),
      derivedOf('rolling', '{ measure: sales, over: { rolling: 2 } }'),
    );
    await site.collect(AT);
    expect(await site.standing('company/to-date')).toEqual([
      '2026-07 insufficient_data 10',
      '2026-08 insufficient_data 30',
      '2026-09 missing -',
      '2026-10 insufficient_data 70',
    ]);
    const october = (await site.store.read.currentActuals(['company/to-date'], '2026-10-01'))[0];
    expect(october?.evidence.derived).toMatchObject({ partial: true });
    expect((await site.standing('company/rolling')).at(-1)).toBe('2026-10 insufficient_data 40');
  });

  it('divides sums over a window of ratios, and is another value where only the sides have changed', async () => {
    const share = measureOf('share', 'sales', 'monthly').replace(
      'sum: amount',
      "ratio: { numerator: { sum: amount, where: code = 'n' }, denominator: { sum: amount, where: code = 'd' } }",
    );
    site = await withMeasures(
      '2026-09-10,n,1\n2026-09-10,d,2\n2026-10-10,n,30\n2026-10-10,d,10\n',
      share,
      derivedOf('to-date', '{ measure: share, over: year_to_date }'),
    );
    await site.collect(AT);
    expect((await site.standing('company/to-date')).at(-1)).toBe('2026-10 insufficient_data 2.58333333333333333333');
    // Half of twice as much is half, too; but it weighs twice as much.
    site.write({
      'sources/sales.csv': `${HEADER}2026-09-10,n,10\n2026-09-10,d,20\n2026-10-10,n,30\n2026-10-10,d,10\n`,
    });
    await site.collect('2026-11-21T06:30:00Z');
    expect(await site.standing('company/share')).toEqual(['2026-09 off_track 0.5', '2026-10 off_track 3']);
    expect((await site.standing('company/to-date')).at(-1)).toBe('2026-10 insufficient_data 1.33333333333333333333');
  });

  it('is partial where what it is made of is, and so is not judged', async () => {
    site = await withMeasures(
      '2026-07-10,a,10\n2026-08-10,a,20\n2026-10-10,a,40\n',
      measureOf('sales', 'sales', 'monthly'),
      derivedOf('to-date', '{ measure: sales, over: { rolling: 2 } }'),
      derivedOf('double', '{ formula: 2 * to_date }'),
    );
    await site.collect(AT);
    expect(await site.standing('company/double')).toEqual([
      '2026-07 insufficient_data 20',
      '2026-08 off_track 60',
      '2026-09 missing -',
      '2026-10 insufficient_data 80',
    ]);
  });

  it('adds up to date what was only lifted, as that adds up itself', async () => {
    site = await withMeasures(
      ['01', '02', '03', '04', '05', '06', '07', '08', '09'].map((month) => `2026-${month}-10,a,10\n`).join(''),
      measureOf('sales', 'sales', 'monthly'),
      derivedOf('quarterly', '{ measure: sales }').replace('frequency: monthly', 'frequency: quarterly'),
      derivedOf('year', '{ measure: quarterly, over: year_to_date }').replace(
        'frequency: monthly',
        'frequency: quarterly',
      ),
    );
    await site.collect(AT);
    const values = await site.store.read.currentActuals(['company/year'], '2026-01-01');
    expect(values.map(({ period, value }) => `${period.id} ${value}`)).toEqual([
      '2026-Q1 30',
      '2026-Q2 60',
      '2026-Q3 90',
    ]);
  });

  it('lifts weeks to months, and is made of what is below it in one run', async () => {
    site = await withMeasures(
      '2026-10-01,a,0\n2026-10-06,a,10\n2026-10-13,a,20\n2026-10-20,a,30\n2026-10-27,a,40\n',
      measureOf('weekly', 'sales', 'weekly'),
      derivedOf('monthly', '{ measure: weekly }'),
      derivedOf('double', '{ formula: 2 * monthly }'),
    );
    await site.collect(AT);
    expect(await site.standing('company/double')).toEqual(['2026-10 on_track 200']);
  });
});

describe('a target from an extract', () => {
  const planned = (rows: string) => ({
    'extracts/all.yaml': extractsFile(extractOf('sales'), extractOf('plans')),
    'scorecards/company.yaml': scorecardFile(
      measureOf('sales', 'sales', 'monthly').replace(
        'targets: [{ from: 2020-01, value: 100 }]',
        'targets: { from: { extract: plans, last: amount } }',
      ),
    ),
    'sources/sales.csv': `${HEADER}2026-09-10,a,50\n2026-10-10,a,50\n`,
    'sources/plans.csv': `${HEADER}${rows}`,
  });

  it('is what the value is held to, period by period, and no target where the plan has none', async () => {
    site = await createSmallSite(planned('2026-09-01,a,40\n'));
    await site.collect(AT);
    expect(await site.standing('company/sales')).toEqual(['2026-09 on_track 50', '2026-10 no_target 50']);
  });

  it('scores anew when only the plan has changed', async () => {
    site = await createSmallSite(planned('2026-09-01,a,40\n2026-10-01,a,40\n'));
    await site.collect(AT);
    expect(await site.standing('company/sales')).toEqual(['2026-09 on_track 50', '2026-10 on_track 50']);
    site.write({ 'sources/plans.csv': `${HEADER}2026-09-01,a,40\n2026-10-01,a,100\n` });
    await site.collect('2026-11-21T06:30:00Z');
    expect(await site.standing('company/sales')).toEqual(['2026-09 on_track 50', '2026-10 off_track 50']);
  });
});

describe('a period with too few observations', () => {
  it('keeps its value and has no score, and says how many there were', async () => {
    const expecting = measureOf(
      'sales',
      'sales',
      'monthly',
      '    expects: { observations: 4, of: rows, minimum: 0.75 }\n',
    );
    site = await withMeasures('2026-09-10,a,50\n2026-09-11,a,50\n2026-09-12,a,50\n2026-10-10,a,150\n', expecting);
    await site.collect(AT);
    expect(await site.standing('company/sales')).toEqual(['2026-09 on_track 150', '2026-10 insufficient_data 150']);
    const scores = await site.store.read.currentScores(['company/sales'], '2026-10-15');
    expect(scores[0]?.reason).toBe('1 of 4 expected observations: 25 % where 75 % are needed');
  });
});

describe('one definition for many units', () => {
  const units = `units:
  shops:
    list:
      - { id: north }
      - { id: s1, parent: north, attributes: { goal: 10 } }
      - { id: s2, parent: north, key: '2', attributes: { goal: 40 } }
      - { id: s3, attributes: { goal: 5 } }
`;
  const card = (parentsBy: string): string =>
    scorecardFile(
      measureOf('sales', 'sales', 'monthly')
        .replace('sum: amount', 'sum: amount, unit: { column: code }')
        .replace('[{ from: 2020-01, value: 100 }]', '{ attribute: goal }'),
    ).replace('frequency: monthly }', `frequency: monthly, for_each: shops, parents_by: ${parentsBy} }`);
  const files = (parentsBy: string) => ({
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'units.yaml': units,
    'scorecards/company.yaml': card(parentsBy),
    'sources/sales.csv': `${HEADER}2026-10-10,s1,20\n2026-10-11,2,10\n2026-10-12,s3,5\n2026-10-13,nobody,7\n`,
  });

  it('gives each unit its own value, target and score, and counts rows of no unit', async () => {
    site = await createSmallSite(files('score'));
    const run = await site.collect(AT);
    expect(await site.standing('company/s1/sales')).toEqual(['2026-10 on_track 20']);
    expect(await site.standing('company/s2/sales')).toEqual(['2026-10 off_track 10']);
    expect(await site.standing('company/s3/sales')).toEqual(['2026-10 on_track 5']);
    const [pull] = await site.store.read.pulls(run.runId);
    expect(pull).toMatchObject({ balance: { seen: 4, used: 3, skipped: { unknown_unit: 1 } } });
    expect(pull?.notes).toContain('There is no unit for "nobody": 1 row belongs to none.');
  });

  it('rolls units up to those above them, and all of them to the definition', async () => {
    site = await createSmallSite(files('score'));
    await site.collect(AT);
    const at = async (node: string) =>
      (await site.store.read.currentScores([node], '2026-10-15')).find(({ period }) => period.id === '2026-10')?.score;
    expect([await at('company/s1'), await at('company/s2'), await at('company/north'), await at('company')]).toEqual([
      '1',
      '0',
      '0.5',
      '0.75',
    ]);
  });

  it('makes the value of a unit of those below it where the definition says so', async () => {
    site = await createSmallSite({
      ...files('value'),
      'units.yaml': units.replace('{ id: north }', '{ id: north, attributes: { goal: 30 } }'),
    });
    await site.collect(AT);
    expect(await site.standing('company/north/sales')).toEqual(['2026-10 on_track 30']);
  });
});
