import { describe, expect, it } from 'vitest';
import { lintScorecard } from '#src/domain/lint/lint-scorecard.js';
import { type LintSettings, severityOf } from '#src/domain/lint/severity.js';
import type { LintMeasure, LintObjective, LintSubject } from '#src/domain/lint/types.js';

const perspectives = ['p0', 'p1', 'p2', 'p3'].map((address) => ({ address, weight: '1' }));

const objective = (index: number, more: Partial<LintObjective> = {}): LintObjective => ({
  address: `o${index}`,
  owner: 'amara',
  perspective: `p${index % 4}`,
  weight: '1',
  drives: index < 4 ? [] : [`o${index - 4}`],
  ...more,
});

const measure = (index: number, more: Partial<LintMeasure> = {}): LintMeasure => ({
  address: `m${index}`,
  owner: 'amara',
  objective: `o${index % 16}`,
  weight: '1',
  targets: [{ from: '2025-01-01', until: '2027-01-01' }],
  ...more,
});

const list = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Sixteen objectives in four perspectives, nineteen measures: nothing to find. */
const subject = (more: Partial<LintSubject> = {}): LintSubject => ({
  address: 'company',
  owner: 'amara',
  reviewBy: '2026-12-01',
  perspectives,
  objectives: list(16, (index) => objective(index, { reviewBy: '2026-12-01' })),
  measures: list(19, (index) => measure(index, { reviewBy: '2026-12-01' })),
  reachable: new Set(['amara']),
  today: '2026-12-01',
  ...more,
});

const found = (more: Partial<LintSubject>): readonly string[] =>
  lintScorecard(subject(more)).map(({ rule, subject: address, at = [] }) => [rule, address, ...at].join(' '));

