import type { PlannedCall } from '#connectors/sdk/plan.js';
import type { ReadSummary, Source } from '#connectors/sdk/types.js';
import type { Extract } from '#src/config/types.js';
import { NOT_READ_DIGEST } from '#src/domain/collection/not-read.js';
import { firstDayRead } from '#src/domain/collection/plan-measure.js';
import { PlumblineError, toFailure } from '#src/domain/failure/plumbline-error.js';
import { EVIDENCE_KINDS, sourceStand } from '#src/domain/freshness/evidence.js';
import { type StandStep, standStep } from '#src/domain/freshness/stand-steps.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import { labelDays } from '#src/domain/period/period-label.js';
import type { Instant } from '#src/domain/period/types.js';
import type { PullRecord, RowBalance } from '#src/store/types.js';
import type { RunContext } from '../config-lookup.js';
import type { StepServices } from '../context.js';
import { commitPull, type OkPull } from './commit-pull.js';
import { createExtractFold, type FoldResult } from './fold/extract-fold.js';
import { latestMissed, missedCaptures, missedSentence } from './missed-captures.js';
import { type PlannedExtractMeasure, planExtract } from './plan-extract.js';
import { pushDown } from './push-down.js';
import { keptOf, quarantined } from './quarantine.js';
import { type ReadTask, readRows } from './read-rows.js';
import { continuedEvidence, rowEvidence } from './row-evidence.js';
import { definitionOf, nextSinceOf, sinceOf } from './since.js';
import { idsOf, planSnapshot, snapshotOver } from './snapshot.js';

/** How one extract is reached; both are asked for only when it is to be read. */
export interface ExtractAccess {
  readonly source: () => Promise<Source<unknown>>;
  readonly call: (extract: string) => Promise<PlannedCall<unknown>>;
  readonly signal: AbortSignal;
}

export interface PulledExtract {
  readonly record: PullRecord;
  readonly revisions: number;
}

/** Notes kept of one pull. */
const MOST_NOTES = 50;

/**
 * Reads one extract for all its measures, and commits values, rejects and progress together.
 *
 * @param earlier what an earlier execution of this run recorded
 */
export async function pullExtract(
  services: StepServices,
  context: RunContext,
  extract: Extract,
  earlier: PullRecord | undefined,
  access: ExtractAccess,
): Promise<PulledExtract> {
  const { read } = services.store;
  if (extract.snapshot === undefined) {
    return pullPlanned(services, context, extract, await planExtract(read, context, extract), [], access);
  }
  const { logicalTime, runId } = context.run;
  const { planned, taken, over } = await planSnapshot(read, context, extract, services.now());
  const tooLate = over.length === 0 ? [] : [`Not captured: ${idsOf(over)} is over.`];
  if (planned.length > 0) {
    const missed = await missedBefore(services, context, extract, planned);
    return pullPlanned(services, context, extract, planned, [...tooLate, ...missed], access);
  }
  // A run that is repeated after its period keeps what it captured in time.
  if (earlier?.outcome === 'ok') return { record: earlier, revisions: 0 };
  if (taken.length === 0) throw snapshotOver(extract, over, logicalTime);
  const record: PullRecord = {
    outcome: 'ok',
    balance: { seen: 0, used: 0, rejected: 0, skipped: {} },
    digest: NOT_READ_DIGEST,
    description: [`not read: the first capture of ${idsOf(taken)} stands`],
    runId,
    extract: extract.id,
    at: services.now(),
    ...(tooLate.length === 0 ? {} : { notes: tooLate }),
  };
  await services.store.write((writer) => writer.savePull(record, []));
  return { record, revisions: 0 };
}

async function missedBefore(
  services: StepServices,
  { run, config }: RunContext,
  extract: Extract,
  planned: readonly PlannedExtractMeasure[],
): Promise<readonly string[]> {
  const sentences = new Set<string>();
  for (const { measure } of planned) {
    const missed = await missedCaptures(services.store.read, extract, measure, config.site, run.logicalTime);
    for (const period of latestMissed(missed, measure, config.site, run.logicalTime))
      sentences.add(missedSentence(period));
  }
  return [...sentences];
}

