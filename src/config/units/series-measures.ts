import type { CollectedMeasure, Measure } from '#src/domain/measure/types.js';
import { collectedAddress } from '#src/domain/series/types.js';
import { digestOf } from '../digest.js';

/** Closed periods of a series that are read again at each run, as of measures that do not say. */
const RESTATED = 3;

/** The series of measures that an extract gives, each as something that is collected as measures are and never judged. */
export function seriesMeasuresOf(measures: readonly Measure[]): readonly CollectedMeasure[] {
  return measures.flatMap((measure) =>
    (measure.collects ?? []).map(({ name, frequency, extract, aggregation, scale, unitColumn }): CollectedMeasure => {
      const { calendar, timeZone } = measure;
      const value = { frequency, calendar, timeZone, extract, aggregation, scale };
      return {
        address: collectedAddress(measure.address, name),
        id: collectedAddress(measure.id, name),
        name: `${measure.name}: ${name}`,
        scorecard: measure.scorecard,
        objective: measure.objective,
        owner: measure.owner,
        unit: measure.unit,
        direction: 'unscored',
        frequency,
        ...(calendar === undefined ? {} : { calendar }),
        timeZone,
        targets: [],
        bands: [],
        weight: '1',
        due: measure.due,
        offTrackAfter: 0,
        decimals: measure.decimals,
        extract,
        aggregation,
        scale,
        emptyMeansZero: false,
        restatementPeriods: RESTATED,
        ...(isCarried(measure, name) ? { wholeHistory: true as const } : {}),
        ...(unitColumn === undefined ? {} : { unitColumn }),
        valueDigest: digestOf(value),
        scoreDigest: '',
      };
    }),
  );
}

/** Whether a value of the series holds until there is another: then the one in force may be of any age. */
function isCarried({ series = [] }: Measure, name: string): boolean {
  return series.some(({ name: own, source }) => own === name && source.kind === 'collected' && source.carry === true);
}
