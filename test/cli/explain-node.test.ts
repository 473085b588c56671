// `plumbline explain` of an objective, perspective or scorecard: a reader must be able to compute its score by hand.
import { describe, expect, it } from 'vitest';
import { explain } from '#src/cli/commands/explain.js';
import { runCommand } from '#src/cli/commands/run.js';
import { averageOf, SHOP, shopCard, shopFiles, shopMeasure, withShop, writeFiles } from './shop-folder.js';
import type { WorkingFolder } from './working-folder.js';

const scored = (more = ''): string =>
  `    targets: [{ from: 2020-01, value: 100 }]\n    score: { basis: percent_of_target, knots: [[0, 0], [100, 1]] }\n${more}`;

/** Revenue of weight 2 at 70, fees at 33.333, rent without a value, a memo that is only shown. */
const MEASURES = [
  shopMeasure('revenue', averageOf('a'), scored('    weight: 2\n')),
  shopMeasure('fees', averageOf('b'), scored()),
  shopMeasure('rent', averageOf('c'), scored()),
  shopMeasure('memo', averageOf('a'), '').replace('higher-is-better', 'unscored'),
];
const ROWS = ['2026-10-10,a,70', '2026-10-10,b,33.333'];

const card = (rollUp?: string, measures: readonly string[] = MEASURES): string =>
  shopCard(measures).replace(
    'perspective: money, owner: robin',
    `perspective: money, owner: robin${rollUp === undefined ? '' : `, roll_up: ${rollUp}`}`,
  );

async function said({ run }: WorkingFolder, address = 'company/sell', period?: string): Promise<string> {
  return (await run((context) => explain(context, address, period, SHOP))).out.replace(/\s+/g, ' ');
}

async function dataOf({ run }: WorkingFolder, address: string, period?: string) {
  return JSON.parse((await run((context) => explain(context, address, period, { ...SHOP, json: true }))).out);
}

