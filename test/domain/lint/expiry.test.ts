import { describe, expect, it } from 'vitest';
import { expiryFindings } from '#src/domain/lint/expiry.js';
import type { LintMeasure } from '#src/domain/lint/types.js';
import type { Grain } from '#src/domain/period/types.js';
import type { SeriesSource } from '#src/domain/series/types.js';

const MONTHLY: Grain = { frequency: 'monthly' };
const value = { kind: 'value', value: '85' } as const;

const versions = (from: string, until?: string): SeriesSource => ({
  kind: 'versions',
  versions: [{ from, ...(until === undefined ? {} : { until }), target: value }],
});

function found(source: SeriesSource | undefined, today: string | undefined, grain: Grain = MONTHLY) {
  const measure: LintMeasure = {
    address: 'company/m',
    objective: 'company/o',
    weight: '1',
    targets: [],
    scoredBy: { names: ['target'], series: source === undefined ? [] : [{ name: 'target', source }], grain },
  };
  const subject = {
    address: 'company',
    perspectives: [],
    objectives: [],
    measures: [measure],
    reachable: new Set<string>(),
    ...(today === undefined ? {} : { today }),
  };
  return expiryFindings(subject);
}

describe('expiryFindings', () => {
  it('tells of a target that ends within the next two periods, and of which period', () => {
    expect(found(versions('2026-01-01', '2027-01-01'), '2026-11-15')).toEqual([
      {
        rule: 'target_expires',
        subject: 'company/m',
        at: ['targets'],
        message:
          'it is scored by its target, and there is none in 2027-01: the target from 2026-01-01 expired before 2027-01-01',
        remedy: 'agree on the target of 2027-01 and later, and add it',
      },
    ]);
  });

  it.each([
    ['one that reaches further', versions('2026-01-01', '2027-01-01'), '2026-10-31'],
    ['one without an end', versions('2020-01-01'), '2026-11-15'],
    ['one that begins next month', versions('2026-12-01'), '2026-11-15'],
    ['one that an extract gives', { kind: 'collected' } as const, '2026-11-15'],
    ['one where no day is known', versions('2026-01-01', '2026-02-01'), undefined],
    ['a series that is not there, which is told elsewhere', undefined, '2026-11-15'],
  ])('says nothing of %s', (_, source, today) => {
    expect(found(source, today)).toEqual([]);
  });

  it('tells of one that has expired, or has a hole', () => {
    expect(found(versions('2025-01-01', '2026-01-01'), '2026-11-15')).toHaveLength(1);
    const holed: SeriesSource = { kind: 'periods', values: { '2026-11': value, '2027-01': value } };
    expect(found(holed, '2026-11-15')[0]?.message).toContain('none in 2026-12');
  });

  it('says nothing of the days after a list of periods, of which none is judged', () => {
    const calendar = {
      kind: 'list',
      prefix: 'T',
      frequency: 'quarterly',
      periods: [{ id: '1', start: '2026-09-01' }],
      end: '2026-12-01',
    } as const;
    const grain: Grain = { frequency: 'quarterly', calendar };
    expect(found(versions('2026-01-01', '2026-11-30'), '2026-11-15', grain)).toEqual([]);
  });
});
