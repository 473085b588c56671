import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlines } from '#src/domain/freshness/deadlines.js';
import { freshness } from '#src/domain/freshness/freshness.js';
import { type StandStep, saidFor, standStep } from '#src/domain/freshness/stand-steps.js';
import type { DueRule } from '#src/domain/measure/types.js';
import { parsePeriodId, periodContaining } from '#src/domain/period/period.js';
import { addDays, addMilliseconds, compareInstants, endInstant } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';

const plain = { weekend: [6, 7], holidays: [] };
const zone = 'Europe/Berlin';
const march = parsePeriodId('2026-03');
const usual: DueRule = { businessDays: 5, graceDays: 3, asOf: true };
const saying = (said: Instant | undefined, rule: DueRule = usual) => deadlines(march, rule, plain, zone, said);

describe('deadlines() of a rule that goes by "as of"', () => {
  const latest = { due: '2026-04-07T22:00:00Z', missingFrom: '2026-04-10T22:00:00Z' };

  it('are the latest there can be until the source says that it stands at the period', () => {
    expect(saying(undefined)).toEqual({ ...latest, asOf: 'at_the_latest' });
  });

  it('are at once when it says so, with days of grace after the end of that day', () => {
    expect(saying('2026-04-02T04:30:00Z')).toEqual({
      due: '2026-04-02T04:30:00Z',
      missingFrom: '2026-04-05T22:00:00Z',
      asOf: 'said',
    });
  });

  it('are never before the end of the period, though the source says so on its last day', () => {
    expect(saying('2026-03-31T16:00:00Z')).toEqual({
      due: '2026-03-31T22:00:00Z',
      missingFrom: '2026-04-03T22:00:00Z',
      asOf: 'said',
    });
  });

  it.each(['2026-04-07T22:00:00Z', '2026-04-07T22:00:01Z', '2026-06-01T00:00:00Z'])(
    'stay the latest where it says so only at %s',
    (said) => {
      expect(saying(said)).toEqual({ ...latest, asOf: 'at_the_latest' });
    },
  );

  it('count days of grace as 24 hours where the latest is in hours, and none as missing at once', () => {
    const hours: DueRule = { businessDays: 0, hours: 72, graceDays: 1, asOf: true };
    expect(saying('2026-04-02T04:30:00Z', hours)).toMatchObject({ missingFrom: '2026-04-03T04:30:00Z' });
    expect(saying('2026-04-02T04:30:00Z', { ...usual, graceDays: 0 })).toMatchObject({
      due: '2026-04-02T04:30:00Z',
      missingFrom: '2026-04-02T04:30:00Z',
    });
  });

  it('do not look at what a source says where the rule does not', () => {
    const { asOf: _, ...rule } = usual;
    expect(saying('2026-04-02T04:30:00Z', rule)).toEqual(latest);
  });

  it('only ever come sooner by what is said, and keep their order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: -40, max: 90 * 24 }),
        fc.constantFrom<Partial<DueRule>>({ businessDays: 4 }, { hours: 30 }, { dayOfMonth: 12 }),
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
        (day, hours, way, graceDays, timeZone) => {
          const period = periodContaining(addDays('2025-01-01', day), { frequency: 'monthly' });
          const rule: DueRule = { businessDays: 0, graceDays, asOf: true, ...way };
          const said = addMilliseconds(endInstant(period, timeZone), hours * 3_600_000);
          const by = deadlines(period, rule, plain, timeZone, said);
          const without = deadlines(period, rule, plain, timeZone);
          expect(compareInstants(by.due, without.due)).toBeLessThanOrEqual(0);
          expect(compareInstants(by.missingFrom, without.missingFrom)).toBeLessThanOrEqual(0);
          expect(compareInstants(by.due, endInstant(period, timeZone))).toBeGreaterThanOrEqual(0);
          expect(compareInstants(by.missingFrom, by.due)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it('make a period that has no value not due, then late a second after the word, then missing', () => {
    const said = '2026-04-02T04:30:00Z';
    const stateAt = (now: Instant, known: Instant | undefined) =>
      freshness({ period: march, deadlines: saying(known), hasActual: false, now, timeZone: zone });
    expect(stateAt('2026-04-02T04:29:59Z', undefined)).toBe('not_due');
    expect(stateAt(said, said)).toBe('not_due');
    expect(stateAt('2026-04-02T04:30:01Z', said)).toBe('late');
    expect(stateAt('2026-04-05T22:00:01Z', said)).toBe('missing');
    expect(stateAt('2026-04-07T22:00:01Z', undefined)).toBe('late');
  });
});

describe('standStep()', () => {
  it.each([
    // A day is whole; a time stands for the last day that was over by then.
    ['2026-03-31', '2026-04-01T04:30:00Z', '2026-03-31'],
    ['2026-03-31T21:59:59Z', '2026-04-01T04:30:00Z', '2026-03-30'],
    ['2026-03-31T22:00:00Z', '2026-04-01T04:30:00Z', '2026-03-31'],
    // Never beyond the day of the asking, in the zone.
    ['2062-03-31', '2026-04-01T04:30:00Z', '2026-04-01'],
    ['2026-04-05', '2026-03-31T22:30:00Z', '2026-04-01'],
  ])('of %s found at %s stands at %s', (at, logicalTime, through) => {
    expect(standStep({ by: 'as_of', at }, logicalTime, zone)).toEqual({ through, saidAt: logicalTime });
  });
});

describe('saidFor()', () => {
  const steps: readonly StandStep[] = [
    { through: '2026-03-30', saidAt: '2026-03-31T04:30:00Z' },
    { through: '2026-04-03', saidAt: '2026-04-04T04:30:00Z' },
    { through: '2026-05-01', saidAt: '2026-05-02T04:30:00Z' },
  ];

  it('is the first word of the last day or of a later one', () => {
    expect(saidFor(march, steps)).toBe('2026-04-04T04:30:00Z');
    expect(saidFor(parsePeriodId('2026-03-30'), steps)).toBe('2026-03-31T04:30:00Z');
    expect(saidFor(march, [...steps].reverse())).toBe('2026-04-04T04:30:00Z');
  });

  it('is not there as long as nothing was said of it', () => {
    expect(saidFor(parsePeriodId('2026-05'), steps)).toBeUndefined();
    expect(saidFor(march, [])).toBeUndefined();
  });
});
