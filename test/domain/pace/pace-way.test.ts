import { describe, expect, it } from 'vitest';
import type { Aggregation, Direction } from '#src/domain/measure/types.js';
import { paceWay } from '#src/domain/pace/pace-way.js';
import type { Frequency } from '#src/domain/period/types.js';

const of = (
  kind: 'sum' | 'avg' | 'first' | 'last' | 'min' | 'max' | 'median' | 'count_distinct',
  direction: Direction = 'higher-is-better',
  frequency: Frequency = 'monthly',
) => ({ direction, frequency, aggregation: { kind, column: 'amount', where: [] } as Aggregation });

describe('paceWay', () => {
  it.each([
    ['grows', of('sum')],
    ['grows', { ...of('sum'), aggregation: { kind: 'count', where: [] } as Aggregation }],
    ['stands', of('avg')],
    ['stands', of('median', 'in-band', 'yearly')],
    ['stands', of('first', 'higher-is-better', 'yearly')],
    ['stands', of('last')],
    ['stands', of('max', 'lower-is-better')],
    ['stands', of('min', 'higher-is-better')],
  ] as const)('%s for %j', (way, measure) => {
    expect(paceWay(measure, {})).toEqual({ way });
  });

  it.each([
    ['a measure that is only shown', of('sum', 'unscored'), {}, /never judged/],
    ['a day', of('sum', 'higher-is-better', 'daily'), {}, /not read before it is over/],
    ['distinct things', of('count_distinct'), {}, /counted once/],
    ['a last value of a year', of('last', 'higher-is-better', 'yearly'), {}, /end of a yearly period/],
    ['a maximum that should be high', of('max'), {}, /still change its maximum/],
    ['a minimum that should lie in a band', of('min', 'in-band'), {}, /still change its minimum/],
    ['rows of whole periods', of('sum'), { grain: {} }, /each row is of a whole period/],
    ['captures', of('last'), { snapshot: {} }, /capture/],
  ])('says why not of %s', (_, measure, rows, reason) => {
    expect(paceWay(measure, rows)).toMatchObject({ reason: expect.stringMatching(reason), remedy: expect.any(String) });
  });

  it('says why not of a measure that is made of others', () => {
    const derivation = { kind: 'children', measure: 'any', combine: 'sum' } as const;
    const made = { direction: 'higher-is-better', frequency: 'monthly', derivation } as const;
    expect(paceWay(made, {})).toMatchObject({ reason: expect.stringMatching(/made of other measures/) });
  });
});
