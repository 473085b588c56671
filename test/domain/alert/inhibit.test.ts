import { describe, expect, it } from 'vitest';
import { inhibit } from '#src/domain/alert/inhibit.js';
import type { AlertKind, FoundCondition } from '#src/domain/alert/types.js';
import type { Period } from '#src/domain/period/types.js';

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
      { sources },
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
    expect(inhibit([...others, failed], { sources })).toEqual({
      conditions: [...others, failed],
      inhibited: new Set(),
    });
  });

  it('changes nothing while no source fails', () => {
    const conditions = [condition('late', 'measure/a/x')];
    expect(inhibit(conditions, { sources })).toEqual({ conditions, inhibited: new Set() });
  });

  it('names a measure once when its connection and its extract both fail', () => {
    const extract = condition('source_failed', 'extract/orders');
    const { conditions } = inhibit([extract, failed, condition('late', 'measure/a/x')], { sources });
    expect(conditions).toEqual([extract, { ...failed, details: ['a line', 'Waiting for it: measure/a/x is late'] }]);
  });

  it('holds nothing back for a measure whose value did arrive', () => {
    expect(inhibit([failed], { sources }).inhibited.size).toBe(0);
  });
});

/** Months of 2026 that a condition holds in. */
function overdue(kind: AlertKind, subject: string, ...months: readonly string[]): FoundCondition {
  const periods = months.map(
    (month): Period => ({
      id: `2026-${month}`,
      frequency: 'monthly',
      start: `2026-${month}-01`,
      end: `2026-${String(Number(month) + 1).padStart(2, '0')}-01`,
    }),
  );
  return { ...condition(kind, subject), overdue: periods };
}

describe('inhibit above what is overdue', () => {
  const inputs = new Map([
    ['measure/margin', ['measure/a/x', 'measure/a/z']],
    ['measure/margin-of-all', ['measure/margin']],
    ['measure/own-past', ['measure/own-past']],
  ]);
  const causes = { sources, inputs };
  const subjectsOf = (conditions: readonly FoundCondition[]) => conditions.map(({ subject }) => subject);

  it('lists a derived measure, at any depth, under the one input that is late', () => {
    const input = overdue('late', 'measure/a/x', '10');
    const { conditions, inhibited } = inhibit(
      [overdue('late', 'measure/margin-of-all', '10'), overdue('missing', 'measure/margin', '10'), input],
      causes,
    );
    expect(conditions).toEqual([
      {
        ...input,
        details: [
          'a line',
          'Waiting for it: measure/margin-of-all is late',
          'Waiting for it: measure/margin is missing',
        ],
      },
    ]);
    expect(inhibited).toEqual(
      new Set([
        'late/measure/margin-of-all',
        'missing/measure/margin-of-all',
        'late/measure/margin',
        'missing/measure/margin',
      ]),
    );
  });

  it('lists it under the source, where the input waits for that itself', () => {
    const { conditions } = inhibit(
      [
        failed,
        overdue('late', 'measure/a/x', '10'),
        overdue('late', 'measure/margin-of-all', '10'),
        overdue('late', 'measure/margin', '10'),
      ],
      causes,
    );
    expect(conditions).toEqual([
      {
        ...failed,
        details: [
          'a line',
          'Waiting for it: measure/a/x is late',
          'Waiting for it: measure/margin-of-all is late',
          'Waiting for it: measure/margin is late',
        ],
      },
    ]);
  });

  it('leaves a derived measure that is late in a period in which no input is', () => {
    const [input, own] = [overdue('late', 'measure/a/x', '10'), overdue('missing', 'measure/margin', '10', '09')];
    expect(subjectsOf(inhibit([input, own], causes).conditions)).toEqual(['measure/a/x', 'measure/margin']);
  });

  it('takes inputs together, and names it under the first of them', () => {
    const [one, other] = [overdue('late', 'measure/a/x', '10'), overdue('missing', 'measure/a/z', '09')];
    const { conditions } = inhibit([other, one, overdue('missing', 'measure/margin', '10', '09')], causes);
    expect(conditions).toEqual([other, { ...one, details: ['a line', 'Waiting for it: measure/margin is missing'] }]);
  });

  it('knows a quarter by one of its months', () => {
    const quarter: Period = { id: '2026-Q3', frequency: 'quarterly', start: '2026-07-01', end: '2026-10-01' };
    const above = { ...condition('late', 'measure/margin'), overdue: [quarter] };
    expect(subjectsOf(inhibit([overdue('late', 'measure/a/x', '09'), above], causes).conditions)).toEqual([
      'measure/a/x',
    ]);
    expect(subjectsOf(inhibit([overdue('late', 'measure/a/x', '10'), above], causes).conditions)).toHaveLength(2);
  });

  it('takes nothing for its own cause, and off-track inputs for none', () => {
    const conditions = [
      overdue('late', 'measure/own-past', '10'),
      overdue('off_track', 'measure/a/x', '10'),
      overdue('late', 'measure/margin', '10'),
    ];
    expect(inhibit(conditions, causes).conditions).toEqual(conditions);
  });
});

describe('inhibit of what is said of extracts', () => {
  const ofExtract = new Map([...sources, ['extract/orders', ['connection/erp', 'extract/orders']]]);
  const rejects = condition('rejects', 'extract/orders');
  const captures = overdue('capture_missed', 'extract/orders', '10');

  it('holds rejects and missed captures back while the source fails, and lists the captures', () => {
    const { conditions, inhibited } = inhibit([failed, rejects, captures], { sources: ofExtract });
    expect(conditions).toEqual([
      { ...failed, details: ['a line', 'Waiting for it: extract/orders is capture_missed'] },
    ]);
    expect(inhibited).toEqual(new Set(['rejects/extract/orders', 'capture_missed/extract/orders']));
    expect(inhibit([rejects, captures], { sources: ofExtract }).conditions).toHaveLength(2);
  });

  it('lists what is missing for a missed capture there, and no other period', () => {
    const missing = (...months: readonly string[]) => overdue('missing', 'measure/a/x', ...months);
    expect(inhibit([captures, missing('10')], { sources: ofExtract }).conditions).toEqual([
      { ...captures, details: ['a line', 'Waiting for it: measure/a/x is missing'] },
    ]);
    expect(inhibit([captures, missing('10', '09')], { sources: ofExtract }).conditions).toHaveLength(2);
  });
});
