import { causeAndEffectFindings } from './cause-and-effect.js';
import { dateFindings } from './dates.js';
import { expiryFindings } from './expiry.js';
import { ownershipFindings } from './ownership.js';
import { sizeFindings } from './size.js';
import type { LintFinding, LintSubject } from './types.js';
import { weightFindings } from './weights.js';

/** All that the rules find in one scorecard; which of it is told, and how gravely, is for settings to say. */
export function lintScorecard(subject: LintSubject): readonly LintFinding[] {
  return [
    ...sizeFindings(subject),
    ...ownershipFindings(subject),
    ...causeAndEffectFindings(subject),
    ...weightFindings(subject),
    ...dateFindings(subject),
    ...expiryFindings(subject),
    ...subject.measures.flatMap(({ address, averagesRatio }): readonly LintFinding[] => {
      if (averagesRatio === undefined) return [];
      const message = 'its value is a mean of ratios, in which a small part counts as much as a large one';
      return [{ rule: 'averaged_ratio', subject: address, at: ['from'], message, remedy: averagesRatio }];
    }),
  ];
}
