import { describe, expect, it } from 'vitest';
import { ProblemList, type SourceFile } from '#src/config/problem-list.js';
import { type KnownMeasure, measuresReadBy, resolveDerivation } from '#src/config/resolve/derivation.js';
import { type DerivedEntry, orderDerivations } from '#src/config/resolve/derivation-order.js';
import { FormulaFromSpec, WindowFromSpec } from '#src/config/spec/derivation-spec.js';
import type { ConfigProblem } from '#src/config/types.js';
import type { Derivation } from '#src/domain/measure/derivation.js';

const file: SourceFile = { name: 'scorecards/sales.yaml', value: {}, locate: () => ({ line: 1, column: 1 }) };
const place = { file, path: ['measures', 0, 'from'] };

const known = (unit: string, frequency: KnownMeasure['frequency'] = 'monthly'): KnownMeasure => ({
  unit,
  frequency,
  series: new Set(['target']),
});
const MEASURES: ReadonlyMap<string, KnownMeasure> = new Map([
  ['sales/revenue', known('EUR')],
  ['sales/costs', known('EUR')],
  ['sales/new-customers', known('customers')],
  ['sales/lead-time', known('days')],
  ['sales/budget', known('EUR', 'yearly')],
  ['sales/margin', { ...known('EUR'), uncombined: 'formula' }],
  ['sales/typical-order', { ...known('EUR', 'weekly'), uncombined: 'median' }],
  ['service/first-response-time', known('hours')],
]);

type From = Readonly<Record<string, unknown>>;

function resolved(
  from: From,
  unit = 'EUR',
  measures: ReadonlyMap<string, KnownMeasure | undefined> | undefined = MEASURES,
  frequency: KnownMeasure['frequency'] = 'monthly',
): { readonly derivation: Derivation | undefined; readonly problems: readonly ConfigProblem[] } {
  const problems = new ProblemList();
  const spec = 'formula' in from ? FormulaFromSpec.parse(from) : WindowFromSpec.parse(from);
  const own = { ...known(unit, frequency), address: 'sales/own', scorecard: 'sales' };
  const derivation = resolveDerivation(spec, place, { own, measures, problems });
  return { derivation, problems: problems.inOrder() };
}

const absent = { missing: 'absent' };

describe('a formula of a measure', () => {
  it('does not call a measure unknown that is there and malformed', () => {
    const measures = new Map([...MEASURES, ['sales/broken', undefined]] as const);
    expect(resolved({ formula: 'broken + costs' }, 'EUR', measures).problems).toEqual([]);
    expect(resolved({ measure: 'broken' }, 'EUR', measures).problems).toEqual([]);
  });

  it('means measures of its scorecard by their ids, with _ for each dash', () => {
    const { derivation, problems } = resolved({ formula: 'revenue / new_customers' });
    expect(problems).toEqual([]);
    expect(derivation).toEqual({
      kind: 'formula',
      formula: {
        kind: 'operation',
        operator: '/',
        left: { kind: 'name', name: 'revenue' },
        right: { kind: 'name', name: 'new_customers' },
      },
      text: 'revenue / new_customers',
      inputs: {
        revenue: { measure: 'sales/revenue', ...absent },
        new_customers: { measure: 'sales/new-customers', ...absent },
      },
    });
  });

  it('has inputs of other scorecards, series, periods, windows and policies', () => {
    const { derivation, problems } = resolved({
      formula: 'now - plan - last + goal',
      inputs: {
        now: { measure: 'revenue', over: 'year_to_date' },
        plan: { measure: 'revenue', series: 'target', over: { rolling: '12' }, combine: 'last' },
        last: { measure: 'revenue', at: 'last_year', missing: { carry_forward: '2' } },
        goal: { series: 'target' },
      },
      missing: 'zero',
      partial: 'hide',
    });
    expect(problems).toEqual([]);
    expect(derivation).toMatchObject({
      inputs: {
        now: { measure: 'sales/revenue', over: { kind: 'year_to_date' }, missing: 'zero' },
        plan: { measure: 'sales/revenue', series: 'target', over: { kind: 'rolling', periods: 12 }, combine: 'last' },
        last: { at: 'last_year', missing: { carryForward: 2 } },
        goal: { series: 'target' },
      },
      partial: 'hide',
    });
    expect(derivation && measuresReadBy(derivation)).toEqual(['sales/revenue']);
  });

  it('prefers a declared input to a measure of that name', () => {
    const { derivation } = resolved(
      {
        formula: 'revenue',
        inputs: { revenue: { measure: 'service/first-response-time' } },
      },
      'hours',
    );
    expect(derivation && measuresReadBy(derivation)).toEqual(['service/first-response-time']);
  });

  it('is not compared with names when a file of measures could not be read', () => {
    const problems = new ProblemList();
    const own = { ...known('EUR'), address: 'sales/own', scorecard: 'sales' };
    const spec = FormulaFromSpec.parse({ formula: 'unheard_of + x', inputs: { x: { measure: 'a/b' } } });
    expect(resolveDerivation(spec, place, { own, measures: undefined, problems })).toBeDefined();
    expect(problems.inOrder()).toEqual([]);
  });
});

