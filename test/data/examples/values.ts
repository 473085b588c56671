// Methods that make one value of many: ratios of sums, windows, formulas, re-aggregation.
import { collected, measure, monthly, monthsOf } from './case-site.js';
import type { Method, Outcome } from './method.js';

/** A ratio over the rows of a month. */
const ratio = ({
  num,
  den,
}: {
  readonly num: readonly number[];
  readonly den: readonly number[];
}): Promise<Outcome> => {
  const rows = num.map((top, index) => [`2025-01-${10 + index}`, 'm', String(top), String(den[index])]);
  const from = 'from: { extract: figures, ratio: { numerator: { sum: num }, denominator: { sum: den } } }';
  const config = { columns: ['num', 'den'], measures: [measure('m', `direction: unscored\n${from}`)], rows };
  return collected(config, async (ran) => (await ran.value('m', '2025-01')) ?? null);
};

/** The values of a shown measure, made of the measure `x` of these figures, month by month. */
function derived(from: string, figures: readonly number[], months = monthsOf(figures)): Promise<readonly Outcome[]> {
  const measures = [measure('x', 'direction: unscored'), measure('m', `direction: unscored\nfrom: ${from}`)];
  return collected({ measures, rows: monthly('x', figures) }, async (ran) => {
    const outcomes: Outcome[] = [];
    for (const month of months) outcomes.push((await ran.value('m', month)) ?? null);
    return outcomes;
  });
}

export const VALUES: Readonly<Record<string, Method>> = {
  ratio_of_sums: ratio,
  sum_of_ratios: ratio,
  mean_of_ratios: ratio,

  rolling_sum: ({ n, x }: { n: number; x: number[] }) => derived(`{ measure: x, over: { rolling: ${n} } }`, x),

  ytd: ({ t: targets, a: actuals }: { t: number[]; a: number[] }) => {
    const months = monthsOf(actuals);
    const written = months.map((month, index) => `${month}: ${targets[index]}`).join(', ');
    const a = 'actual: { measure: x, over: year_to_date }';
    const t = 'planned: { measure: x, series: target, over: year_to_date }';
    const formulas = {
      t: `planned, inputs: { ${t} }`,
      a: `actual, inputs: { ${a} }`,
      var: `actual - planned, inputs: { ${a}, ${t} }`,
      pct: `100 * (actual - planned) / planned, inputs: { ${a}, ${t} }`,
    };
    const shown = (formula: string): string => `direction: unscored\nfrom: { formula: ${formula} }`;
    const measures = [
      measure('x', `targets: { periods: { ${written} } }`),
      ...Object.entries(formulas).map(([id, formula]) => measure(id, shown(formula))),
    ];
    return collected({ measures, rows: monthly('x', actuals) }, async (ran) => {
      const figures: Record<string, Outcome> = {};
      for (const id of Object.keys(formulas)) figures[id] = (await ran.value(id, months.at(-1) ?? '')) ?? null;
      return figures;
    });
  },

  variance: ({ a, t, dir }: { a: number; t: number; dir: string }) => {
    const inputs = 'inputs: { t: { measure: x, series: target } }';
    const measures = [
      measure('x', `direction: ${dir}-is-better\ntargets: [{ from: 2025, value: ${t} }]`),
      measure('abs', `direction: unscored\nfrom: { formula: x - t, ${inputs} }`),
      measure('pct', `direction: unscored\nfrom: { formula: (x - t) / t, ${inputs} }`),
    ];
    return collected({ measures, rows: monthly('x', [a]) }, async (ran) => ({
      abs: (await ran.value('abs', '2025-01')) ?? null,
      pct: (await ran.value('pct', '2025-01')) ?? null,
      status: (await ran.score('x', '2025-01')).status === 'on_track' ? 'green' : 'red',
    }));
  },

  exp_decay: ({ a, m, x }: { a: number; m: number; x: number[] }) =>
    derived(`{ formula: '100 * pow(0.5, (x - ${a}) / (${m} - ${a}))' }`, x),

  // Each pair is two months on end.
  bamboo_trend: ({ pairs }: { pairs: (readonly [number, number])[] }) => {
    const figures = pairs.flatMap(([now, before]) => [before, now]);
    const months = monthsOf(figures).filter((_, index) => index % 2 === 1);
    return derived(
      '{ formula: "percent_change(x, before)", inputs: { before: { measure: x, at: previous } } }',
      figures,
      months,
    );
  },

  mtd_reagg_default: async ({ daily, agg }: { daily: number[]; agg: string[] }) => {
    const rows = daily.map((amount, index) => [`2025-01-0${index + 1}`, 'x', String(amount)]);
    const from = "from: { extract: figures, last: amount, where: code = 'x' }";
    const spelled: Readonly<Record<string, string>> = { average: 'mean' };
    const monthOf = (how: string): string =>
      `direction: unscored\nfrom: { measure: x, combine: ${spelled[how] ?? how} }`;
    const measures = [
      measure('x', `direction: unscored\nfrequency: daily\n${from}`),
      ...agg.map((how) => measure(how, monthOf(how))),
      measure('unsaid', 'direction: unscored\nfrom: { measure: x }'),
    ];
    return collected({ measures, rows }, async (ran) => {
      const outcomes = await Promise.all(agg.map(async (how) => (await ran.value(how, '2025-01')) ?? null));
      const unsaid = await ran.value('unsaid', '2025-01');
      if (unsaid !== outcomes[agg.indexOf('last')]) throw new Error(`the last one is not the default: ${unsaid}`);
      return outcomes;
    });
  },
};