describe('lintScorecard', () => {
  it('finds nothing in a scorecard that keeps to the practice', () => {
    expect(lintScorecard(subject())).toEqual([]);
  });

  it.each([
    [11, true],
    [12, false],
    [18, false],
    [19, true],
  ])('judges the number of objectives: %s', (count, isFound) => {
    const findings = found({ objectives: list(count, (index) => objective(index, { reviewBy: '2027-01-01' })) });
    expect(findings.includes('objectives_12_18 company')).toBe(isFound);
  });

  it('judges each perspective by its own objectives', () => {
    const objectives = list(16, (index) =>
      objective(index, { reviewBy: '2027-01-01', perspective: index < 6 ? 'p0' : index < 8 ? 'p1' : 'p2' }),
    );
    expect(found({ objectives }).filter((each) => each.startsWith('perspective'))).toEqual([
      'perspective_3_5 p0',
      'perspective_3_5 p1',
      'perspective_3_5 p2',
      'perspective_3_5 p3',
    ]);
  });

  it('counts strategic measures only', () => {
    const measures = list(25, (index) => measure(index, { reviewBy: '2027-01-01' }));
    const operational = list(60, (index) => measure(100 + index, { reviewBy: '2027-01-01', operational: true }));
    expect(found({ measures }).filter((each) => each.startsWith('measures_under'))).toEqual([
      'measures_under_20 company',
    ]);
    expect(found({ measures: [...measures.slice(0, 19), ...operational] })).toEqual([]);
  });

  it('names the objective that has more than two strategic measures', () => {
    const measures = list(3, (index) => measure(index, { objective: 'o5', reviewBy: '2027-01-01' }));
    expect(found({ measures })).toEqual(['measures_per_objective_2 o5']);
  });

  it('tells who is missing, and who cannot be reached', () => {
    const { owner: _owner, ...nobody } = measure(0, { reviewBy: '2027-01-01' });
    expect(found({ owner: 'tomas', measures: [nobody] })).toEqual([
      'owner_without_address company owner',
      'owner_missing m0',
    ]);
  });

  it('tells of an objective that neither drives nor is driven', () => {
    const objectives = list(16, (index) => objective(index, { reviewBy: '2027-01-01' })).map((each) =>
      each.address === 'o13' ? { ...each, drives: [] } : each,
    );
    expect(found({ objectives })).toEqual(['objective_disconnected o13']);
  });

  it('lets links run upwards and sideways, and tells of those that run down', () => {
    const objectives = list(16, (index) => objective(index, { reviewBy: '2027-01-01' }));
    const [first, ...others] = objectives;
    const down = { ...(first ?? objective(0)), drives: ['o4', 'o3'] };
    expect(found({ objectives: [down, ...others] })).toEqual(['link_top_down o0 drives 1']);
  });

  it.each<[string, readonly LintMeasure['targets'][number][], boolean]>([
    ['one that never ends', [{ from: '2025-01-01' }], true],
    ['one that ends', [{ from: '2025-01-01', until: '2026-01-01' }], false],
    ['one that another follows', [{ from: '2025-01-01' }, { from: '2026-01-01' }], false],
    ['none', [], false],
  ])('judges targets: %s', (_, targets, isFound) => {
    const measures = [measure(0, { targets, reviewBy: '2027-01-01' })];
    expect(found({ measures })).toEqual(isFound ? ['target_time_bound m0 targets'] : []);
  });

  it.each([
    ['that come near 100', ['50', '30', '15'], '95 and not to 100'],
    ['that come near 1', ['0.5', '0.3', '0.25'], '1.05 and not to 1'],
  ])('tells of weights %s and miss it', (_, weights, says) => {
    const measures = weights.map((weight, index) =>
      measure(index, { weight, objective: 'o0', operational: true, reviewBy: '2027-01-01' }),
    );
    const findings = lintScorecard(subject({ measures }));
    expect(findings).toMatchObject([{ rule: 'weights_sum', subject: 'o0', message: expect.stringContaining(says) }]);
  });

  it.each([
    ['that add up to 100', ['50', '30', '20']],
    ['that add up to 1 exactly', ['0.1', '0.2', '0.7']],
    ['that are proportions', ['3', '2', '1']],
    ['that are equal', ['33', '33', '33']],
    ['of an only child', ['95']],
  ])('leaves weights alone %s', (_, weights) => {
    const measures = weights.map((weight, index) =>
      measure(index, { weight, objective: 'o0', operational: true, reviewBy: '2027-01-01' }),
    );
    expect(found({ measures })).toEqual([]);
  });

  it('tells of a review that is past, not of one of today, and of none without a day to judge by', () => {
    expect(found({ reviewBy: '2026-11-30' })).toEqual(['review_overdue company review_by']);
    expect(found({ reviewBy: '2026-12-01' })).toEqual([]);
    const { today: _today, ...undated } = subject({ reviewBy: '2020-01-01' });
    expect(lintScorecard(undated)).toEqual([]);
  });

  it('tells where nobody is to look again', () => {
    expect(found({ measures: [measure(0)] })).toEqual(['review_missing m0']);
  });

  it('shows the better spelling of a mean of ratios', () => {
    const measures = [measure(0, { averagesRatio: 'ratio: …', reviewBy: '2027-01-01' })];
    expect(lintScorecard(subject({ measures }))).toMatchObject([{ rule: 'averaged_ratio', remedy: 'ratio: …' }]);
  });
});

describe('severityOf', () => {
  const none: LintSettings = { rules: {} };
  const all = (practice: 'error' | 'warning' | 'off', rules: LintSettings['rules'] = {}): LintSettings => ({
    practice,
    rules,
  });

  it.each([
    ['nothing said', none, undefined, 'off'],
    ['the scorecard follows the practice', none, true, 'warning'],
    ['the site asks for it', all('error'), undefined, 'error'],
    ['the site asks and the scorecard declines', all('error'), false, 'off'],
    ['the site switches it off', all('off'), true, 'off'],
    ['a rule is set where the practice is followed', { rules: { objectives_12_18: 'error' } }, true, 'error'],
    ['a rule is set where it is not', { rules: { objectives_12_18: 'error' } }, undefined, 'off'],
    ['a rule is switched off alone', all('error', { objectives_12_18: 'off' }), true, 'off'],
  ] as const)('is, of a practice rule: %s', (_, settings, follows, severity) => {
    expect(severityOf('objectives_12_18', settings, follows)).toBe(severity);
  });

  it('applies general rules to every scorecard, and asks for review dates only when it is told to', () => {
    expect(severityOf('weights_sum', all('off'), false)).toBe('warning');
    expect(severityOf('weights_sum', { rules: { weights_sum: 'off' } }, true)).toBe('off');
    expect(severityOf('review_missing', none, true)).toBe('off');
    expect(severityOf('review_missing', { rules: { review_missing: 'warning' } }, true)).toBe('warning');
  });
});
