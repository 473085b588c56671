import { assessRun } from './alert/assess-run.js';
import { closeRun } from './close-run.js';
import type { StepAttempt, StepServices } from './context.js';
import { deliverOutbox } from './deliver/deliver-outbox.js';
import { planRun } from './plan-run.js';
import { pullExtracts } from './pull/pull-extracts.js';
import { recordPullFailure } from './pull/record-pull-failure.js';
import { scoreRun } from './score/score-run.js';
import { sweepFreshness } from './sweep-freshness.js';
import type { PullQuota } from './types.js';

/** Every step by its wire name, still to be given services and an attempt. */
const STEPS = {
  planRun,
  pullExtracts,
  recordPullFailure,
  scoreRun,
  assessRun,
  closeRun,
  sweepFreshness,
  deliverOutbox,
};

type Steps = typeof STEPS;
export type StepName = keyof Steps;

/** A step as a runner calls it. */
export type RunnableSteps = {
  readonly [Name in StepName]: (request: Parameters<Steps[Name]>[1]) => ReturnType<Steps[Name]>;
};

/** How a runner surrounds one call: attempts, heartbeats, cancellation, errors, and the budget that each attempt costs. */
export type RunStep = <T>(name: StepName, call: (attempt: StepAttempt) => Promise<T>, quota?: PullQuota) => Promise<T>;

/** The steps made from their services, each call surrounded by the runner. */
export function createSteps(services: StepServices, run: RunStep): RunnableSteps {
  return {
    planRun: (request) => run('planRun', () => planRun(services, request)),
    pullExtracts: (request) =>
      run('pullExtracts', (attempt) => pullExtracts(services, request, attempt), request.quota),
    recordPullFailure: (request) => run('recordPullFailure', () => recordPullFailure(services, request)),
    scoreRun: (request) => run('scoreRun', () => scoreRun(services, request)),
    assessRun: (request) => run('assessRun', () => assessRun(services, request)),
    closeRun: (request) => run('closeRun', () => closeRun(services, request)),
    sweepFreshness: (request) => run('sweepFreshness', () => sweepFreshness(services, request)),
    deliverOutbox: (request) => run('deliverOutbox', (attempt) => deliverOutbox(services, request, attempt)),
  };
}
