import { isPeriodClosed } from '#src/domain/period/period.js';
import type { ActualRevision, WithdrawnActual } from '#src/store/types.js';
import type { PeriodValue } from './fold/extract-fold.js';
import type { PlannedExtractMeasure } from './plan-extract.js';
import type { ReadSource } from './revise.js';

/**
 * Takes back what was computed from other measures, where a measure has since come to be made of rows and the source has
 * none of the period: a unit that others belonged to. Unlike a value that vanished, the source never reported it.
 *
 * @param computed current values that do not come from rows
 */
export function takenBack(
  values: readonly PeriodValue[],
  planned: readonly PlannedExtractMeasure[],
  computed: readonly ActualRevision[],
  source: ReadSource,
): WithdrawnActual[] {
  if (computed.length === 0) return [];
  const reported = new Set(
    values.flatMap(({ measure, period, aggregate }) =>
      aggregate.value === undefined ? [] : [`${measure.address} ${period.id}`],
    ),
  );
  const windows = new Map(
    planned.flatMap(({ measure, members = [measure], window }) =>
      members.map(({ address, timeZone }) => [address, { window, timeZone }] as const),
    ),
  );
  return computed.flatMap((actual): WithdrawnActual[] => {
    const { measure, period } = actual;
    const read = windows.get(measure);
    if (read === undefined || reported.has(`${measure} ${period.id}`)) return [];
    if (period.start < read.window.start || period.start >= read.window.end) return [];
    const periodClosed = isPeriodClosed(period, source.run.logicalTime, read.timeZone);
    return [
      {
        measure,
        period,
        revision: actual.revision + 1,
        reason: actual.periodClosed && periodClosed ? 'restated' : 'updated',
        evidence: { reason: 'no_rows', rowsUsed: 0, rowsFiltered: 0, rowsBlank: 0 },
        rejects: 0,
        periodClosed,
        extract: source.extract,
        sourceDigest: source.digest,
        runId: source.run.runId,
        recordedAt: source.at,
      },
    ];
  });
}
