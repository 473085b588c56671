import type { LintFinding, LintSubject } from './types.js';

/** Whether somebody answers for everything, and can be told: an owner without an address never hears of an alert. */
export function ownershipFindings(subject: LintSubject): readonly LintFinding[] {
  const nodes = [subject, ...subject.objectives, ...subject.measures];
  return nodes.flatMap(({ address, owner }): readonly LintFinding[] => {
    if (owner === undefined) {
      return [{ rule: 'owner_missing', subject: address, message: 'nobody answers for it', remedy: 'add owner:' }];
    }
    if (subject.reachable.has(owner)) return [];
    const message = `its owner "${owner}" has no address, so no message about it arrives`;
    const remedy = 'add email: to the person in people.yaml';
    return [{ rule: 'owner_without_address', subject: address, at: ['owner'], message, remedy }];
  });
}
