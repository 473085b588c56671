import { reportedFrom, revisedFrom, unscoredFrom } from './actual-starts.js';
import { alerts } from './alerts.js';
import { arrivals, collectedSince, periodsWithStatus } from './arrivals.js';
import { configRevision, latestApplied, latestConfigRevision, latestRevision } from './config-revisions.js';
import { currentActuals, currentValues, withdrawnActuals } from './current-actuals.js';
import { lastDigests } from './digests.js';
import { judgedContents } from './judged-contents.js';
import { noValues } from './no-values.js';
import { notes } from './notes.js';
import { lostMessages } from './outbox.js';
import { pipelineProgress } from './pipeline-progress.js';
import { progressOf } from './progress.js';
import { lastRead, latestPulls, latestRowEvidence, latestWatermark, newestAttempt, pulls, pullTimes } from './pulls.js';
import { firstRejects, rejectsIn } from './rejects.js';
import { restatedPeriods } from './restated-periods.js';
import type { RunOn } from './run-on.js';
import { finishedRunStart, latestLogicalTime, run } from './runs.js';
import { currentScores, nodesWithStatus, scoredFrom, scoredTo, waitingFrom } from './scores.js';
import { scoringProgressOf } from './scoring-progress.js';
import { serverTime } from './server-time.js';
import { standSteps } from './source-stands.js';
import type { StoreReader } from './types.js';
import { valueRequests } from './value-requests.js';

export function storeReader(read: RunOn): StoreReader {
  return {
    configRevision: (revision) => read((db) => configRevision(db, revision)),
    latestConfigRevision: () => read(latestConfigRevision),
    latestRevision: () => read(latestRevision),
    latestApplied: () => read(latestApplied),
    run: (runId) => read((db) => run(db, runId)),
    pulls: (runId) => read((db) => pulls(db, runId)),
    latestPulls: (extracts) => read((db) => latestPulls(db, extracts)),
    lastRead: (extract) => read((db) => lastRead(db, extract)),
    firstRejects: (runId, extract, limit) => read((db) => firstRejects(db, runId, extract, limit)),
    newestAttempt: (extracts, from) => read((db) => newestAttempt(db, extracts, from)),
    latestWatermark: (extract, before) => read((db) => latestWatermark(db, extract, before)),
    latestRowEvidence: (extract, before) => read((db) => latestRowEvidence(db, extract, before)),
    standSteps: (extracts, from) => read((db) => standSteps(db, extracts, from)),
    rejectsIn: (pull, period) => read((db) => rejectsIn(db, pull, period)),
    pullTimes: (extract, from, to) => read((db) => pullTimes(db, extract, from, to)),
    progress: (measures) => read((db) => progressOf(db, measures)),
    scoringProgress: (subjects) => read((db) => scoringProgressOf(db, subjects)),
    waitingFrom: (measures) => read((db) => waitingFrom(db, measures)),
    currentActuals: (measures, from, extract) => read((db) => currentActuals(db, measures, from, extract)),
    currentValues: (measures, from) => read((db) => currentValues(db, measures, from)),
    withdrawnActuals: (measures, from) => read((db) => withdrawnActuals(db, measures, from)),
    revisedFrom: (measures, since) => read((db) => revisedFrom(db, measures, since)),
    restatedPeriods: (since) => read((db) => restatedPeriods(db, since)),
    finishedRunStart: (group, except) => read((db) => finishedRunStart(db, group, except)),
    noValues: (measures, from) => read((db) => noValues(db, measures, from)),
    currentScores: (nodes, from) => read((db) => currentScores(db, nodes, from)),
    judgedContents: (nodes, from) => read((db) => judgedContents(db, nodes, from)),
    scoredFrom: (nodes) => read((db) => scoredFrom(db, nodes)),
    nodesWithStatus: (nodes, statuses, from) => read((db) => nodesWithStatus(db, nodes, statuses, from)),
    unscoredFrom: (measures) => read((db) => unscoredFrom(db, measures)),
    reportedFrom: (measures) => read((db) => reportedFrom(db, measures)),
    scoredTo: (nodes) => read((db) => scoredTo(db, nodes)),
    arrivals: (measures, from) => read((db) => arrivals(db, measures, from)),
    collectedSince: (measures) => read((db) => collectedSince(db, measures)),
    periodsWithStatus: (nodes, statuses, from) => read((db) => periodsWithStatus(db, nodes, statuses, from)),
    alerts: (filter) => read((db) => alerts(db, filter)),
    notes: (nodes) => read((db) => notes(db, nodes)),
    lastDigests: () => read(lastDigests),
    valueRequests: (from) => read((db) => valueRequests(db, from)),
    lostMessages: () => read(lostMessages),
    pipelineProgress: () => read(pipelineProgress),
    latestLogicalTime: () => read(latestLogicalTime),
    serverTime: () => read(serverTime),
  };
}
