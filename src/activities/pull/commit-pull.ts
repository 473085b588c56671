import type { StandStep } from '#src/domain/freshness/stand-steps.js';
import { familyKey } from '#src/domain/measure/family.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { PullRecord, ReportingStore, RunRecord, StoreReader, StoreWriter } from '#src/store/types.js';
import { NO_EXTRACT } from '../derive/derived-records.js';
import type { FoldResult, PeriodValue } from './fold/extract-fold.js';
import { type PlannedExtractMeasure, spanAfter } from './plan-extract.js';
import { newlyWithoutValue, type ReadSource, reportedWithoutValue, revise } from './revise.js';
import { takenBack } from './taken-back.js';

export type OkPull = PullRecord & { readonly outcome: 'ok' };

/** What one extract's read has come to. */
export interface ReadOutcome {
  readonly record: OkPull;
  readonly planned: readonly PlannedExtractMeasure[];
  /** First day that was read. */
  readonly from: CalendarDate;
  readonly result: FoldResult;
  /** How far the source says it stands, where that is declared to count. */
  readonly stand?: StandStep;
}

/** Values compared with the stored ones and written before the next: what is held at a time does not grow with their number. */
const VALUES_AT_ONCE = 10_000;

/** Commits values, rejects and progress together. @returns how many revisions there are */
export function commitPull(store: ReportingStore, run: RunRecord, outcome: ReadOutcome): Promise<number> {
  const { record, planned, from, result, stand } = outcome;
  const { values, rejects, undatedRejects } = result;
  const { extract, digest, at } = record;
  const source: ReadSource = { run, extract, digest, at };
  return store.write(async (writer, reader) => {
    const withdrawn = await withdrawals(reader, outcome, source);
    await writer.savePull(record, rejects);
    if (stand !== undefined) await writer.saveStandStep(extract, stand);
    await writer.appendActuals(withdrawn);
    let revisions = withdrawn.length;
    for (const part of partsOf(values))
      revisions += await append(writer, reader, { values: part, planned, from }, source);
    const without = reportedWithoutValue(values, undatedRejects, run.runId, at);
    const known = await reader.noValues([...new Set(without.map(({ measure }) => measure))], from);
    await writer.saveNoValues(newlyWithoutValue(without, known));
    await writer.saveProgress(
      planned.map(({ measure, window: own, before }) => ({
        measure: familyKey(measure),
        runId: run.runId,
        valueDigest: measure.valueDigest,
        ...spanAfter(measure, own, before),
        ...(before === undefined ? {} : { before }),
      })),
    );
    return revisions;
  });
}

/** What was computed before, and is not reported now that its measure is made of rows. */
async function withdrawals(reader: StoreReader, { planned, from, result }: ReadOutcome, source: ReadSource) {
  const addresses = planned.flatMap(({ measure, members = [measure] }) => members.map(({ address }) => address));
  const computed = await reader.currentActuals(addresses, from, NO_EXTRACT);
  return takenBack(result.values, planned, computed, source);
}

/** Values in parts, none of which ends between two periods of a measure. */
function* partsOf(values: readonly PeriodValue[]): Generator<readonly PeriodValue[]> {
  let start = 0;
  while (start < values.length) {
    let end = Math.min(start + VALUES_AT_ONCE, values.length);
    while (end < values.length && values[end]?.measure === values[end - 1]?.measure) end += 1;
    yield values.slice(start, end);
    start = end;
  }
}

async function append(
  writer: StoreWriter,
  reader: StoreReader,
  { values, planned, from }: Pick<ReadOutcome, 'planned' | 'from'> & Pick<FoldResult, 'values'>,
  source: ReadSource,
): Promise<number> {
  const addresses = [...new Set(values.map(({ measure }) => measure.address))];
  const current = await reader.currentActuals(addresses, from);
  const withdrawn = await reader.withdrawnActuals(addresses, from);
  const decided = revise(values, planned, [...withdrawn, ...current], source);
  await writer.appendActuals(decided);
  return decided.length;
}
