// What is told of a node that has children with a score, and none itself.
import { describe, expect, it } from 'vitest';
import { rollUp } from '#src/domain/rollup/roll-up.js';
import { shortfallWords } from '#src/domain/rollup/shortfall-words.js';
import type { RollUpChild, RollUpRule } from '#src/domain/rollup/types.js';

const RULE: RollUpRule = { onTrackFrom: '0.8', atRiskFrom: '0.5', minimumCoverage: '0.5', minimumChildren: 1 };
const has = (node: string, weight: string): RollUpChild => ({ node, weight, status: 'on_track', score: '0.9' });
const lacks = (node: string, weight: string): RollUpChild => ({ node, weight, status: 'missing' });

const wordsOf = (children: readonly RollUpChild[], rule: Partial<RollUpRule> = {}): string | undefined => {
  const whole = { ...RULE, ...rule };
  return shortfallWords(children, whole, rollUp(children, whole));
};

describe('shortfallWords()', () => {
  it('says how much of the weight has a score, and how much has to', () => {
    const children = [has('a', '60'), has('b', '20'), lacks('c', '20')];
    expect(wordsOf(children, { minimumCoverage: '0.81' })).toBe('80 % of the weight has a score where 81 % are needed');
    expect(wordsOf(children, { minimumCoverage: '0.8' })).toBeUndefined();
  });

  it('never rounds up to the minimum', () => {
    const children = [has('a', '2'), lacks('b', '1')];
    expect(wordsOf(children, { minimumCoverage: '0.667' })).toBe(
      '66.6 % of the weight has a score where 66.7 % are needed',
    );
  });

  it('counts children, those that are not scored by definition or weigh nothing aside', () => {
    const shown: RollUpChild = { node: 'shown', weight: '1', status: 'unscored' };
    expect(wordsOf([has('a', '1'), has('b', '1'), lacks('c', '1'), shown], { minimumChildren: 3 })).toBe(
      '2 of 3 children have a score where 3 are needed',
    );
    expect(wordsOf([has('a', '1'), has('b', '0'), shown], { minimumChildren: 2 })).toBe(
      '1 of 2 children have a score where 2 are needed',
    );
  });

  it('says that missing children left no points to be had', () => {
    const children = [has('a', '60'), lacks('b', '40')];
    const of = (possible: string) => wordsOf(children, { method: { kind: 'sum_of_points', possible } });
    expect(of('50')).toBeUndefined();
    expect(of('30')).toBe('no points were possible');
  });

  it('is silent where no child has a score', () => {
    expect(wordsOf([lacks('a', '1'), lacks('b', '1')])).toBeUndefined();
    expect(wordsOf([])).toBeUndefined();
  });
});
