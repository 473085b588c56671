import type { Knex } from 'knex';
import { notesOf } from '../notes.js';
import { factsIn, outboxRecords } from '../outbox.js';
import { pulls } from '../pulls.js';
import { rejectsOf } from '../rejects.js';
import type { RunOn } from '../run-on.js';
import { latestRuns } from '../runs.js';
import { alertEntry, alertHistory, openAlerts } from './alert-views.js';
import { channelTraffic } from './channel-traffic.js';
import { explain } from './explain.js';
import { scorecardTable } from './scorecard.js';
import type { ReadModels, RunView } from './types.js';

export function readModels(read: RunOn): ReadModels {
  return {
    scorecardTable: () => read(scorecardTable),
    openAlerts: () => read(openAlerts),
    alertHistory: (limit) => read((db) => alertHistory(db, limit)),
    alert: (key) => read((db) => alertEntry(db, key)),
    rejectsOf: (filter) => read((db) => rejectsOf(db, filter)),
    latestRuns: (limit) => read((db) => runsWithPulls(db, limit)),
    factsIn: (messageId) => read((db) => factsIn(db, messageId)),
    outboxRecords: (limit) => read((db) => outboxRecords(db, limit)),
    notesOf: (node, periodId) => read((db) => notesOf(db, node, periodId)),
    channelTraffic: () => read(channelTraffic),
    explain: (measure, periodId) => read((db) => explain(db, measure, periodId)),
  };
}

async function runsWithPulls(db: Knex, limit: number): Promise<RunView[]> {
  const views: RunView[] = [];
  for (const run of await latestRuns(db, limit)) views.push({ ...run, pulls: await pulls(db, run.runId) });
  return views;
}
