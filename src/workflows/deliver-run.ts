import type { DeliverRequest, DeliverSteps, DeliverySummary } from '#src/activities/types.js';

/** Rounds of one delivery: bounds a run; what is left waits for the next scheduled one. */
const MAXIMUM_ROUNDS = 20;

/** Drains the outbox in bounded rounds. */
export async function deliverRun(steps: DeliverSteps, request: DeliverRequest): Promise<DeliverySummary> {
  let total: DeliverySummary = { sent: 0, retried: 0, dead: 0, more: true };
  for (let round = 0; round < MAXIMUM_ROUNDS && total.more; round++) {
    const result = await steps.deliverOutbox(request);
    total = {
      sent: total.sent + result.sent,
      retried: total.retried + result.retried,
      dead: total.dead + result.dead,
      more: result.more,
    };
  }
  return total;
}
