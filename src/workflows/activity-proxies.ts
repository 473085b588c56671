import { proxyActivities } from '@temporalio/workflow';
import type { CollectSteps, DeliverSteps, SweepSteps } from '#src/activities/types.js';
import { PULL_POLICY, STORE_POLICY, type StepPolicy } from './policies.js';

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

/** The steps as activities of this task queue. */
export const steps: CollectSteps & SweepSteps & DeliverSteps = {
  planRun: storing.planRun,
  pullExtracts: pulling.pullExtracts,
  recordPullFailure: storing.recordPullFailure,
  scoreRun: storing.scoreRun,
  assessRun: storing.assessRun,
  closeRun: storing.closeRun,
  sweepFreshness: storing.sweepFreshness,
  deliverOutbox: storing.deliverOutbox,
};
