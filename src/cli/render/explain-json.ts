import { deadlinesOf } from '#src/activities/score/deadlines-of.js';
import { otherDaysWords } from '#src/domain/derivation/crossed-edges.js';
import { periodDates } from '#src/domain/freshness/dates.js';
import { isCollected, isDerived } from '#src/domain/measure/types.js';
import { targetText } from '#src/domain/target/target-in-force.js';
import { rowsLeftOut } from '../value-notes.js';
import type { ExplainedValue } from './explanation.js';
import { definitionSentences } from './measure-words.js';
import { noteJson } from './note-words.js';

/** What `plumbline explain --json` writes. Figures are decimal texts, scores 0–1. Keys may be added, none is changed. */
export function explainJson(explained: ExplainedValue) {
  const {
    config,
    measure,
    found,
    run,
    progress,
    open,
    judged,
    missed,
    now,
    series,
    completeness,
    lacking,
    lacks,
    notes,
    absence,
    timeliness,
    saidOf,
  } = explained;
  const { site } = config;
  const collected = isCollected(measure) ? measure : undefined;
  const extract = config.extracts.find(({ id }) => id === collected?.extract);
  const current = found.revisions.at(-1);
  return {
    asOf: now,
    site: { id: site.id, name: site.name, timeZone: site.timeZone },
    measure: {
      address: measure.address,
      name: measure.name,
      definition: definitionSentences(measure, config),
      owner: measure.owner,
      objective: measure.objective,
      unit: measure.unit,
      decimals: measure.decimals,
      direction: measure.direction,
      frequency: measure.frequency,
      aggregation: collected?.aggregation ?? null,
      scale: collected?.scale ?? null,
      extract: collected?.extract ?? null,
      derivation: isDerived(measure) ? measure.derivation : null,
      connection: extract?.connection ?? null,
      due: measure.due,
      bands: measure.bands,
      scoreMap: measure.scoreMap ?? null,
    },
    period: found.period === undefined ? null : { ...found.period, open },
    value: current?.value ?? null,
    partial: open || lacks !== undefined ? { open, lacks: lacks ?? null } : null,
    otherDays: (current?.evidence.derived && otherDaysWords(current.evidence.derived)) ?? null,
    dates:
      found.period === undefined
        ? null
        : { lockedFrom: null, ...periodDates(deadlinesOf(found.period, measure, site, saidOf)) },
    timeliness: timeliness === undefined || timeliness.due === 0 ? null : timeliness,
    absence:
      absence === undefined
        ? null
        : {
            reason: absence.absence.reason,
            why: absence.words,
            who: {
              id: absence.person,
              name: config.people.find(({ id }) => id === absence.person)?.name ?? absence.person,
            },
          },
    noValue: lacking === undefined ? null : { reason: lacking.code, why: lacking.message },
    sumOfNoRows: current !== undefined && rowsLeftOut(current, measure) !== undefined,
    known: found.known,
    evidence: current?.evidence ?? null,
    score: found.score ?? null,
    judged: judged ?? null,
    series: series.map(({ name, reading }) => ({
      name,
      value: reading.ok ? targetText(reading.target) : null,
      from: reading.ok ? (reading.from ?? null) : reading.reason,
    })),
    completeness: completeness ?? null,
    revisions: found.revisions.map(({ measure: _measure, period: _period, ...revision }) => revision),
    run: run ?? null,
    pull: found.pull ?? null,
    rejects: found.rejects,
    latestPull: found.latestPull ?? null,
    notes: notes.map(noteJson),
    missedCaptures: missed.map(({ id }) => id),
    collected: progress === undefined ? null : { from: progress.collectedFrom, to: progress.collectedTo },
  };
}