describe('a window of a measure', () => {
  it('is one input and its rule', () => {
    expect(resolved({ measure: 'revenue', over: { rolling: '3' }, partial: 'hide' }).derivation).toEqual({
      kind: 'window',
      input: { measure: 'sales/revenue', over: { kind: 'rolling', periods: 3 }, ...absent },
      partial: 'hide',
    });
  });
});

describe('the restated year before', () => {
  const from = { formula: 'x', inputs: { x: { measure: 'takings', at: 'last_year_restated' } } };
  const weekly = new Map([['sales/takings', known('EUR', 'weekly')]]);

  it('is taken for weeks', () => {
    const { derivation, problems } = resolved(from, 'EUR', weekly, 'weekly');
    expect(problems).toEqual([]);
    expect(derivation).toMatchObject({ inputs: { x: { at: 'last_year_restated' } } });
  });

  it('is refused for months, which have no 53rd', () => {
    expect(resolved(from, 'EUR', weekly, 'monthly').problems).toMatchObject([
      { code: 'CONFIG_RESTATED', path: 'measures.0.from.inputs.x.at', remedy: 'write last_year' },
    ]);
  });
});

describe('what is wrong with a derivation', () => {
  const rows: readonly (readonly [from: From, path: string, code: string, says: string, remedy: string])[] = [
    [{ formula: 'revenue + * 2' }, 'formula', 'BAD_FORMULA', 'character 11', 'a number'],
    [{ formula: 'revenue +' }, 'formula', 'BAD_FORMULA', 'at its end', 'a number'],
    [{ formula: '1 / 0' }, 'formula', 'BAD_FORMULA', 'never has a value: the divisor 0 is 0', 'correct the part'],
    [{ formula: 'revenue ^ -1' }, 'formula', 'FORMULA_UNITS', 'revenue ^ -1 is 1/EUR', 'correct the unit'],
    [{ formula: 'revenu / 2' }, 'formula', 'UNKNOWN_MEASURE', '"revenu"', 'did you mean "revenue"?'],
    [{ formula: 'new-customers' }, 'formula', 'UNKNOWN_MEASURE', '"new"', 'write new_customers: a dash subtracts'],
    [{ formula: 'x', inputs: { x: { measure: 'cost' } } }, 'inputs.x.measure', 'UNKNOWN_MEASURE', '"cost"', '"costs"'],
    [
      { formula: 'x', inputs: { x: { measure: 'service/first-respnse-time' } } },
      'inputs.x.measure',
      'UNKNOWN_MEASURE',
      'first-respnse-time',
      '"service/first-response-time"',
    ],
    [{ measure: 'revenues', over: 'year_to_date' }, 'measure', 'UNKNOWN_MEASURE', '"revenues"', '"revenue"'],
    [{ measure: 'revenue', series: 'targt' }, 'series', 'UNKNOWN_SERIES', '"targt"', '"target"'],
    [
      { formula: 'x', inputs: { x: { series: 'plan' } } },
      'inputs.x.series',
      'UNKNOWN_SERIES',
      '"plan"',
      '"target"'.replaceAll('"', ''),
    ],
    [{ formula: 'revenue / budget' }, 'formula', 'COARSER_INPUT', 'is yearly', 'yearly or less often'],
    [{ formula: 'revenue + lead_time' }, 'formula', 'FORMULA_UNITS', 'adds EUR (revenue) and day', 'convert'],
    [{ formula: 'lead_time * 2' }, 'formula', 'FORMULA_UNITS', 'is day, and the measure', 'correct the unit'],
    [
      { measure: 'margin', over: 'year_to_date' },
      'over',
      'WINDOW_COMBINE',
      'is a formula',
      'a: { measure: …, over: year_to_date }',
    ],
    [
      { formula: 'x', inputs: { x: { measure: 'margin', over: { rolling: '3' } } } },
      'inputs.x.over',
      'WINDOW_COMBINE',
      'several periods',
      'over: { rolling: 3 }',
    ],
    [{ measure: 'typical-order' }, 'measure', 'WINDOW_COMBINE', 'is a median', 'combine: mean'],
    [
      { formula: 'revenue', inputs: { x: { measure: 'costs' } } },
      'inputs.x',
      'UNUSED_INPUT',
      'does not use the input "x"',
      'remove it',
    ],
  ];
  it.each(rows)('%j is told', (from, path, code, says, remedy) => {
    const { problems } = resolved(from);
    expect(problems.map((problem) => [problem.path, problem.code])).toContainEqual([
      `measures.0.from.${path}`,
      `CONFIG_${code}`,
    ]);
    const problem = problems.find((each) => each.code === `CONFIG_${code}`);
    expect(problem?.message).toContain(says);
    expect(problem?.remedy).toContain(remedy);
  });

  it.each([
    { measure: 'margin', over: 'month_to_date' },
    { measure: 'margin', over: 'year_to_date', combine: 'last' },
    { measure: 'margin', over: 'year_to_date', series: 'target' },
    { measure: 'revenue', over: 'year_to_date' },
    { formula: 'margin' },
  ])('is no combination of several periods that nothing describes: %j', (from) => {
    expect(resolved(from).problems).toEqual([]);
  });

  it('is told all at once', () => {
    const { derivation, problems } = resolved({
      formula: 'foo(1) + abs(1, 2)',
      inputs: { x: { measure: 'nowhere' } },
    });
    expect(derivation).toBeUndefined();
    expect(problems.map(({ code }) => code)).toEqual([
      'CONFIG_BAD_FORMULA',
      'CONFIG_BAD_FORMULA',
      'CONFIG_UNKNOWN_MEASURE',
    ]);
  });

  it.each([
    { formula: 'a', inputs: { 'a-b': { measure: 'revenue' } } },
    { formula: 'a', inputs: { a: {} } },
    { formula: 'a', inputs: { a: { measure: 'Revenue' } } },
    { formula: 'a', missing: { carry_forward: '0' } },
    { formula: 'a', missing: 'ignore' },
    { formula: ' ' },
    { measure: 'revenue', over: { rolling: '1' } },
    { measure: 'revenue', over: 'week_to_date' },
    { over: 'year_to_date' },
  ])('has the wrong shape: %j', (from) => {
    const spec = 'formula' in from ? FormulaFromSpec : WindowFromSpec;
    expect(spec.safeParse(from).success).toBe(false);
  });
});

