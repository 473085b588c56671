// Roll-ups from files to the stored scores: the rule of each node, labels, points and ages.
import { afterEach, describe, expect, it } from 'vitest';
import { ruleVersionsOf } from '#src/activities/score/rule-versions.js';
import { createSmallSite, extractOf, extractsFile, type SmallSite } from '../support/small-site.js';

interface Figure {
  readonly id: string;
  readonly amount: string;
  readonly target: string;
  readonly weight?: string;
  readonly frequency?: string;
}

const measure = ({ id, target, weight = '1', frequency = 'monthly' }: Figure): string => `  - id: ${id}
    name: ${id}
    objective: grow
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: ${frequency}
    from: { extract: sales, sum: amount, where: code = '${id}' }
    targets: [{ from: 2020-01, value: ${target} }]
    score: { basis: percent_of_target, knots: [[0, 0], [100, 1]] }
    weight: ${weight}
`;

const card = (
  rollUp: string,
  figures: readonly Figure[],
): string => `scorecard: { id: company, name: Company, owner: robin }
perspectives: [{ id: financial, name: Financial }]
objectives: [{ id: grow, name: Grow, perspective: financial, owner: robin, roll_up: ${rollUp} }]
measures:
${figures.map(measure).join('')}`;

const rows = (figures: readonly Figure[], day: string): string =>
  `day,code,amount\n${figures.map(({ id, amount }) => `${day},${id},${amount}`).join('\n')}\n`;

