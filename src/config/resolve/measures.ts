import type { Measure } from '#src/domain/measure/types.js';
import { digestOf } from '../digest.js';
import { below } from '../problem-list.js';
import type { DueSpec } from '../spec/due-spec.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { Entry } from '../spec/read-specs.js';
import type { Extract } from '../types.js';
import { resolveAlertSettings } from './alert-settings.js';
import { collectedValue } from './collected-value.js';
import { checkReference, type ResolveContext, type SiteDefaults } from './context.js';
import { derivedValue } from './derived-value.js';
import { checkDue, dueRuleOf } from './due-rule.js';
import type { KnownMeasures } from './known-measures.js';
import { checkPace } from './pace.js';
import { calendarOf, type SiteCalendars } from './period-calendars.js';
import { warnOfWaysAgainst } from './score/progress-ways.js';
import { resolveScoring } from './scoring.js';
import { resolveSeries } from './series.js';
import { valuesOverTime } from './values-over-time.js';

/** What the measures of one scorecard are resolved with. */
export interface MeasureContext extends ResolveContext {
  readonly defaults: SiteDefaults;
  readonly extracts: ReadonlyMap<string, Extract>;
  readonly scorecard: string;
  /** The set of units that the scorecard's definition serves, if it does. */
  readonly forEach: string | undefined;
  /** The due rule of the scorecard. */
  readonly due: DueSpec | undefined;
  /** Ids of the scorecard's objectives. */
  readonly objectives: ReadonlySet<string> | undefined;
  /** With the scorecard's calendar for measures that name none. */
  readonly calendars: SiteCalendars;
  /** All measures, as others may be made of them. */
  readonly known: KnownMeasures;
}

/** One measure with every default filled in; what does not fit together in it is a problem. */
export function resolveMeasure(entry: Entry<MeasureSpec>, context: MeasureContext): Measure {
  const { id, spec, place } = entry;
  const { defaults, scorecard, problems, specs } = context;
  checkReference('objective', spec.objective, context.objectives, below(place, 'objective'), problems);
  checkReference('owner', spec.owner, specs.people.ids, below(place, 'owner'), problems);
  const grain = {
    frequency: spec.frequency,
    ...calendarOf(spec.calendar, spec.frequency, below(place, 'calendar'), context.calendars, problems),
  };
  const { labels, ...value } =
    'extract' in spec.from
      ? collectedValue(entry, spec.from, grain, context)
      : derivedValue(entry, spec.from, grain, context);
  const { series, collects } = resolveSeries(
    { spec, aggregation: valuesOverTime(`${scorecard}/${id}`, specs), grain, labels, place },
    context,
  );
  // Absent where there is none, so that digests from before there were series stay.
  const scoring = {
    ...resolveScoring(spec, place, problems, {
      ...(labels === undefined ? {} : { labels }),
      series: seriesNames(spec),
      grain,
    }),
    ...(series.length === 0 ? {} : { series }),
  };
  if (spec.direction !== 'unscored') warnOfWaysAgainst(spec.direction, scoring, below(place, 'score'), problems);
  const source = 'extract' in spec.from ? context.extracts.get(spec.from.extract) : undefined;
  const goesByAsOf = source?.evidence === 'as_of';
  // An extract that is not there is told of by itself.
  checkDue({ spec: spec.due, place, goesByAsOf: goesByAsOf || ('extract' in spec.from && !source) }, context);
  const due = dueRuleOf([specs.site?.spec.due, connectionDue(spec, context), context.due, spec.due], goesByAsOf);
  const measure: Measure = {
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
    ...grain,
    timeZone: defaults.timeZone,
    ...value,
    ...(labels === undefined ? {} : { labels }),
    ...scoring,
    ...(collects.length === 0 ? {} : { collects }),
    weight: spec.weight,
    due,
    offTrackAfter: spec.off_track_after ?? defaults.offTrackAfter,
    ...resolveAlertSettings(spec.alerts),
    decimals: spec.decimals,
    scoreDigest: digestOf({
      ...scoring,
      direction: spec.direction,
      due,
      ...(spec.expects === undefined ? {} : { expects: spec.expects }),
    }),
  };
  checkPace(measure, 'extract' in spec.from ? context.extracts.get(spec.from.extract) : undefined, place, problems);
  return measure;
}

/** Names that bands and score maps of a measure may mean. */
function seriesNames({ series = {} }: MeasureSpec): ReadonlySet<string> {
  return new Set(['target', ...Object.keys(series)]);
}

/** The rule of the connection that the values come from; a derived measure has none. */
function connectionDue({ from }: MeasureSpec, { extracts, specs }: MeasureContext): DueSpec | undefined {
  const connection = 'extract' in from ? extracts.get(from.extract)?.connection : undefined;
  return specs.connections.entries.find(({ id }) => id === connection)?.spec.due;
}