describe('explain of an objective', () => {
  it('shows what entered, what was left out and why, the rule and the calculation', async () => {
    await withShop(shopFiles(card(), ROWS), async ({ run }) => {
      const { out } = await run((context) => explain(context, 'company/sell', undefined, SHOP));
      expect(
        out.replace(/at \d{4}-\d\d-\d\d \d\d:\d\d\.$/m, 'at ….').replace(/[0-9a-f]{16}/, '…'),
      ).toMatchInlineSnapshot(`
        "Sell (company/sell)

        What it is
          It is an objective. Robin owns it.

        The period 2026-11, from 2026-11-01 to before 2026-12-01 (so far)
          Its status is ▲ at risk, score 57.8 of 100: without company/rent.
          The period is not over: the score is partial, of what stands on 2026-11-23, and may still change.
          The oldest value in it is of 2026-10-31.

        How its score is made
          Its score is the weighted mean of those below. What has no score is left out, and the weights of the others count alone.
          It needs 50 % of the weight below with a score; with less it has none.
          It is on track from 80.0 of 100, at risk from 50.0, else off track.

        What enters: 2 of 4
          - Revenue (company/revenue): score 70, weight 2, ✖ off track, of 2026-10
          - Fees (company/fees): score 33.333, weight 1, ✖ off track, of 2026-10

        What is left out: 2
          - Rent (company/rent): weight 1; missing in 2026-10: no value, past due date and grace
          - Memo (company/memo): it is shown and never scored

        The calculation, scores from 0 to 100
          The score is (2 × 70 + 33.333) ÷ (2 + 1) = about 57.7777.
          That gives ▲ at risk, with a score of 57.8 of 100.
          Its coverage is (2 + 1) ÷ 4 of weight in all = 75 %.

        Where it was computed
          Run files-day-0630@2026-11-23T09:30:00Z (once, done, configuration …) computed it, at ….
        "
      `);
    });
  });

  it('has it as data, full figures and all', async () => {
    await withShop(shopFiles(card(), ROWS), async (folder) => {
      const data = await dataOf(folder, 'company/sell');
      expect(data).toMatchObject({
        node: { address: 'company/sell', kind: 'objective', name: 'Sell' },
        period: { id: '2026-11', open: true },
        score: { status: 'at_risk', score: '0.57777666666666666667', coverage: '0.75' },
        agrees: true,
        seenOn: '2026-11-23',
        outcome: { unrounded: '0.57777666666666666667', status: 'at_risk' },
      });
      expect(
        data.children.map(({ address, weight, enters, status }: Record<string, string>) => [
          address,
          weight,
          enters,
          status,
        ]),
      ).toEqual([
        ['company/revenue', '2', '0.7', 'off_track'],
        ['company/fees', '1', '0.33333', 'off_track'],
        ['company/rent', '1', null, 'missing'],
        ['company/memo', '1', null, 'unscored'],
      ]);
    });
  });

  it.each([
    [
      '{ method: worst }',
      'The worst status is off track, of Revenue, Fees. The lowest score that has it is 33.333, of Fees.',
      'with a score of 33.3 of 100',
    ],
    [
      '{ method: most_frequent }',
      'There are 2 off track: it is off track. The mean of those is (2 × 70 + 33.333) ÷ (2 + 1) = about 57.7777.',
      'with a score of 57.8 of 100',
    ],
    [
      '{ method: best_of, best: 1 }',
      'Of 2 the best count, 1 of them: Revenue. The mean is 2 × 70 ÷ 2 = 70.',
      'with a score of 70.0 of 100',
    ],
    [
      '{ method: sum_of_points, possible: 10 }',
      // Declared are 10 points; rent, of weight 1, has no score, and 10 - 1 = 9 are possible: 1.73333 / 9.
      'The points are 2 × 0.7 + 0.3333 = about 1.7333, each weight times score from 0 to 1. Possible are 9, the declared 10, less 1 of children without a score: 1.7333 ÷ 9 = about 19.2592 of 100.',
      'with a score of 19.3 of 100',
    ],
    [
      '{ round: { mode: half-up, step: 0.1 } }',
      '= about 57.7777. Rounded (half up to steps of 10 of 100) it is 60.',
      'with a score of 60.0 of 100',
    ],
    [
      '{ minimum_children: 3 }',
      'It has no score: 2 children have one, where 3 are needed.',
      'Its status is ∅ insufficient data',
    ],
    [
      '{ minimum_coverage: 0.8 }',
      'It has no score: 75 % of the weight below has one, where 80 % are needed.',
      'Its status is ∅ insufficient data',
    ],
    [
      '{ round_children: { mode: floor, step: 0.5 } }',
      'Revenue (company/revenue): score 70, entering as 50, weight 2, ✖ off track, of 2026-10',
      'The score is (2 × 50 + 0) ÷ (2 + 1) = about 33.3333.',
    ],
  ])('computes by the rule %s', async (rollUp, calculation, result) => {
    await withShop(shopFiles(card(rollUp), ROWS), async (folder) => {
      const text = await said(folder);
      expect(text).toContain(calculation);
      expect(text).toContain(result);
      expect(text).not.toContain('has changed since');
      const { score, outcome, agrees } = await dataOf(folder, 'company/sell');
      expect(agrees).toBe(true);
      expect(outcome?.score ?? null).toBe(score.score ?? null);
    });
  });

  it('does not say that limits give a status which is that of a child', async () => {
    await withShop(shopFiles(card('{ method: worst }'), ROWS), async (folder) => {
      expect(await said(folder)).not.toContain('It is on track from');
    });
  });

  it('says from what an unclamped score was held, and which band it is in', async () => {
    const rollUp =
      '{ unclamped: true, bands: [{ from: 0.9, label: 5 stars, status: on_track }, { label: less, status: off_track }] }';
    await withShop(shopFiles(card(rollUp), ['2026-10-10,a,170', '2026-10-10,b,10']), async (folder) => {
      const text = await said(folder);
      // (2 × 170 + 10) / 3
      expect(text).toContain('Revenue (company/revenue): score 100, entering as 170, weight 2');
      expect(text).toContain('The score is (2 × 170 + 10) ÷ (2 + 1) = about 116.6667. Held to 0 to 100 it is 100.0.');
      expect(text).toContain('That gives ● on track (5 stars), with a score of 100.0 of 100.');
    });
  });

  it('names a child that is too old, and one of which nothing is due yet', async () => {
    const yearly = MEASURES.map((measure) =>
      measure.replace('monthly', measure.includes('fees') ? 'yearly' : 'monthly'),
    );
    const rows = ['2025-05-05,b,100', '2026-10-10,a,70'];
    await withShop(shopFiles(card('{ max_age_days: 60 }', yearly), rows), async (folder) => {
      expect(await said(folder)).toContain(
        'Fees (company/fees): weight 1; its last value, of 2025, is too old to count',
      );
    });
  });

  it('gives the sums alone where there are very many children', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `m${index}`);
    const many = card(
      undefined,
      ids.map((id, index) => shopMeasure(id, averageOf(id), scored(`    weight: ${index + 1}\n`))),
    );
    const rows = ids.map((id) => `2026-10-10,${id},40`);
    await withShop(shopFiles(many, rows), async (folder) => {
      const text = await said(folder);
      // Weights 1 to 25 add up to 325.
      expect(text).toContain('The score is 13000, the sum of weight times score, ÷ 325, the sum of the weights, = 40.');
      expect(text).toContain('Its coverage is the weight that has a score ÷ 325 of weight in all = 100 %.');
      expect(text).toContain('What enters: 25 of 25');
      expect(text).toContain('- and 5 more; all of them: --json');
      expect((await dataOf(folder, 'company/sell')).children).toHaveLength(25);
    });
  });
});

