import { describe, expect, it } from 'vitest';
import { inhibit } from '#src/domain/alert/inhibit.js';
import type { AlertKind, FoundCondition } from '#src/domain/alert/types.js';

function condition(kind: AlertKind, subject: string, summary = `${subject} is ${kind}`): FoundCondition {
  return { kind, subject, period: '2026-10', through: '2026-11-01', owner: 'amara', summary, details: ['a line'] };
}

const failed = condition('source_failed', 'connection/erp');
const sources = new Map([
  ['measure/a/x', ['connection/erp', 'extract/orders']],
  ['measure/a/y', ['connection/erp', 'extract/orders']],
  ['measure/a/z', ['connection/files', 'extract/finance']],
]);

describe('inhibit', () => {
  it('drops late and missing values of a failing source and names them in the one alert', () => {
    const { conditions, inhibited } = inhibit(
      [condition('late', 'measure/a/x'), failed, condition('missing', 'measure/a/y')],
      sources,
    );
    expect(conditions).toEqual([
      {
        ...failed,
        details: ['a line', 'Waiting for it: measure/a/x is late', 'Waiting for it: measure/a/y is missing'],
      },
    ]);
    expect([...inhibited].sort()).toEqual([
      'late/measure/a/x',
      'late/measure/a/y',
      'missing/measure/a/x',
      'missing/measure/a/y',
    ]);
  });

  it('leaves measures of other sources, and off-track values, as they are', () => {
    const others = [
      condition('late', 'measure/a/z'),
      condition('off_track', 'measure/a/x'),
      condition('late', 'measure/b'),
    ];
    expect(inhibit([...others, failed], sources)).toEqual({ conditions: [...others, failed], inhibited: new Set() });
  });

  it('changes nothing while no source fails', () => {
    const conditions = [condition('late', 'measure/a/x')];
    expect(inhibit(conditions, sources)).toEqual({ conditions, inhibited: new Set() });
  });

  it('names a measure once when its connection and its extract both fail', () => {
    const extract = condition('source_failed', 'extract/orders');
    const { conditions } = inhibit([extract, failed, condition('late', 'measure/a/x')], sources);
    expect(conditions).toEqual([extract, { ...failed, details: ['a line', 'Waiting for it: measure/a/x is late'] }]);
  });

  it('holds nothing back for a measure whose value did arrive', () => {
    expect(inhibit([failed], sources).inhibited.size).toBe(0);
  });
});
