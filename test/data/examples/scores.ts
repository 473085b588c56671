// Methods that turn a value into points: knots, percent of target, distance, progress.
import { collected, type Judged, measure, monthly, monthsOf } from './case-site.js';
import type { Method, Outcome } from './method.js';

/** A measure of one value a month; what is read is how each was judged. */
async function judgedMonths(
  lines: string,
  figures: readonly number[],
  read: (judged: Judged) => Outcome,
): Promise<readonly Outcome[]> {
  return collected({ measures: [measure('m', lines)], rows: monthly('m', figures) }, async (ran) => {
    const outcomes: Outcome[] = [];
    for (const month of monthsOf(figures)) outcomes.push(read(await ran.judged('m', month)));
    return outcomes;
  });
}

const points = ({ points: own, score }: Judged): Outcome => own ?? score;

/** Targets by month, out of pairs of actual and target. */
const targetsOf = (pairs: readonly (readonly [number, number])[]): string =>
  `targets: [${monthsOf(pairs)
    .map((month, index) => `{ from: ${month}, value: ${pairs[index]?.[1]} }`)
    .join(', ')}]`;

const actualsOf = (pairs: readonly (readonly [number, number])[]): readonly number[] => pairs.map(([actual]) => actual);

const percentOfTarget = ({ pairs }: { readonly pairs: readonly (readonly [number, number])[] }) =>
  judgedMonths(
    `${targetsOf(pairs)}
score: { basis: percent_of_target, points: 100, knots: [[0, 0], [100, 100]], limit: none }
`,
    actualsOf(pairs),
    points,
  );

const HEALTH = `score:
  basis: percent_of_target
  points: 100
  knots: [[0, 0], [100, 100]]
  round: { mode: floor, step: 1 }
bands:
  - { when: 'score >= 95', status: on_track, label: On Track }
  - { when: 'score >= 85', status: at_risk, label: Behind }
  - { when: else, status: off_track, label: At Risk }
`;

export const SCORES: Readonly<Record<string, Method>> = {
  goal_redflag: ({ goal, red, a }: { goal: number; red: number; a: number[] }) =>
    judgedMonths(`score: { preset: goal_red_flag, points: 10, goal: ${goal}, red: ${red} }`, a, points),

  two_colour: ({ worst, mid, best, a }: { worst: number; mid: number; best: number; a: number[] }) =>
    judgedMonths(`score: { preset: two_colour, points: 10, worst: ${worst}, mid: ${mid}, best: ${best} }`, a, points),

  linear: async ({ lo, hi, v }: { lo: number; hi: number; v: number }) => {
    const direction = lo < hi ? 'higher-is-better' : 'lower-is-better';
    const lines = `direction: ${direction}\nscore: { preset: baseline_progress, from: ${lo}, to: ${hi} }`;
    return (await judgedMonths(lines, [v], points))[0] ?? null;
  },

  cascade_health: async ({ actual, expected }: { actual: number; expected: number }) => {
    const lines = `${targetsOf([[actual, expected]])}\n${HEALTH}`;
    const read = (judged: Judged): Outcome => [points(judged), judged.band ?? null];
    return (await judgedMonths(lines, [actual], read))[0] ?? null;
  },

  achievement: percentOfTarget,
  camms_more: percentOfTarget,

  absolute: ({ pairs }: { pairs: (readonly [number, number])[] }) =>
    judgedMonths(
      `direction: exact
${targetsOf(pairs)}
score: { basis: distance_percent_of_target, points: 100, knots: [[0, 100], [100, 0]] }
bands: { on_track: 'within 0% of target', at_risk: 'within 10% of target' }
`,
      actualsOf(pairs),
      points,
    ),

  bbv: async ({ a, t, worst }: { a: number; t: number; worst: number }) => {
    const lines = `targets: [{ from: 2025, value: ${t} }]
score: { basis: progress, from: ${worst}, to: target, knots: [[0, 0], [1, 1]] }`;
    return (await judgedMonths(lines, [a], points))[0] ?? null;
  },

  linear_half_open: ({ a, m, x }: { a: number; m: number; x: number[] }) =>
    judgedMonths(
      `direction: lower-is-better
score: { basis: value, points: 100, knots: [[${a}, 100], [${m}, 0]] }
bands: { on_track: '<= ${a}', at_risk: '< ${m}' }
`,
      x,
      points,
    ),

  int_colour: async ({ score, green_from: green }: { score: number; green_from: number }) => {
    const lines = `score: { basis: value, points: 100, knots: [[0, 0], [100, 100]] }
bands: { on_track: 'score >= ${green}', at_risk: 'score >= 50' }`;
    return (await judgedMonths(lines, [score], points))[0] ?? null;
  },

  signed_variance: async ({ rows }: { rows: (readonly [number, number, string])[] }) => {
    const outcomes = rows.map(async ([actual, planned, better]) => {
      const lines = `direction: ${better}-is-better
targets: [{ from: 2025, value: ${planned} }]
score: { basis: variance_from_target, knots: [[-100, 0], [0, 1]] }`;
      return (await judgedMonths(lines, [actual], ({ basisValue }) => basisValue))[0] ?? null;
    });
    return Promise.all(outcomes);
  },
};
