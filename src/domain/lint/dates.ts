import type { LintFinding, LintSubject } from './types.js';

/**
 * Whether targets end some day, and whether somebody looks again in time.
 *
 * A target is time-bound when it says until when it holds, or another one follows it. A measure without targets is not
 * judged here. Review dates are judged only where the day is known; on the day itself a review is not overdue yet.
 */
export function dateFindings(subject: LintSubject): readonly LintFinding[] {
  return [...subject.measures.flatMap(targetFinding), ...reviewFindings(subject)];
}

function targetFinding({ address, targets }: LintSubject['measures'][number]): readonly LintFinding[] {
  if (targets.length !== 1 || targets[0]?.until !== undefined) return [];
  const message = `its target holds from ${targets[0]?.from} on, for ever`;
  const remedy = 'say until when it holds, or add the target that follows';
  return [{ rule: 'target_time_bound', subject: address, at: ['targets'], message, remedy }];
}

function reviewFindings(subject: LintSubject): readonly LintFinding[] {
  const { today } = subject;
  return [subject, ...subject.objectives, ...subject.measures].flatMap(
    ({ address, reviewBy }): readonly LintFinding[] => {
      if (reviewBy === undefined) {
        const message = 'nobody is to look at it again';
        return [{ rule: 'review_missing', subject: address, message, remedy: 'add review_by: with a day' }];
      }
      if (today === undefined || reviewBy >= today) return [];
      const message = `its review was due by ${reviewBy}`;
      const remedy = 'see whether it is still right, then set the next day';
      return [{ rule: 'review_overdue', subject: address, at: ['review_by'], message, remedy }];
    },
  );
}
