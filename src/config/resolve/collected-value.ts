import type { CollectedMeasure } from '#src/domain/measure/types.js';
import type { Grain } from '#src/domain/period/types.js';
import { digestOf } from '../digest.js';
import { below, type Place } from '../problem-list.js';
import type { FromSpec } from '../spec/from-spec.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { Entry } from '../spec/read-specs.js';
import type { Extract } from '../types.js';
import { resolveAggregation } from './aggregation.js';
import { isCoarser } from './cadence.js';
import { checkReference } from './context.js';
import { checkCumulative } from './cumulative.js';
import { checkGrain } from './extract-grain.js';
import type { MeasureContext } from './measures.js';
import { resolveUnitColumn } from './unit-column.js';
import { checkAveragedRatio, checkLabelledScale, labelsOf } from './value-columns.js';

/** What rows give a measure: how they become its value, and the digest of all that decides it. */
type CollectedValue = Pick<
  CollectedMeasure,
  | 'extract'
  | 'aggregation'
  | 'scale'
  | 'emptyMeansZero'
  | 'unitColumn'
  | 'unitCombine'
  | 'expects'
  | 'restatementPeriods'
  | 'valueDigest'
  | 'labels'
>;

/** How the rows of an extract become the value of a measure. */
export function collectedValue(
  { spec, place }: Entry<MeasureSpec>,
  written: FromSpec,
  grain: Grain,
  context: MeasureContext,
): CollectedValue {
  const { defaults, extracts, problems, specs } = context;
  const from = below(place, 'from');
  checkReference('extract', written.extract, specs.extracts.ids, below(from, 'extract'), problems);
  const extract = extracts.get(written.extract);
  checkCadence(spec, extract, place, context);
  checkSince(spec, extract, place, context);
  checkGrain(spec, extract, place, problems);

  const lookup = { columns: extract?.columns, problems };
  const unitColumn = resolveUnitColumn(written, extract, from, context);
  const aggregation = resolveAggregation(written, extract?.columns, from, problems);
  const labels = labelsOf(aggregation, extract?.columns);
  checkLabelledScale(labels, written.scale, from, lookup);
  checkAveragedRatio(written, from, lookup);
  checkCumulative(spec, aggregation, extract, place, problems);
  const scale = written.scale ?? (aggregation.kind === 'ratio' && spec.unit === 'percent' ? '100' : '1');
  if (scale === '0') {
    const remedy = 'use a scale other than 0, or leave it out';
    problems.error('CONFIG_INVALID_VALUE', below(from, 'scale'), 'scale 0 makes every value 0', remedy);
  }
  const value = {
    extract: written.extract,
    aggregation,
    scale,
    emptyMeansZero: spec.empty_means_zero,
    ...(unitColumn === undefined ? {} : { unitColumn }),
    // Counted while rows are read, so that a change of it reads the history anew.
    ...(spec.expects === undefined ? {} : { expects: spec.expects }),
  };
  const { combine } = written.unit ?? {};
  return {
    ...value,
    ...(combine === undefined ? {} : { unitCombine: combine }),
    ...(labels === undefined ? {} : { labels }),
    restatementPeriods: spec.restatement_periods,
    valueDigest: digestOf({
      ...grain,
      timeZone: defaults.timeZone,
      ...value,
      read: extract && whatIsRead(extract),
    }),
  };
}

/** The part of an extract that decides its rows: not when it is read, nor how much it may give. */
function whatIsRead({ connection, source, columns, timeColumn, grain, snapshot, duplicates }: Extract): object {
  // What is absent is no key of the digest: definitions from before there were grains and snapshots keep theirs.
  return { connection, source, columns, timeColumn, grain, snapshot, duplicates };
}

/** A query that leaves unchanged rows out gives less than the measure is made of. */
function checkSince(spec: MeasureSpec, extract: Extract | undefined, place: Place, { problems }: MeasureContext): void {
  if (extract?.since === undefined) return;
  const uses = `its extract "${extract.id}" uses :since`;
  if (spec.empty_means_zero) {
    problems.error(
      'CONFIG_SINCE_EMPTY_ZERO',
      below(place, 'empty_means_zero'),
      `measure "${spec.id}" takes a period without rows for 0, but ${uses}: ` +
        'a period that has not changed since the last read gives no rows either, and would become 0',
      'remove empty_means_zero, or read whole periods without :since',
    );
  }
  if (!extract.since.wholePeriods) {
    problems.error(
      'CONFIG_SINCE_PART_OF_PERIOD',
      below(place, 'from', 'extract'),
      `measure "${spec.id}" is made of all rows of a period, but ${uses}: ` +
        'the rows that changed since the last read would replace the value of the whole period',
      'read without :since; or select whole periods in which a row changed, such as ' +
        '"select day, amount from sales where month in (select month from sales where changed_at > :since)", ' +
        'and say so: watermark: { query: …, returns: whole_periods }',
    );
  }
}

function checkCadence(
  spec: MeasureSpec,
  extract: Extract | undefined,
  place: Place,
  { problems }: MeasureContext,
): void {
  if (extract === undefined || !isCoarser(extract.cadence.every, spec.frequency)) return;
  const { every } = extract.cadence;
  const message = `measure "${spec.id}" is ${spec.frequency}, but its extract "${extract.id}" is read once a ${every}`;
  problems.warn(
    'CONFIG_SCHEDULE_COARSER',
    below(place, 'frequency'),
    message,
    'read the extract more often, or report less often',
  );
}
