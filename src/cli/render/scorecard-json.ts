import type { Site } from '#src/config/types.js';
import type { Standing } from './standing.js';

/**
 * What `plumbline status --json` writes. Every key is always there, `null` where there is nothing; scores, values,
 * coverage and weights are decimal texts, scores and coverage from 0 to 1. Keys may be added, none is changed.
 */
export function scorecardJson(site: Site, asOf: string, nodes: readonly Standing[]) {
  return {
    asOf,
    site: { id: site.id, name: site.name, timeZone: site.timeZone },
    nodes: nodes.map(({ row, open, ageDays, since, notes = {}, without, written }) => ({
      address: row.node,
      kind: row.kind,
      name: row.name,
      parent: row.parent ?? null,
      owner: { id: row.ownerId, name: row.ownerName },
      weight: row.weight,
      status: row.status ?? null,
      band: row.band ?? null,
      score: row.score ?? null,
      points: row.points ?? null,
      possible: row.possible ?? null,
      coverage: row.coverage ?? null,
      value: row.value ?? null,
      unit: row.unit ?? null,
      decimals: row.decimals ?? null,
      direction: row.direction ?? null,
      frequency: row.frequency ?? null,
      target: row.target ?? null,
      period:
        row.periodId === undefined
          ? null
          : { id: row.periodId, start: row.periodStart ?? null, end: row.periodEnd ?? null, open },
      partial: open || notes.lacks !== undefined ? { open, lacks: notes.lacks ?? null } : null,
      otherDays: notes.otherDays ?? null,
      sumOfNoRows: notes.ofNoRows !== undefined,
      soFar: notes.soFar === undefined ? null : { period: notes.soFar.periodId, value: notes.soFar.value },
      oldestData: row.oldestData ?? null,
      ageDays: ageDays ?? null,
      since: since ?? null,
      reason: row.reason ?? null,
      without:
        without === undefined
          ? null
          : {
              count: without.count,
              children: without.named.map(({ address, name, status, tooOld }) => ({
                address,
                name,
                status: status ?? null,
                tooOld: tooOld ?? null,
              })),
            },
      note: written === undefined ? null : { text: written.text, author: written.author, writtenAt: written.writtenAt },
      scoredAt: row.scoredAt ?? null,
      run: row.runId ?? null,
    })),
  };
}