describe('orderDerivations', () => {
  const entry = (address: string, ...measures: string[]): DerivedEntry => ({
    address,
    place,
    derivation: {
      kind: 'formula',
      formula: { kind: 'number', value: '1' },
      text: '1',
      inputs: Object.fromEntries(measures.map((measure, index) => [`x${index}`, { measure, missing: 'absent' }])),
    },
  });

  it('puts what others are made of first', () => {
    const problems = new ProblemList();
    expect(orderDerivations([entry('s/c', 's/b'), entry('s/b', 's/a')], problems)).toEqual(['s/b', 's/c']);
    expect(problems.inOrder()).toEqual([]);
  });

  it('prints a circle', () => {
    const problems = new ProblemList();
    expect(orderDerivations([entry('s/a', 's/b'), entry('s/b', 's/a')], problems)).toEqual([]);
    expect(problems.inOrder()).toMatchObject([
      { code: 'CONFIG_FORMULA_CYCLE', message: 'measures are made of each other in a circle: s/a -> s/b -> s/a' },
    ]);
  });

  it('takes no series for a circle: a target is no value', () => {
    const own = entry('s/a', 's/a');
    const input = { measure: 's/a', series: 'target', missing: 'absent' } as const;
    const derivation: Derivation = { kind: 'window', input };
    const problems = new ProblemList();
    expect(orderDerivations([{ ...own, derivation }], problems)).toEqual(['s/a']);
  });
});