async function pullPlanned(
  services: StepServices,
  context: RunContext,
  extract: Extract,
  planned: readonly PlannedExtractMeasure[],
  planNotes: readonly string[],
  access: ExtractAccess,
): Promise<PulledExtract> {
  const { run, config } = context;
  const { timeZone } = config.site;
  const window = {
    start: planned.map((each) => firstDayRead(each.window)).reduce((a, b) => (a < b ? a : b)),
    end: planned.map((each) => each.window.end).reduce((a, b) => (a > b ? a : b)),
  };
  const fold = createExtractFold(extract, planned, window, timeZone);
  const task = {
    extract,
    source: await access.source(),
    window: extract.grain === undefined ? window : labelDays(window, extract.grain),
    since: await sinceOf(services.store.read, context, extract, planned),
    call: await access.call(extract.id),
    day: dateInZone(run.logicalTime, timeZone),
    timeZone,
    signal: access.signal,
  };
  const pushed = await pushDown(task, planned, fold);
  const summary = pushed.done ? pushed.summary : await readRows(task, fold);
  const result = await fold.finish(access.signal);
  assertAccounted(extract.id, result.balance);

  const at = services.now();
  const reason = pushed.done ? undefined : pushed.reason;
  const own = reason === undefined ? [] : [`Not aggregated by the source: ${reason}`];
  const notes = [
    ...planNotes,
    ...(extract.pushDown === true ? own : []),
    ...unknownUnitNotes(result),
    ...unshownNotes(extract, summary),
    ...(summary.notes ?? []),
  ];
  const shared = {
    runId: run.runId,
    extract: extract.id,
    at,
    ...(notes.length === 0 ? {} : { notes: notes.slice(0, MOST_NOTES) }),
  };
  const unbelieved = quarantined(extract, result);
  if (unbelieved !== undefined) {
    const { balance, rejects } = keptOf(unbelieved.kind, result);
    const record: PullRecord = { ...shared, outcome: 'failed', failure: toFailure(unbelieved), ...balance };
    await services.store.write((writer) => writer.savePull(record, rejects));
    const { seen, rejected } = result.balance;
    services.logger.warn({ ...logged(shared), code: unbelieved.code, seen, rejected }, 'an extract was quarantined');
    return { record, revisions: 0 };
  }
  const description = [...summary.description, ...(extract.pushDown === true ? [] : own)];
  const record: OkPull = {
    ...shared,
    outcome: 'ok',
    balance: result.balance,
    digest: summary.digest,
    description,
    ...evidenceOf(context, task, planned, summary, result),
    ...(task.since === undefined
      ? rowEvidence(extract, result, run.logicalTime)
      : await continuedEvidence(services.store.read, extract, result, run.logicalTime)),
  };
  const stand = standOf(extract, record, run.logicalTime, timeZone);
  const outcome = { record, planned, from: window.start, result, ...(stand === undefined ? {} : { stand }) };
  const revisions = await commitPull(services.store, context.run, outcome);
  const { seen, used, rejected } = result.balance;
  services.logger.info({ ...logged(shared), seen, used, rejected, revisions }, 'an extract was pulled');
  return { record, revisions };
}

/** Rows of units that nobody has named are not lost from sight. */
function unknownUnitNotes({ balance, unknownUnits = [] }: FoldResult): readonly string[] {
  if (unknownUnits.length === 0) return [];
  const rows = balance.skipped['unknown_unit'];
  const names = unknownUnits.map((text) => (text === '' ? 'blank cells' : `"${text}"`)).join(', ');
  return [
    `There is no unit for ${names}${rows === undefined ? '' : `: ${rows === 1 ? '1 row belongs' : `${rows} rows belong`} to none`}.`,
  ];
}

/** What is declared to count, and was not shown, would be missed only when somebody asks for it. */
function unshownNotes({ evidence }: Extract, { watermark }: ReadSummary): readonly string[] {
  if (evidence === undefined || evidence === 'newest_row') return [];
  if (sourceStand(evidence, watermark === undefined ? {} : { watermark }) !== undefined) return [];
  return [`The source did not show how far it has come by ${EVIDENCE_KINDS[evidence]}, which is declared to count.`];
}

/** Only of a source whose "as of" counts: other evidence decides no due time. */
function standOf({ evidence }: Extract, record: OkPull, logicalTime: Instant, timeZone: string): StandStep | undefined {
  const stand = evidence === 'as_of' ? sourceStand(evidence, record) : undefined;
  return stand === undefined ? undefined : standStep(stand, logicalTime, timeZone);
}

const logged = ({ runId, extract }: { readonly runId: string; readonly extract: string }) => ({ runId, extract });

function evidenceOf(
  context: RunContext,
  { extract, since }: ReadTask,
  planned: readonly PlannedExtractMeasure[],
  { watermark }: ReadSummary,
  { repaired, newestDay }: FoldResult,
): Pick<OkPull, 'watermark' | 'repaired'> {
  return {
    ...(watermark === undefined
      ? {}
      : {
          watermark: {
            ...watermark,
            definition: definitionOf(context, extract),
            ...nextSinceOf(planned, newestDay, since),
          },
        }),
    ...(Object.keys(repaired).length === 0 ? {} : { repaired }),
  };
}

/** Invariant: every row of the source is used, rejected or skipped by a named rule. */
function assertAccounted(extract: string, balance: RowBalance): void {
  const skipped = Object.values(balance.skipped).reduce((total, count) => total + count, 0);
  if (balance.seen === balance.used + balance.rejected + skipped) return;
  throw new PlumblineError(
    'defect',
    'BUG_ROWS_UNACCOUNTED',
    `Pulling "${extract}" saw ${balance.seen} rows but used ${balance.used}, rejected ${balance.rejected} and skipped ${skipped}.`,
  );
}
