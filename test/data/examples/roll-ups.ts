// Methods that make the score of a node of those of its children.
import { canonical, decimal } from '#src/domain/value/decimal.js';
import { collected, measure, monthly } from './case-site.js';
import { COLOURS, type Method, type Outcome } from './method.js';

const objective = (id: string, rollUp: string): string =>
  `  - { id: ${id}, name: ${id}, perspective: financial, owner: robin, roll_up: ${rollUp} }\n`;

/** Children of one month, each a figure that is reported or is not, with a percentage of their target as score. */
const achieved = (id: string, target: number, more: string): string =>
  measure(
    id,
    `from: { extract: figures, last: amount, where: code = '${id}' }
targets: [{ from: 2025, value: ${target} }]
score: { basis: percent_of_target, points: 100, knots: [[0, 0], [100, 100]] }
${more}`,
  );

const STATUS_OF = { high: 100, low: 0 } as const;
const HOW: Readonly<Record<string, string>> = {
  worst: '{ method: worst }',
  best: '{ method: best }',
  most_frequent_worst: '{ method: most_frequent, ties: worst }',
  most_frequent_best: '{ method: most_frequent, ties: best }',
};

export const ROLL_UPS: Readonly<Record<string, Method>> = {
  cascade_objective: ({ pairs, round_children: rounded }: { pairs: [number, number][]; round_children: boolean }) => {
    const rollUp = `{ ${rounded ? 'round_children: { mode: floor, step: 0.01 }, ' : ''}bands: [
      { from: 0.95, label: On Track, status: on_track }, { from: 0.85, label: Behind, status: at_risk }, { label: At Risk, status: off_track }] }`;
    const ids = pairs.map((_, index) => `m${index}`);
    const config = {
      objectives: objective('grow', rollUp),
      measures: pairs.map(([, expected], index) => achieved(`m${index}`, expected, '')),
      rows: pairs.flatMap(([actual], index) => monthly(ids[index] ?? '', [actual])),
      rounds: ['2025-02-20T05:30:00Z'],
    };
    return collected(config, async (ran) => {
      const { score, band } = await ran.standing('grow');
      return [outOf100(score), band ?? null];
    });
  },

  // The scorecard's own target is one on the sum of points, and what is more than reached counts.
  ge_target: ({ a, t }: { a: number; t: number }) => {
    const rollUp = `{ method: sum_of_points, unclamped: true, bands_on: points,
      bands: [{ from: ${t}, status: on_track }, { from: 0, status: at_risk }, { status: off_track }] }`;
    const config = {
      objectives: objective('grow', rollUp),
      measures: [achieved('m', 100, 'weight: 100')],
      rows: monthly('m', [a]),
      rounds: ['2025-02-20T05:30:00Z'],
    };
    return collected(config, async (ran) => (await ran.standing('grow')).status ?? null);
  },

  status_rollup: ({ s, how }: { s: (keyof typeof STATUS_OF)[]; how: string[] }) => {
    const nodes = how.map((method, node) => ({ node, method: HOW[method] ?? method }));
    const children = nodes.flatMap(({ node }) => s.map((status, index) => ({ id: `m${node}-${index}`, node, status })));
    const config = {
      objectives: nodes.map(({ node, method }) => objective(`o${node}`, method)).join(''),
      measures: children.map(({ id, node }) => achieved(id, 100, `objective: o${node}`)),
      rows: children.flatMap(({ id, status }) => monthly(id, [STATUS_OF[status]])),
      rounds: ['2025-02-20T05:30:00Z'],
    };
    return collected(config, async (ran) => {
      const standings = await Promise.all(nodes.map(({ node }) => ran.standing(`o${node}`)));
      return standings.map(
        ({ status = 'unscored' }) => ({ ...COLOURS, on_track: 'high', off_track: 'low' })[status as 'on_track'],
      );
    });
  },

  weighted_missing: ({ w, s }: { w: number[]; s: (number | null)[] }) => {
    const config = {
      objectives: objective('grow', '{ minimum_coverage: 0.5 }'),
      measures: w.map((weight, index) => achieved(`m${index}`, 100, `weight: ${weight}`)),
      rows: s.flatMap((score, index) => monthly(`m${index}`, [score])),
      rounds: ['2025-02-20T05:30:00Z'],
    };
    return collected(config, async (ran) => {
      const { score, coverage } = await ran.standing('grow');
      return { score: outOf100(score), coverage: coverage ?? null };
    });
  },
};

/** As `status` shows a score, with all its digits. */
function outOf100(score: string | undefined): Outcome {
  return score === undefined ? null : canonical(decimal(score).times(100));
}
