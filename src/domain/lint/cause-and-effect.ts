import type { LintFinding, LintSubject } from './types.js';

/**
 * Whether the objectives tell one story of cause and effect: each drives another or is driven, and links run upwards,
 * from a perspective to the same one or to one that stands above it.
 */
export function causeAndEffectFindings({ perspectives, objectives }: LintSubject): readonly LintFinding[] {
  const driven = new Set(objectives.flatMap(({ drives }) => drives));
  const rank = new Map(perspectives.map(({ address }, index) => [address, index]));
  const rankOf = new Map(objectives.map(({ address, perspective }) => [address, rank.get(perspective)]));
  return objectives.flatMap(({ address, drives }): readonly LintFinding[] => {
    if (drives.length === 0 && !driven.has(address)) {
      const message = 'no objective drives it, and it drives none';
      const remedy = 'add drives: with the objectives that it is believed to move, or drop it';
      return [{ rule: 'objective_disconnected', subject: address, message, remedy }];
    }
    const own = rankOf.get(address);
    return drives.flatMap((effect, index): readonly LintFinding[] => {
      const above = rankOf.get(effect);
      if (own === undefined || above === undefined || above <= own) return [];
      const message = `it drives "${effect}", which stands in a lower perspective`;
      const remedy = 'let causes stand below their effects: turn the link round, or move one of the two';
      return [{ rule: 'link_top_down', subject: address, at: ['drives', index], message, remedy }];
    });
  });
}
