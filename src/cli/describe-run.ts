import type { RunSummary } from '#src/activities/types.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import type { PullRecord, ReportingStore } from '#src/store/types.js';
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
    if (pull.outcome !== 'failed') {
      lines.push(...emptyLines(pull));
      continue;
    }
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

/** Of an extract that nothing was seen in, with what the source said: no fault of it, but perhaps one of its pattern. */
function emptyLines({ extract, balance, description }: Extract<PullRecord, { outcome: 'ok' }>): readonly string[] {
  return balance.seen > 0
    ? []
    : [[`  ${extract}: no row was seen`, ...description.slice(0, 1).map(printable)].join('. ')];
}

/** The gravest of what failed, by the exit codes of its kind; that of bad data when rows were rejected and nothing failed. */
export async function runExitCode(store: ReportingStore, runs: readonly RunSummary[]): Promise<number> {
  const pulls = (await Promise.all(runs.map((run) => store.read.pulls(run.runId)))).flat();
  const codes = pulls.flatMap((pull) => (pull.outcome === 'failed' ? [FAILURE_KINDS[pull.failure.kind].exitCode] : []));
  if (codes.length > 0) return Math.min(...codes);
  return runs.some((run) => run.rejected > 0) ? FAILURE_KINDS.data.exitCode : 0;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const shortened = (raw: string): string => printable(raw.length > 60 ? `${raw.slice(0, 59)}…` : raw);
