import { describe, expect, it } from 'vitest';
import { derive } from '#src/domain/derivation/derive.js';
import { readsOf } from '#src/domain/derivation/reads-of.js';
import type { Derived, Lookup } from '#src/domain/derivation/types.js';
import type { Derivation, FormulaInput } from '#src/domain/measure/derivation.js';
import { parsePeriodId } from '#src/domain/period/period.js';
import type { StoredSeries } from '#src/domain/window/types.js';
import { formula } from '../formula/formulas.js';
import { series } from '../window/series.js';

const monthly = { frequency: 'monthly' } as const;
const YEAR_TO_DATE = { kind: 'year_to_date' } as const;

const STORED: Readonly<Record<string, StoredSeries>> = {
  's/revenue': series('monthly', '2026-01-01', ['5', '3', '4', '3', '20', undefined, '8']),
  's/revenue target': series('monthly', '2026-01-01', ['10', '30', '20', '10', '20', '10', '10']),
  's/visits': series(
    'daily',
    '2026-01-01',
    Array.from({ length: 59 }, () => '2'),
  ),
  's/plan': series('yearly', '2026-01-01', ['100']),
  ' target': series('monthly', '2026-01-01', ['50']),
};

const lookup: Lookup = {
  series: (measure, name) => STORED[[measure ?? '', ...(name === undefined ? [] : [name])].join(' ')],
  children: () => [],
};

function made(text: string, inputs: Readonly<Record<string, Partial<FormulaInput>>>, partial?: 'hide'): Derivation {
  const filled = Object.entries(inputs).map(([name, input]) => [name, { missing: 'absent', ...input }] as const);
  const derivation = { kind: 'formula', formula: formula(text), text, inputs: Object.fromEntries(filled) } as const;
  return partial === undefined ? derivation : { ...derivation, partial };
}

const at = (derivation: Derivation, id: string, from: Lookup = lookup): Derived => {
  const period = parsePeriodId(id);
  return derive(derivation, { frequency: period.frequency }, period, from);
};

const valueAt = (derivation: Derivation, id: string): string | undefined => {
  const { value, reason } = at(derivation, id);
  return value ?? reason?.code;
};

describe('derive a formula', () => {
  it('gives the variance of a year to date from its plan, and its percentage', () => {
    const inputs = {
      actual: { measure: 's/revenue', over: YEAR_TO_DATE },
      plan: { measure: 's/revenue', series: 'target', over: YEAR_TO_DATE },
    };
    expect(valueAt(made('actual - plan', inputs), '2026-05')).toBe('-55');
    expect(valueAt(made('100 * (actual - plan) / plan', inputs), '2026-05')).toBe('-61.11111111111111111111');
  });

  it('compares with the period before and with last year', () => {
    const inputs = {
      now: { measure: 's/revenue' },
      before: { measure: 's/revenue', at: 'previous' },
      last: { measure: 's/revenue', at: 'last_year' },
    } as const;
    const growth = made('percent_change(now, before)', inputs);
    expect(valueAt(growth, '2026-03')).toBe('33.33333333333333333333');
    expect(at(growth, '2026-01')).toMatchObject({
      reason: { code: 'absent_input', inputs: ['before'] },
      inputs: [{ period: '2026-01' }, { period: '2025-12' }],
    });
    expect(at(made('now - last', inputs), '2026-03').inputs[1]).toMatchObject({ period: '2025-03' });
  });

  it('lifts finer inputs to its own grain', () => {
    const perVisit = made('revenue / visits', { revenue: { measure: 's/revenue' }, visits: { measure: 's/visits' } });
    expect(valueAt(perVisit, '2026-02')).toBe('0.05357142857142857143');
  });

  it('says that an input is coarser, and does not split it', () => {
    const share = made('revenue / plan', { revenue: { measure: 's/revenue' }, plan: { measure: 's/plan' } });
    expect(at(share, '2026-02').reason?.message).toBe(
      'plan has no value: a yearly value cannot be split into monthly ones',
    );
  });

  it('means its own series where an input names no measure', () => {
    const gap = made('revenue - goal', { revenue: { measure: 's/revenue' }, goal: { series: 'target' } });
    expect(valueAt(gap, '2026-01')).toBe('-45');
  });

  it('names an input that is absent, and fills it only by its policy, which it shows', () => {
    const plain = made('revenue * 2', { revenue: { measure: 's/revenue' } });
    expect(at(plain, '2026-06')).toMatchObject({
      reason: { code: 'absent_input', inputs: ['revenue'] },
      partial: true,
    });
    const carried = made('revenue * 2', { revenue: { measure: 's/revenue', missing: { carryForward: 1 } } });
    expect(at(carried, '2026-06')).toMatchObject({
      value: '40',
      partial: false,
      inputs: [{ taken: { filled: [{ period: '2026-06', by: 'carry_forward', from: '2026-05' }] } }],
    });
  });

  it('marks what is made of fewer periods than belong to it, or hides it', () => {
    const inputs = { ytd: { measure: 's/revenue', over: YEAR_TO_DATE } };
    expect(at(made('ytd', inputs), '2026-07')).toMatchObject({ value: '43', partial: true });
    expect(at(made('ytd', inputs), '2026-05')).toMatchObject({ value: '35', partial: false });
    expect(at(made('ytd', inputs, 'hide'), '2026-07')).toMatchObject({
      reason: { code: 'partial', message: 'there is no value for ytd 2026-06' },
    });
  });

  it('lacks nothing that it does without, and what the value that it takes lacks', () => {
    const inputs = { june: { measure: 's/revenue' }, ytd: { measure: 's/revenue', over: YEAR_TO_DATE } };
    expect(at(made('coalesce(june, 5)', inputs), '2026-06')).toMatchObject({ value: '5', partial: false });
    expect(at(made('coalesce(june, 5)', inputs, 'hide'), '2026-06')).toMatchObject({ value: '5' });
    expect(at(made('if(june > 0, june, ytd)', inputs), '2026-07')).toMatchObject({
      value: '8',
      partial: false,
      inputs: [{ name: 'june' }, { name: 'ytd', passedOver: true }],
    });
    expect(at(made('coalesce(ytd, june)', inputs), '2026-07')).toMatchObject({ value: '43', partial: true });
    expect(at(made('if(ytd > 40, 1, 0)', inputs), '2026-07')).toMatchObject({ value: '1', partial: true });
  });

  it('is absent where a measure or its series is not there at all', () => {
    expect(at(made('x', { x: { measure: 's/gone' } }), '2026-01').reason?.message).toBe(
      'x has no value: s/gone is not there',
    );
    expect(at(made('x + y', { x: { measure: 's/revenue' } }), '2026-01').reason?.inputs).toEqual(['y']);
  });

  it('has no same week last year for a week 53', () => {
    const weekly: Lookup = { ...lookup, series: () => series('weekly', '2025-12-29', ['1']) };
    const last = made('x', { x: { measure: 's/weekly', at: 'last_year' } });
    expect(at(last, '2026-W53', weekly).reason?.message).toContain('the calendar has no same period last year');
  });
});

