import type { RunSummary } from '#src/activities/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { printable } from './render/text-width.js';

const MOST_REJECTS = 10;

/** What a run did, in words: rows, values, alerts, each failure with its cause, the first rejects with their places. */
export async function describeRun(store: ReportingStore, run: RunSummary): Promise<string> {
  const { seen, used, rejected, skipped, revisions, alertsOpened, alertsResolved } = run;
  const lines = [
    `${run.runId}  ${run.state}`,
    `  ${seen} rows seen = ${used} used + ${rejected} rejected + ${skipped} skipped; ${counted(revisions, 'value')} new or changed; alerts: ${alertsOpened} opened, ${alertsResolved} resolved`,
  ];
  for (const pull of await store.read.pulls(run.runId)) {
    if (pull.outcome !== 'failed') continue;
    lines.push(`  ${pull.extract} failed: ${pull.failure.code} ${pull.failure.message}`);
    if (pull.failure.remedy !== undefined) lines.push(`    → ${pull.failure.remedy}`);
  }
  const rejects = rejected === 0 ? [] : await store.models.rejectsOf({ runId: run.runId, limit: MOST_REJECTS });
  for (const { locator, column, raw, rule, message } of rejects) {
    lines.push(
      `  rejected ${locator}${column === undefined ? '' : ` ${column}`}: ${rule} "${shortened(raw)}" ${message}`,
    );
  }
  if (rejected > rejects.length)
    lines.push(`  and ${rejected - rejects.length} more; they are in the store's table "reject"`);
  return `${lines.join('\n')}\n`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const shortened = (raw: string): string => printable(raw.length > 60 ? `${raw.slice(0, 59)}…` : raw);
