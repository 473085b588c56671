import { describe, expect, it } from 'vitest';
import { checkUnits } from '#src/domain/formula/check-units.js';
import { unitOf, unitText } from '#src/domain/formula/unit-algebra.js';
import { formula } from './formulas.js';

const UNITS: Readonly<Record<string, string>> = {
  revenue: 'EUR',
  costs: '€',
  budget: 'USD',
  lead_time: 'days',
  waiting: 'hours',
  orders: 'orders',
  returns: 'returns',
  rate: 'percent',
  share: 'ratio',
  price: 'EUR per day',
};

const problems = (text: string, own?: string): string[] => checkUnits(formula(text), (name) => UNITS[name], own);

describe('checkUnits', () => {
  it.each([
    ['revenue + lead_time', 'the formula adds EUR (revenue) and day (lead_time)'],
    ['revenue - budget', 'the formula subtracts EUR (revenue) and USD (budget)'],
    ['lead_time + waiting', 'the formula adds day (lead_time) and hour (waiting)'],
    ['max(revenue, lead_time)', 'the formula takes into max EUR (revenue) and day (lead_time)'],
    ['if(revenue > lead_time, 1, 2)', 'the formula compares EUR (revenue) and day (lead_time)'],
    ['if(rate > 1, revenue, lead_time)', 'the formula chooses between EUR (revenue) and day (lead_time)'],
    ['percent_change(revenue, lead_time)', 'the formula compares EUR (revenue) and day (lead_time)'],
    ['revenue * costs + revenue', 'the formula adds EUR^2 (revenue * costs) and EUR (revenue)'],
    ['revenue ^ lead_time', 'the exponent lead_time is day, and exponents have no unit'],
  ])('tells of %s', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it.each([
    'revenue - costs',
    'revenue + 100',
    'price * lead_time + revenue',
    'sqrt(revenue * costs) + revenue',
    'revenue ^ 2 / costs - revenue',
    'rate + share',
    'orders + returns',
    'orders + revenue',
    'unheard_of + revenue',
    'revenue / orders + lead_time',
    'revenue / costs + 1',
  ])('says nothing of %s', (text) => {
    expect(problems(text)).toEqual([]);
  });

  it('compares the result with the unit of the measure where both are known', () => {
    expect(problems('revenue - costs', 'days')).toEqual(["revenue - costs is EUR, and the measure's unit is days"]);
    expect(problems('revenue / costs', 'percent')).toEqual([]);
    expect(problems('revenue / costs', 'EUR')).toEqual([
      "revenue / costs is a plain number, and the measure's unit is EUR",
    ]);
    expect(problems('revenue / orders', 'EUR')).toEqual([]);
    expect(problems('revenue / lead_time', 'EUR/day')).toEqual([]);
    expect(problems('2 + 3', 'EUR')).toEqual([]);
  });

  it.each([
    ['revenue ^ -1', '1/EUR'],
    ['revenue ^ (1 + 1)', 'EUR^2'],
    ['pow(revenue, -(4 / 2))', '1/EUR^2'],
    ['root(revenue, -1)', '1/EUR'],
    ['revenue ^ (1 - 1)', 'a plain number'],
  ])('knows the unit of %s, whose exponent is written out as a sum or with a sign', (text, unit) => {
    expect(problems(text, 'EUR')).toEqual([`${text} is ${unit}, and the measure's unit is EUR`]);
  });

  it('does not know the unit of a power that depends on the period', () => {
    expect(problems('revenue ^ share', 'EUR')).toEqual([]);
  });
});

describe('unitOf', () => {
  it.each([
    ['EUR', 'EUR'],
    ['$', 'USD'],
    ['Days', 'day'],
    ['EUR / day', 'EUR/day'],
    ['EUR*day', 'EUR day'],
    ['1/day', '1/day'],
    ['EUR^2', 'EUR^2'],
    ['percent', 'a plain number'],
  ])('takes %s for %s', (word, text) => {
    const unit = unitOf(word);
    expect(unit && unitText(unit)).toBe(text);
  });

  it.each(['tickets', 'FTE', 'NPS', 'kEUR', 'EUR/ticket', 'a/b/c', 'EUR^x'])('knows nothing of %s', (word) => {
    expect(unitOf(word)).toBeUndefined();
  });
});
