import { assessScope } from './alert/assess-scope.js';
import { watchCanary } from './canary/watch-canary.js';
import type { StepServices } from './context.js';
import { deriveScope } from './derive/derive-scope.js';
import { sendDueDigests } from './digest/send-due-digests.js';
import { judgingTime } from './judging-time.js';
import { sendValueRequests } from './request/send-value-requests.js';
import { alertsLookedAt, areAlertsLookedAt } from './score/alerts-behind.js';
import { saidBySources } from './score/said-by-sources.js';
import { scoreScope } from './score/score-scope.js';
import { sweepRunId } from './sweep-run-id.js';
import type { SweepRequest, SweepSummary } from './types.js';
import { areReadsToCome } from './watch/reads-to-come.js';
import { isWatched, watchPipeline } from './watch/watch-pipeline.js';

/** Time passes without data: not due → late → missing for every measure, with the alerts of that; and digests, and values to ask for, become due. */
export async function sweepFreshness(services: StepServices, request: SweepRequest): Promise<SweepSummary> {
  const config = await services.loadConfig(request.configRevision);
  const recordedAt = services.now();
  const runId = sweepRunId(request.logicalTime);
  const { composeAlert } = services;
  const summary = await services.store.write(async (writer, reader) => {
    const now = await judgingTime(reader, request.logicalTime);
    const saidOf = await saidBySources(reader, config, now);
    const moment = { now, calendars: config.site, saidOf, runId, scoredAt: recordedAt };
    const { measures } = config;
    // A definition that has changed since the last run is computed anew though nothing was read.
    const unscoredFrom = await deriveScope(writer, reader, { config, changedFrom: new Map(), moment });
    const scoresChanged = await scoreScope(writer, reader, { config, measures, unscoredFrom, onlyTime: true, moment });
    const extracts = config.extracts.map((extract) => extract.id);
    const isLooked = await areAlertsLookedAt(reader, config.revision);
    const readsToCome = isWatched(config, request) && (await areReadsToCome(reader, config, recordedAt));
    const alerts = await assessScope(writer, reader, {
      config,
      measures,
      extracts,
      now,
      runId,
      recordedAt,
      composeAlert,
      onlyTime: isLooked && scoresChanged === 0,
      readsToCome,
    });
    if (!isLooked) await writer.saveScoringProgress([alertsLookedAt(config.revision)]);
    const digests = { config, now, recordedAt, composeDigest: services.composeDigest };
    await sendDueDigests(writer, reader, digests);
    const requests = { config, now, recordedAt, composeRequest: services.composeRequest };
    if (!readsToCome) await sendValueRequests(writer, reader, requests);
    return { scoresChanged, alertsOpened: alerts.opened, alertsResolved: alerts.resolved };
  });
  const watched = isWatched(config, request);
  await watchPipeline(services, config, 'sweep', watched);
  if (watched) await watchCanary(services, config);
  return summary;
}
