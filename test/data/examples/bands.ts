// Methods that turn a value into a word: bands by percent of target, ranges, both sides, moving limits.
import { canonical, decimal } from '#src/domain/value/decimal.js';
import { collected, measure, monthly, monthsOf } from './case-site.js';
import { COLOURS, type Method, type Outcome, statusAt, wordOf } from './method.js';

const YELLOW = { ...COLOURS, at_risk: 'yellow' };

/** A measure of one value a month; what is read is the stored status, or the label of its band. */
function wordsOfMonths(
  lines: string,
  figures: readonly number[],
  words: Readonly<Record<string, string>> = COLOURS,
): Promise<readonly Outcome[]> {
  return collected({ measures: [measure('m', lines)], rows: monthly('m', figures) }, async (ran) => {
    const outcomes: Outcome[] = [];
    for (const month of monthsOf(figures)) outcomes.push(wordOf(await ran.score('m', month), words));
    return outcomes;
  });
}

const target = (value: number): string => `targets: [{ from: 2025, value: ${value} }]`;

type Cuts = readonly (readonly [number, string])[];

/** Ranges between cuts; `names` has one more than there are cuts. */
function ranges(cuts: readonly number[], names: readonly string[], inclusive: 'lower' | 'upper'): string {
  const lines = names.map((label, index) => {
    const from = cuts[index - 1] === undefined ? '' : `from: ${cuts[index - 1]}, `;
    const to = cuts[index] === undefined ? '' : `to: ${cuts[index]}, `;
    return `    - { ${from}${to}status: ${statusAt(index, names.length)}, label: '${label}' }`;
  });
  return `bands:\n  inclusive: ${inclusive}\n  ranges:\n${lines.join('\n')}`;
}

const percent = (share: number): string => canonical(decimal(String(share)).times(100));

export const BANDS: Readonly<Record<string, Method>> = {
  goal_redflag_colour: ({ goal, red, a }: { goal: number; red: number; a: number[] }) =>
    wordsOfMonths(`score: { preset: goal_red_flag, goal: ${goal}, red: ${red} }`, a, YELLOW),

  first_match: ({ t, rules, else: last, a }: { t: number; rules: [string, number][]; else: string; a: number[] }) => {
    const lines = rules.map(
      ([label, share], index) =>
        `  - { when: '>= ${percent(share)}% of target', status: ${statusAt(rules.length - index, rules.length + 1)}, label: ${label} }\n`,
    );
    return wordsOfMonths(
      `${target(t)}\nbands:\n${lines.join('')}  - { when: else, status: off_track, label: ${last} }`,
      a,
    );
  },

  bands_upper_incl: ({ cuts, top, a }: { cuts: Cuts; top: string; a: number[] }) =>
    wordsOfMonths(
      ranges(
        cuts.map(([cut]) => cut),
        [...cuts.map(([, name]) => name), top],
        'upper',
      ),
      a,
    ),

  bands_lower_incl: ({ cuts, bottom, a }: { cuts: Cuts; bottom: string; a: number[] }) =>
    wordsOfMonths(
      ranges(
        cuts.map(([cut]) => cut),
        [bottom, ...cuts.map(([, name]) => name)],
        'lower',
      ),
      a,
    ),

  camms_status: ({ var: allowed, p }: { var: number; p: number[] }) =>
    wordsOfMonths(
      `${target(100)}\nbands: { on_track: '>= 100% of target', at_risk: '>= ${100 - allowed}% of target' }`,
      p,
    ),

  direction_status: async ({ a, t, dir }: { a: number; t: number; dir: string[] }) =>
    Promise.all(
      dir.map(async (better) => (await wordsOfMonths(`direction: ${better}-is-better\n${target(t)}`, [a]))[0] ?? null),
    ),

  lower_over_bands: ({ t, a }: { t: number; a: number[] }) =>
    wordsOfMonths(
      `direction: lower-is-better\n${target(t)}\nbands: { on_track: '<= 100% of target', at_risk: '< 120% of target' }`,
      a,
    ),

  pct_bands: ({ t, a }: { t: number; a: number[] }) =>
    wordsOfMonths(
      `${target(t)}
bands:
  - { when: '>= 110% of target', status: on_track, label: super_green }
  - { when: '>= 100% of target', status: on_track, label: green }
  - { when: '>= 90% of target', status: at_risk, label: yellow }
  - { when: else, status: off_track, label: red }`,
      a,
    ),

  two_sided: (given: { danger_hi: number; warn_hi: number; warn_lo: number; danger_lo: number; a: number[] }) =>
    wordsOfMonths(
      `direction: in-band
bands:
  - { when: '<= ${given.danger_lo}', status: off_track, label: DANGER }
  - { when: '<= ${given.warn_lo}', status: at_risk, label: WARNING }
  - { when: '< ${given.warn_hi}', status: on_track, label: OK }
  - { when: '< ${given.danger_hi}', status: at_risk, label: WARNING }
  - { when: else, status: off_track, label: DANGER }`,
      given.a,
    ),

  stated_score: ({ limit, tol, a }: { limit: number; tol: number; a: number[] }) =>
    wordsOfMonths(
      `direction: lower-is-better
series: { threshold: [{ from: 2025, value: ${limit} }] }
bands: { on_track: '< threshold - ${tol}', at_risk: '<= threshold + ${tol}' }`,
      a,
      YELLOW,
    ),

  sign_status: ({ a }: { a: number[] }) =>
    wordsOfMonths(
      `bands:
  - { when: '> 0', status: on_track }
  - { when: '= 0', status: at_risk }
  - { when: else, status: off_track }`,
      a,
    ),

  bands_strict_top: ({ a }: { a: number[] }) =>
    wordsOfMonths(`bands: { on_track: '> 95', at_risk: '>= 85' }`, a, YELLOW),

  // The age of the data is a figure like any other: a query of the source tells it, in hours.
  freshness: ({ warn_h: warn, error_h: error, age_h: ages }: { warn_h: number; error_h: number; age_h: number[] }) =>
    wordsOfMonths(
      `direction: lower-is-better
unit: hours
bands:
  - { when: '<= ${warn}', status: on_track, label: pass }
  - { when: '<= ${error}', status: at_risk, label: warn }
  - { when: else, status: off_track, label: error }`,
      ages,
    ),
};
