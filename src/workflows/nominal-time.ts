import { defineSearchAttributeKey } from '@temporalio/common';
import { workflowInfo } from '@temporalio/workflow';
import type { Instant } from '#src/domain/period/types.js';
import type { RunTrigger } from '#src/store/types.js';

/** Set by the server on every start that a schedule makes: the nominal time, before jitter. */
const SCHEDULED_START = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/**
 * The nominal time of this start: what the schedule says, also for manual triggers and backfills.
 * A workflow started by hand, without a schedule, takes its start time.
 */
export function nominalTime(): { readonly logicalTime: Instant; readonly trigger: RunTrigger } {
  const info = workflowInfo();
  const scheduled = info.typedSearchAttributes.get(SCHEDULED_START);
  return scheduled === undefined
    ? { logicalTime: instantOf(info.startTime), trigger: 'manual' }
    : { logicalTime: instantOf(scheduled), trigger: 'schedule' };
}

/** ISO text without a fraction of zero, so that both runners spell the same time alike. */
const instantOf = (date: Date): Instant => date.toISOString().replace('.000Z', 'Z');
