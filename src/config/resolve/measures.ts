import type { Measure } from '#src/domain/measure/types.js';
import { digestOf } from '../digest.js';
import { below, type Place } from '../problem-list.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { Entry } from '../spec/read-specs.js';
import type { Extract } from '../types.js';
import { resolveAggregation } from './aggregation.js';
import { isCoarser } from './cadence.js';
import { checkReference, type ResolveContext, type SiteDefaults } from './context.js';
import { checkCumulative } from './cumulative.js';
import { resolveScoring } from './scoring.js';
import { resolveSeries } from './series.js';
import { resolveUnitColumn } from './unit-column.js';
import { checkAveragedRatio, checkLabelledScale, labelsOf } from './value-columns.js';

/** What the measures of one scorecard are resolved with. */
export interface MeasureContext extends ResolveContext {
  readonly defaults: SiteDefaults;
  readonly extracts: ReadonlyMap<string, Extract>;
  readonly scorecard: string;
  /** The set of units that the scorecard's definition serves, if it does. */
  readonly forEach: string | undefined;
  /** Ids of the scorecard's objectives. */
  readonly objectives: ReadonlySet<string> | undefined;
}

/** One measure with every default filled in; what does not fit together in it is a problem. */
export function resolveMeasure({ id, spec, place }: Entry<MeasureSpec>, context: MeasureContext): Measure {
  const { defaults, extracts, scorecard, problems, specs } = context;
  checkReference('objective', spec.objective, context.objectives, below(place, 'objective'), problems);
  checkReference('owner', spec.owner, specs.people.ids, below(place, 'owner'), problems);
  checkReference('extract', spec.from.extract, specs.extracts.ids, below(place, 'from', 'extract'), problems);
  const extract = extracts.get(spec.from.extract);
  checkCadence(spec, extract, place, context);
  checkSince(spec, extract, place, context);

  const from = below(place, 'from');
  const lookup = { columns: extract?.columns, problems };
  const unitColumn = resolveUnitColumn(spec.from, extract, from, context);
  const aggregation = resolveAggregation(spec.from, extract?.columns, from, problems);
  const labels = labelsOf(aggregation, extract?.columns);
  checkLabelledScale(labels, spec.from.scale, from, lookup);
  checkAveragedRatio(spec.from, spec.unit, from, lookup);
  checkCumulative(spec, aggregation, extract, place, problems);
  const { series, collects } = resolveSeries({ spec, aggregation, place }, context);
  // Absent where there is none, so that digests from before there were series stay.
  const scoring = { ...resolveScoring(spec, place, problems), ...(series.length === 0 ? {} : { series }) };
  const scale = spec.from.scale ?? (aggregation.kind === 'ratio' && spec.unit === 'percent' ? '100' : '1');
  if (scale === '0') {
    const message = 'scale 0 makes every value 0';
    problems.error(
      'CONFIG_INVALID_VALUE',
      below(place, 'from', 'scale'),
      message,
      'use a scale other than 0, or leave it out',
    );
  }
  const due = {
    businessDays: spec.due?.business_days ?? defaults.due.businessDays,
    graceDays: spec.due?.grace_days ?? defaults.due.graceDays,
  };
  const value = {
    frequency: spec.frequency,
    timeZone: defaults.timeZone,
    extract: spec.from.extract,
    aggregation,
    scale,
    emptyMeansZero: spec.empty_means_zero,
    ...(unitColumn === undefined ? {} : { unitColumn }),
    // Counted while rows are read, so that a change of it reads the history anew.
    ...(spec.expects === undefined ? {} : { expects: spec.expects }),
  };
  return {
    address: `${scorecard}/${id}`,
    id,
    name: spec.name,
    scorecard,
    objective: `${scorecard}/${spec.objective}`,
    owner: spec.owner,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    ...(spec.role === 'operational' ? { operational: true as const } : {}),
    unit: spec.unit,
    direction: spec.direction,
    ...value,
    ...(labels === undefined ? {} : { labels }),
    ...scoring,
    ...(collects.length === 0 ? {} : { collects }),
    weight: spec.weight,
    due,
    restatementPeriods: spec.restatement_periods,
    offTrackAfter: spec.off_track_after ?? defaults.offTrackAfter,
    decimals: spec.decimals,
    valueDigest: digestOf({ ...value, read: extract && whatIsRead(extract) }),
    scoreDigest: digestOf({
      ...scoring,
      direction: spec.direction,
      due,
      ...(spec.expects === undefined ? {} : { expects: spec.expects }),
    }),
  };
}

/** The part of an extract that decides its rows: not when it is read, nor how much it may give. */
function whatIsRead({ connection, source, columns, timeColumn, snapshot, duplicates }: Extract): object {
  // An absent snapshot is no key of the digest: definitions from before there were any keep theirs.
  return { connection, source, columns, timeColumn, snapshot, duplicates };
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
