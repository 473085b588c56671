import type { Measure } from '#src/domain/measure/types.js';
import { digestOf } from '../digest.js';
import { below, type Place } from '../problem-list.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { Entry } from '../spec/read-specs.js';
import type { Extract } from '../types.js';
import { resolveAggregation } from './aggregation.js';
import { isCoarser } from './cadence.js';
import { checkReference, type ResolveContext, type SiteDefaults } from './context.js';
import { checkGrain } from './extract-grain.js';
import { calendarOf, type SiteCalendars } from './period-calendars.js';
import { resolveScoring } from './scoring.js';

/** What the measures of one scorecard are resolved with. */
export interface MeasureContext extends ResolveContext {
  readonly defaults: SiteDefaults;
  readonly extracts: ReadonlyMap<string, Extract>;
  readonly scorecard: string;
  /** Ids of the scorecard's objectives. */
  readonly objectives: ReadonlySet<string> | undefined;
  /** With the scorecard's calendar for measures that name none. */
  readonly calendars: SiteCalendars;
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
  checkGrain(spec, extract, place, problems);

  const aggregation = resolveAggregation(spec.from, extract?.columns, below(place, 'from'), problems);
  const scoring = resolveScoring(spec, place, problems);
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
    ...dueCalendar(spec, place, context),
  };
  const value = {
    frequency: spec.frequency,
    ...calendarOf(spec.calendar, spec.frequency, below(place, 'calendar'), context.calendars, problems),
    timeZone: defaults.timeZone,
    extract: spec.from.extract,
    aggregation,
    scale,
    emptyMeansZero: spec.empty_means_zero,
  };
  return {
    address: `${scorecard}/${id}`,
    id,
    name: spec.name,
    scorecard,
    objective: `${scorecard}/${spec.objective}`,
    owner: spec.owner,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    unit: spec.unit,
    direction: spec.direction,
    ...value,
    ...scoring,
    weight: spec.weight,
    due,
    restatementPeriods: spec.restatement_periods,
    offTrackAfter: spec.off_track_after ?? defaults.offTrackAfter,
    decimals: spec.decimals,
    valueDigest: digestOf({ ...value, read: extract && whatIsRead(extract) }),
    scoreDigest: digestOf({ ...scoring, direction: spec.direction, due }),
  };
}

/** The part of an extract that decides its rows: not when it is read, nor how much it may give. */
function whatIsRead({ connection, source, columns, timeColumn, grain, snapshot, duplicates }: Extract): object {
  // What is absent is no key of the digest: definitions from before there were grains and snapshots keep theirs.
  return { connection, source, columns, timeColumn, grain, snapshot, duplicates };
}

/** The working calendar that the measure's due rule, or the site's, names. */
function dueCalendar(
  { due }: MeasureSpec,
  place: Place,
  { defaults, specs, problems }: MeasureContext,
): Pick<Measure['due'], 'calendar'> {
  const site = specs.site?.spec;
  if (due?.calendar !== undefined) {
    const ids = site && new Set(Object.keys(site.working_calendars));
    checkReference('working calendar', due.calendar, ids, below(place, 'due', 'calendar'), problems);
  }
  const calendar = due?.calendar ?? defaults.due.calendar;
  return calendar === undefined ? {} : { calendar };
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
