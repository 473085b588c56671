// The pace of what is filled evenly is what it ends with; and a value is judged the same whether it has come or would come.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAtPace, valueAtPace } from '#src/domain/pace/judge-at-pace.js';
import { partRead } from '#src/domain/pace/part-read.js';
import type { PaceWay } from '#src/domain/pace/types.js';
import { periodContaining } from '#src/domain/period/period.js';
import { addDays, daysBetween } from '#src/domain/period/period-instants.js';
import { workingHalfDays } from '#src/domain/period/working-days.js';
import { scorePeriod } from '#src/domain/score/score-period.js';
import { canonical, Decimal, decimal } from '#src/domain/value/decimal.js';

const calendar = { weekend: [6, 7], holidays: ['2026-05-01', '2026-12-25'], halfDays: ['2026-12-24'] };
const frequency = fc.constantFrom('weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly');
const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2025-12-01', days));
const amount = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 4 }))
  .map(([units, places]) => canonical(new Decimal(units).dividedBy(new Decimal(10).pow(places))));
const way = fc.constantFrom<PaceWay>('grows', 'stands');

/** A measure held to 100, at risk from 90 on. */
const measure = {
  address: 'company/sales',
  direction: 'higher-is-better',
  targets: [{ from: '2020-01-01', target: { kind: 'value', value: '100' } }],
  bands: [
    { status: 'on_track', basis: 'percent_of_target', operator: '>=', limit: '100', text: '>= 100% of target' },
    { status: 'at_risk', basis: 'percent_of_target', operator: '>=', limit: '90', text: '>= 90% of target' },
    { status: 'off_track', basis: 'percent_of_target', operator: 'else', text: 'else' },
  ],
  scoreMap: {
    basis: 'percent_of_target',
    knots: [
      { at: '80', score: '0' },
      { at: '100', score: '1' },
    ],
  },
} as const;

describe('valueAtPace', () => {
  it('of a period that is filled by the same each day is its final value, exactly', () => {
    fc.assert(
      fc.property(frequency, day, amount, fc.nat(), (grain, date, each, some) => {
        const period = periodContaining(date, grain);
        const days = daysBetween(period.start, period.end);
        const read = 1 + (some % days);
        const part = partRead(period, addDays(period.start, read), 'days', calendar);
        if (part === undefined) throw new Error('a period has days');
        const soFar = canonical(decimal(each).times(read));
        expect(valueAtPace(soFar, 'grows', part)).toBe(canonical(decimal(each).times(days)));
      }),
    );
  });

  it('of one that is filled by the same each working day is, too, counted in these', () => {
    fc.assert(
      fc.property(frequency, day, amount, fc.nat(), (grain, date, each, some) => {
        const period = periodContaining(date, grain);
        const until = addDays(period.start, 1 + (some % daysBetween(period.start, period.end)));
        const part = partRead(period, until, 'working_days', calendar);
        fc.pre(part !== undefined && part.read > 0);
        const filled = (end: string) =>
          canonical(decimal(each).times(workingHalfDays({ start: period.start, end }, calendar)));
        expect(part && valueAtPace(filled(until), 'grows', part)).toBe(filled(period.end));
      }),
    );
  });

  it('of what stands, and of a period that is read to its end, is the value so far', () => {
    fc.assert(
      fc.property(amount, way, fc.integer({ min: 1, max: 366 }), (value, how, all) => {
        expect(valueAtPace(value, how, { read: all, all, countedIn: 'days' })).toBe(value);
        expect(valueAtPace(value, 'stands', { read: 1, all, countedIn: 'days' })).toBe(value);
      }),
    );
  });
});

describe('judgeAtPace', () => {
  it('gives the status and target that the value at this pace would have had', () => {
    fc.assert(
      fc.property(frequency, day, amount, way, fc.nat(), (grain, date, valueSoFar, how, some) => {
        const period = periodContaining(date, grain);
        const all = daysBetween(period.start, period.end);
        const part = { read: 1 + (some % all), all, countedIn: 'days' } as const;
        const found = judgeAtPace({ measure, period, valueSoFar, way: how, part });
        const value = valueAtPace(valueSoFar, how, part);
        const ended = scorePeriod({ measure, period, value, freshness: 'reported' });
        expect(found).toEqual({
          ...{ period, lastDay: addDays(period.end, -1), way: how, part, valueSoFar, value },
          ...{ status: ended.status, target: '100' },
        });
      }),
    );
  });
});