describe('a rolled-up node', () => {
  let site: SmallSite;
  afterEach(() => site.dispose());

  const open = async (rollUp: string, figures: readonly Figure[], day = '2026-03-10'): Promise<void> => {
    site = await createSmallSite({
      'extracts/sales.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': card(rollUp, figures),
      'sources/sales.csv': rows(figures, day),
    });
    await site.collect('2026-04-20T05:30:00Z');
  };
  const standing = async (node: string, period = '2026-04') =>
    (await site.store.read.currentScores([node], '2020-01-01')).find((score) => score.period.id === period);

  const PAIRS: readonly Figure[] = [
    { id: 'a', amount: '50', target: '55' },
    { id: 'b', amount: '99', target: '100' },
    { id: 'c', amount: '120', target: '100' },
    { id: 'd', amount: '15', target: '22' },
  ];
  const HEALTH = `{
    round_children: { mode: floor, step: 0.01 },
    bands: [{ from: 0.95, label: On Track, status: on_track }, { from: 0.7, label: Behind, status: at_risk }, { label: At Risk, status: off_track }] }`;

  it('rounds its children first and has the label of its band, as the worked case W14 says', async () => {
    await open(HEALTH, PAIRS);
    expect(await standing('company/grow')).toMatchObject({ status: 'at_risk', score: '0.8925', band: 'Behind' });
    const [top] = await site.store.models.scorecardTable();
    expect(top).toMatchObject({ node: 'company', score: '0.8925' });
    expect(top).not.toHaveProperty('band');
  });

  const WEIGHED: readonly Figure[] = [
    { id: 'a', amount: '120', target: '100', weight: '60' },
    { id: 'b', amount: '82.25', target: '100', weight: '40' },
  ];

  it('is held to a target of its own on the sum of points, as the worked case W27 says', async () => {
    await open(
      '{ method: sum_of_points, unclamped: true, bands_on: points, bands: [{ from: 90, status: on_track }, { from: 80, status: at_risk }, { status: off_track }] }',
      WEIGHED,
    );
    expect(await standing('company/grow')).toMatchObject({
      status: 'on_track',
      points: '104.9',
      possible: '100',
      score: '1',
      unclamped: '1.049',
    });
    expect(await standing('company/financial')).toMatchObject({ status: 'on_track', score: '1' });
  });

  it('counts no more than what was to be reached unless its rule says so', async () => {
    await open('{ method: sum_of_points }', WEIGHED);
    expect(await standing('company/grow')).toMatchObject({ points: '92.9', score: '0.929' });
    expect(await standing('company/grow')).not.toHaveProperty('unclamped');
  });

  it('follows a changed rule at the next round, and changes nothing when that is run again', async () => {
    await open('{ method: worst }', PAIRS);
    expect(await standing('company/grow')).toMatchObject({ status: 'off_track' });
    site.write({ 'scorecards/company.yaml': card('{ method: best }', PAIRS) });
    await site.apply();
    await site.collect('2026-04-21T05:30:00Z');
    expect(await standing('company/grow')).toMatchObject({ status: 'on_track', score: '1' });
    expect(await site.collect('2026-04-21T05:30:00Z')).toMatchObject({ scoresChanged: 0 });
  });

  it('makes the history anew where a weight, the method or who counts has changed, and nothing where nothing has', async () => {
    const months = ['2026-01', '2026-02', '2026-03'];
    const figures = (weight: string): readonly Figure[] => [
      { id: 'a', amount: '100', target: '100', weight },
      { id: 'b', amount: '0', target: '100' },
    ];
    const rowsOfMonth = (month: string): string => `${month}-10,a,100\n${month}-10,b,0\n`;
    site = await createSmallSite({
      'extracts/sales.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': card('{ method: weighted_mean }', figures('1')),
      'sources/sales.csv': `day,code,amount\n${months.map(rowsOfMonth).join('')}`,
    });
    const history = async (node: string): Promise<readonly (string | undefined)[]> =>
      Promise.all(months.map(async (month) => (await standing(node, month))?.score));
    const after = async (day: string, rollUp: string, these: readonly Figure[]): Promise<readonly unknown[]> => {
      site.write({ 'scorecards/company.yaml': card(rollUp, these) });
      await site.apply();
      await site.collect(`${day}T05:30:00Z`);
      return [await history('company/grow'), await history('company')];
    };
    await site.collect('2026-04-20T05:30:00Z');
    expect(await history('company')).toEqual(['0.5', '0.5', '0.5']);
    const thrice = (score: string) => [months.map(() => score), months.map(() => score)];
    expect(await after('2026-04-21', '{ method: weighted_mean }', figures('3'))).toEqual(thrice('0.75'));
    expect(await after('2026-04-22', '{ method: worst }', figures('3'))).toEqual(thrice('0'));
    expect(await after('2026-04-23', '{ method: weighted_mean }', figures('3').slice(0, 1))).toEqual(thrice('1'));
    const { config } = site;
    const stored = await site.store.read.currentScores(['company', 'company/financial', 'company/grow'], '2020-01-01');
    const versions = ruleVersionsOf(config(), config().scorecards[0] ?? expect.fail('no scorecard'));
    expect(stored.map(({ node, ruleVersion }) => ruleVersion === versions.get(node))).not.toContain(false);
    expect(await site.collect('2026-04-23T05:30:00Z')).toMatchObject({ scoresChanged: 0 });
    // Never before the first period that was rolled up.
    expect(stored.map(({ period }) => period.id).sort()[0]).toBe('2026-01');
  });

  it('leaves out a child whose last value is too old, and names it with its period', async () => {
    const figures: readonly Figure[] = [
      { id: 'yearly', amount: '100', target: '100', frequency: 'yearly' },
      { id: 'monthly', amount: '50', target: '100' },
    ];
    site = await createSmallSite({
      'extracts/sales.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': card('{ max_age_days: 60 }', figures),
      'sources/sales.csv': 'day,code,amount\n2025-05-05,yearly,100\n2026-01-10,monthly,50\n2026-03-10,monthly,50\n',
    });
    await site.collect('2026-02-20T05:30:00Z');
    expect(await standing('company/grow', '2026-02')).toMatchObject({ score: '0.75', coverage: '1' });
    await site.collect('2026-04-20T05:30:00Z');
    expect(await standing('company/grow', '2026-04')).toMatchObject({
      score: '0.5',
      coverage: '0.5',
      reason: 'without company/yearly (its last value, of 2025, is too old)',
    });
  });
});