describe('explain of a node', () => {
  it('is by the rule of now where the configuration has changed, and says so', async () => {
    await withShop(shopFiles(card(), ROWS), async (folder) => {
      await folder.edit('acme/scorecards/company.yaml', 'weight: 2', 'weight: 5');
      const text = await said(folder);
      expect(text).toContain('Its status is ▲ at risk, score 57.8 of 100');
      expect(text).toContain('was made by a rule or weights that the configuration has changed since');
      expect(text).toContain('(5 × 70 + 33.333) ÷ (5 + 1)');
      expect((await dataOf(folder, 'company/sell')).agrees).toBe('rule');
    });
  });

  it('finds scorecards, and others by their last part', async () => {
    await withShop(shopFiles(card(), ROWS), async (folder) => {
      expect(await said(folder, 'company')).toContain(
        'Money (company/money): score about 57.7777, weight 1, ▲ at risk, of 2026-11',
      );
      expect(await said(folder, 'money')).toContain('Its coverage is 0.75 × 1 ÷ 1 of weight in all = 75 %.');
      expect(await said(folder, 'sell')).toContain('Sell (company/sell)');
    });
  });

  it('is of a closed period where one is asked for, with what stood at its end', async () => {
    await withShop(shopFiles(card(), ['2026-09-10,a,40', '2026-10-10,a,70']), async (folder) => {
      const text = await said(folder, 'sell', '2026-10');
      expect(text).toContain('The period 2026-10, from 2026-10-01 to before 2026-11-01 ');
      expect(text).toContain('Revenue (company/revenue): score 70, weight 2, ✖ off track, of 2026-10');
      expect(text).not.toContain('so far');
    });
  });

  it('says which periods there are where one has nothing', async () => {
    await withShop(shopFiles(card(), ROWS), async (folder) => {
      const text = await said(folder, 'sell', '2020-01');
      expect(text).toContain(
        'The period 2020-01 It was not rolled up in this period. It has scores or states of 2026-11, 2026-10.',
      );
      expect(await dataOf(folder, 'sell', '2020-01')).toMatchObject({
        score: null,
        children: [],
        known: { newest: ['2026-11', '2026-10'], count: 2 },
      });
    });
  });

  it('refuses a period of another frequency', async () => {
    await withShop(shopFiles(card(), ROWS), async ({ run }) => {
      await expect(run((context) => explain(context, 'sell', '2026-Q4', SHOP))).rejects.toMatchObject({
        code: 'CLI_OTHER_FREQUENCY',
        message: expect.stringContaining('and the objective is monthly'),
      });
    });
  });

  it('says what may be meant by an address that is not there, and which fit one that is not whole', async () => {
    await withShop(shopFiles(card(), ROWS), async (folder) => {
      await expect(folder.run((context) => explain(context, 'mony', undefined, SHOP))).rejects.toMatchObject({
        code: 'CLI_UNKNOWN_MEASURE',
        remedy: 'Did you mean "money"?',
      });
      await writeFiles(folder, { 'acme/scorecards/north.yaml': card().replace('id: company', 'id: north') });
      await expect(folder.run((context) => explain(context, 'sell', undefined, SHOP))).rejects.toMatchObject({
        code: 'CLI_AMBIGUOUS_ADDRESS',
        remedy: 'Use the whole address: company/sell, north/sell.',
      });
    });
  });
});

describe('explain of a scorecard above others', () => {
  const UNITS = `units:
  shops:
    list:
      - { id: north, name: North }
      - { id: a, name: A, parent: north, weight: 3 }
      - { id: b, name: B, parent: north }
`;
  const shops = (parentsBy: string): Readonly<Record<string, string>> => ({
    'acme/units.yaml': UNITS,
    'acme/scorecards/company.yaml': shopCard(
      [shopMeasure('revenue', '{ extract: sales, avg: amount, unit: { column: code } }', scored())],
      `, for_each: shops, parents_by: ${parentsBy}`,
    ),
  });

  it('by score: the scorecards below enter with their weights', async () => {
    await withShop(shopFiles('', ['2026-10-10,a,90', '2026-10-10,b,50'], shops('score')), async (folder) => {
      const text = await said(folder, 'company/north');
      expect(text).toContain('A (company/a): score 90, weight 3');
      // (3 × 90 + 50) / 4
      expect(text).toContain('The score is (3 × 90 + 50) ÷ (3 + 1) = 80.');
      expect((await dataOf(folder, 'company/north')).agrees).toBe(true);
    });
  });

  it('by value: the measures of the unit enter, the scorecards below do not', async () => {
    await withShop(shopFiles('', ['2026-10-10,a,90', '2026-10-10,b,50'], shops('value')), async (folder) => {
      const text = await said(folder, 'company/north');
      expect(text).toContain('What enters: 1 of 1 - Money (company/north/money)');
      expect(text).not.toContain('company/a)');
      expect((await dataOf(folder, 'company/north')).agrees).toBe(true);
    });
  });

  it('notices what has come below it since', async () => {
    await withShop(shopFiles('', ['2026-10-10,a,90', '2026-10-10,b,50'], shops('score')), async (folder) => {
      await folder.edit('in/sales.csv', '2026-10-10,b,50', '2026-10-10,b,70');
      await folder.run((context) => runCommand(context, SHOP), { now: '2026-11-24T09:30:00Z' });
      expect(await said(folder, 'company/north')).toContain('The score is (3 × 90 + 70) ÷ (3 + 1) = 85.');
      expect((await dataOf(folder, 'company/north')).seenOn).toBe('2026-11-24');
    });
  });
});
