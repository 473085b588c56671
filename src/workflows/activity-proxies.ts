import { proxyActivities } from '@temporalio/workflow';
import type { CollectSteps, DeliverSteps, SweepSteps } from '#src/activities/types.js';
import { PULL_POLICY, QUOTA_WAIT_MS, STORE_POLICY, type StepPolicy } from './policies.js';

const optionsOf = (policy: StepPolicy) => ({
  startToCloseTimeout: policy.startToCloseMs,
  heartbeatTimeout: policy.heartbeatMs,
  retry: {
    initialInterval: policy.retry.initialIntervalMs,
    backoffCoefficient: policy.retry.backoffCoefficient,
    maximumInterval: policy.retry.maximumIntervalMs,
    maximumAttempts: policy.retry.maximumAttempts,
  },
});

const pulling = proxyActivities<Pick<CollectSteps, 'pullExtracts'>>(optionsOf(PULL_POLICY));
const storing = proxyActivities<Omit<CollectSteps, 'pullExtracts'> & SweepSteps & DeliverSteps>(
  optionsOf(STORE_POLICY),
);

/** A pull that draws on a budget goes to the budget's own queue, where the server hands out no more than it allows. */
const pullExtracts: CollectSteps['pullExtracts'] = (request) => {
  if (request.quota === undefined) return pulling.pullExtracts(request);
  const { taskQueue } = request.quota;
  const options = { ...optionsOf(PULL_POLICY), taskQueue, scheduleToStartTimeout: QUOTA_WAIT_MS };
  return proxyActivities<Pick<CollectSteps, 'pullExtracts'>>(options).pullExtracts(request);
};

/** The steps as activities of this task queue, pulls under a budget aside. */
export const steps: CollectSteps & SweepSteps & DeliverSteps = {
  planRun: storing.planRun,
  pullExtracts,
  recordPullFailure: storing.recordPullFailure,
  scoreRun: storing.scoreRun,
  assessRun: storing.assessRun,
  closeRun: storing.closeRun,
  sweepFreshness: storing.sweepFreshness,
  deliverOutbox: storing.deliverOutbox,
};
