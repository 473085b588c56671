import { saveAbsences } from './absences.js';
import { appendActuals } from './actuals.js';
import { saveAlertEvents } from './alerts.js';
import { saveConfigRevision } from './config-revisions.js';
import { saveDeadlines } from './deadlines.js';
import { saveDigests } from './digests.js';
import { saveNoValues } from './no-values.js';
import { addNote } from './notes.js';
import { enqueue } from './outbox.js';
import { outboxChanges } from './outbox-changes.js';
import { savePipelineProgress } from './pipeline-progress.js';
import { saveProgress } from './progress.js';
import { savePull } from './pulls.js';
import type { RunOn } from './run-on.js';
import { closeRun, openRun } from './runs.js';
import { saveScores } from './scores.js';
import { saveScoringProgress } from './scoring-progress.js';
import { saveStandStep } from './source-stands.js';
import type { StoreWriter } from './types.js';
import { addValueRequests } from './value-requests.js';

/** Each write through `run`, which stands for the one transaction. */
export function storeWriter(run: RunOn): StoreWriter {
  return {
    saveConfigRevision: (revision, document, at, nodes, people) =>
      run((trx) => saveConfigRevision(trx, revision, document, at, nodes, people)),
    openRun: (opening) => run((trx) => openRun(trx, opening)),
    closeRun: (runId, state, at) => run((trx) => closeRun(trx, runId, state, at)),
    savePull: (pull, rejects) => run((trx) => savePull(trx, pull, rejects)),
    appendActuals: (revisions) => run((trx) => appendActuals(trx, revisions)),
    saveNoValues: (records) => run((trx) => saveNoValues(trx, records)),
    saveProgress: (progress) => run((trx) => saveProgress(trx, progress)),
    saveScoringProgress: (progress) => run((trx) => saveScoringProgress(trx, progress)),
    saveScores: (scores) => run((trx) => saveScores(trx, scores)),
    saveDeadlines: (deadlines) => run((trx) => saveDeadlines(trx, deadlines)),
    saveStandStep: (extract, step) => run((trx) => saveStandStep(trx, extract, step)),
    saveAbsences: (measures, absences) => run((trx) => saveAbsences(trx, measures, absences)),
    saveAlertEvents: (events, runId) => run((trx) => saveAlertEvents(trx, events, runId)),
    addNote: (note) => run((trx) => addNote(trx, note)),
    saveDigests: (digests) => run((trx) => saveDigests(trx, digests)),
    addValueRequests: (requests) => run((trx) => addValueRequests(trx, requests)),
    enqueue: (messages) => run((trx) => enqueue(trx, messages)),
    outbox: outboxChanges(run),
    savePipelineProgress: (progress) => run((trx) => savePipelineProgress(trx, progress)),
  };
}