describe('derive a window', () => {
  it('keeps both sides of a ratio, so that it can be lifted further', () => {
    const parts = ['1', '2'].map((numerator) => ({ value: '0', numerator, denominator: '4' }));
    const rates: Lookup = { ...lookup, series: () => series('monthly', '2026-01-01', parts, 'ratio') };
    const window = { kind: 'window', input: { measure: 's/rate', over: YEAR_TO_DATE, missing: 'absent' } } as const;
    expect(at(window, '2026-02', rates)).toMatchObject({ value: '0.375', numerator: '3', denominator: '8' });
  });

  it('takes another combination where one is asked for', () => {
    const input = {
      measure: 's/revenue',
      over: { kind: 'rolling', periods: 3 },
      combine: 'mean',
      missing: 'absent',
    } as const;
    expect(valueAt({ kind: 'window', input }, '2026-03')).toBe('4');
  });
});

describe('derive from children', () => {
  const child = (address: string, ...values: (string | undefined)[]) => ({
    address,
    series: series('monthly', '2026-01-01', values),
  });
  const total = { kind: 'children', measure: 'revenue', combine: 'sum' } as const;
  const children: Lookup = {
    ...lookup,
    children: () => [child('north/revenue', '1', '2'), child('south/revenue', '10')],
  };

  it('adds what is there and tells who is missing', () => {
    expect(at(total, '2026-01', children)).toMatchObject({ value: '11', partial: false });
    expect(at(total, '2026-02', children)).toMatchObject({
      value: '2',
      partial: true,
      inputs: [{ name: 'north/revenue' }, { name: 'south/revenue', taken: { without: ['2026-02'] } }],
    });
  });

  it('has no value when no child has one, and none without children', () => {
    expect(at(total, '2026-03', children).reason?.code).toBe('absent_input');
    expect(at(total, '2026-03').reason?.code).toBe('absent_input');
  });
});

describe('readsOf', () => {
  const grainOf = (measure: string | undefined) => STORED[measure ?? '']?.grain;
  const reads = (input: FormulaInput, id: string) =>
    readsOf({ kind: 'window', input }, monthly, parsePeriodId(id), grainOf);

  it('is the period alone, the whole window, or another period', () => {
    const days = (input: Partial<FormulaInput>) =>
      reads({ measure: 's/revenue', missing: 'absent', ...input }, '2026-05').map(
        ({ start, end }) => `${start} ${end}`,
      );
    expect(days({})).toEqual(['2026-05-01 2026-06-01']);
    expect(days({ over: YEAR_TO_DATE })).toEqual(['2026-01-01 2026-06-01']);
    expect(days({ over: { kind: 'rolling', periods: 12 }, at: 'previous' })).toEqual(['2025-05-01 2026-05-01']);
    expect(days({ at: 'last_year' })).toEqual(['2025-05-01 2025-06-01']);
  });

  it('reaches back as far as a value may be carried', () => {
    expect(reads({ measure: 's/revenue', missing: { carryForward: 2 } }, '2026-05')[0]?.start).toBe('2026-03-01');
    expect(reads({ measure: 's/visits', missing: { carryForward: 2 } }, '2026-05')[0]?.start).toBe('2026-04-29');
  });

  it('is nothing for what is not there or is coarser', () => {
    expect(reads({ measure: 's/gone', missing: 'absent' }, '2026-05')).toEqual([]);
    expect(reads({ measure: 's/plan', missing: 'absent' }, '2026-05')).toEqual([]);
  });
});
