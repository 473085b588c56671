import { noteJson } from '../note-words.js';
import { type NodeExplanation, namesOf } from './node-explanation.js';

/**
 * What `plumbline explain --json` writes of an objective, perspective or scorecard. Figures are decimal texts, scores and
 * coverage 0–1. Keys may be added, none is changed.
 */
export function nodeExplainJson({ config, node, address, name, found, run, made, notes, now }: NodeExplanation) {
  const { site } = config;
  const nameOf = namesOf(config);
  const entering = new Map(made?.entering.map((child) => [child.node, child]));
  const counted = new Set(made?.outcome?.entered.map((child) => child.node));
  return {
    asOf: now,
    site: { id: site.id, name: site.name, timeZone: site.timeZone },
    node: { address, kind: node.kind, name },
    period: made === undefined ? null : { ...made.stored.period, open: made.open },
    partial: made?.open === true ? { open: true, lacks: null } : null,
    score: made?.stored ?? null,
    agrees: made?.agrees ?? null,
    rollUp: made?.rule ?? null,
    seenOn: made?.asOf ?? null,
    children:
      made?.children.map((child) => ({
        address: child.node,
        name: nameOf(child.node),
        weight: child.weight,
        status: child.status,
        score: child.score ?? null,
        enters: entering.get(child.node)?.score ?? null,
        counts: counted.has(child.node),
        coverage: child.coverage ?? null,
        oldestData: child.oldestData ?? null,
        period: child.period ?? null,
        tooOld: child.tooOld ?? null,
        reason: made.childScores.get(child.node)?.reason ?? null,
      })) ?? [],
    outcome:
      made?.outcome === undefined
        ? null
        : {
            unrounded: made.outcome.score.toFixed(),
            points: made.outcome.points ?? null,
            possible: made.outcome.possible ?? null,
            score: made.record.score ?? null,
            status: made.record.status,
          },
    run: run ?? null,
    notes: notes.map(noteJson),
    known: found.known,
  };
}
