import { isCollected, type Measure } from '#src/domain/measure/types.js';
import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import { periodContaining } from '#src/domain/period/period.js';
import type { Period } from '#src/domain/period/types.js';
import { below, type Place } from '../problem-list.js';
import { remedyForName } from '../spec/closest-name.js';
import type { ExampleSpec } from '../spec/examples-spec.js';
import type { Entry, ScorecardEntries } from '../spec/read-specs.js';
import { nameOf } from '../spec/report-issues.js';
import type { Example, Expected, Extract, Scorecard } from '../types.js';
import { checkReference, type ResolveContext } from './context.js';
import { type ExampleContext, resolveGiven, resolveGivenSeries } from './example-given.js';
import { namedPeriod } from './series-periods.js';

/** A scorecard file as it was written, with what was made of it. */
interface ResolvedEntries {
  readonly entries: ScorecardEntries;
  readonly scorecard: Scorecard | undefined;
  readonly measures: readonly Measure[];
}

/**
 * The examples of all scorecards: what they name has to be there, and what they give has to be what their measure is
 * made of. One with a fault is left out; so is one of a measure that is malformed, which has been told.
 */
export function resolveExamples(
  scorecards: readonly ResolvedEntries[],
  extracts: readonly Extract[],
  context: ResolveContext,
): readonly Example[] {
  const measures = new Map(scorecards.flatMap((each) => each.measures).map((each) => [each.address, each]));
  const known = new Set(
    scorecards.flatMap(({ entries }) =>
      [...(entries.measures.ids ?? [])].map((id) => `${entries.head?.id ?? ''}/${id}`),
    ),
  );
  return scorecards.flatMap(({ entries }) =>
    entries.examples.flatMap((entry): readonly Example[] => {
      const address = addressOf(entry, entries.head?.id ?? '', known, context);
      const measure = measures.get(address ?? '');
      if (measure === undefined) return [];
      const forEach = scorecards.find((each) => each.scorecard?.address === measure.scorecard)?.scorecard?.forEach;
      return [resolveExample(entry, measure, { ...context, measures, known, extracts, forEach })];
    }),
  );
}

function addressOf(
  { spec, place }: Entry<ExampleSpec>,
  scorecard: string,
  known: ReadonlySet<string>,
  { problems }: ResolveContext,
): string | undefined {
  const written = spec.measure;
  const address = written.includes('/') ? written : `${scorecard}/${written}`;
  if (known.has(address)) return address;
  const own = [...known].flatMap((each) => (each.startsWith(`${scorecard}/`) ? each.slice(scorecard.length + 1) : []));
  const at = below(place, 'measure');
  const remedy = remedyForName(written, written.includes('/') ? known : own, 'define the measure first');
  problems.error('CONFIG_UNKNOWN_MEASURE', at, `${nameOf(at)}: there is no measure "${written}"`, remedy);
  return undefined;
}

/** Faults are told and leave out what they are about: with one the example is never tried. */
function resolveExample({ spec, place }: Entry<ExampleSpec>, measure: Measure, context: ExampleContext): Example {
  const { unit, rows, expect } = spec;
  const period = periodOf(spec, measure, place, context) ?? periodContaining('2000-01-01', measure);
  checkUnit(unit, measure, place, context);
  checkRows(rows, measure, place, context);
  const { line } = place.file.locate(place.path, 'value');
  return {
    ...(spec.name === undefined ? {} : { name: spec.name }),
    file: place.file.name,
    line,
    measure: measure.address,
    ...(unit === undefined ? {} : { unit }),
    period,
    ...(rows === undefined ? {} : { rows }),
    given: resolveGiven(spec.given ?? {}, measure, below(place, 'given'), context),
    series: resolveGivenSeries(spec, measure, period, place, context),
    expect: expected(expect),
  };
}

function expected(spec: ExampleSpec['expect']): Expected {
  return Object.fromEntries(Object.entries(spec).filter(([, each]) => each !== undefined));
}

function periodOf(
  { period, date = '' }: ExampleSpec,
  measure: Measure,
  place: Place,
  { problems }: ResolveContext,
): Period | undefined {
  if (period !== undefined) {
    return namedPeriod(period, ['own'], measure, { ...below(place, 'period'), at: 'value' }, problems);
  }
  if (isCalendarDate(date)) return periodContaining(date, measure);
  const message = `the calendar has no day "${date}"`;
  problems.error('CONFIG_INVALID_DATE', below(place, 'date'), message, 'write a day that exists as YYYY-MM-DD');
  return undefined;
}

function checkUnit(
  unit: string | undefined,
  { id }: Measure,
  place: Place,
  { specs, problems, forEach }: ExampleContext,
): void {
  if (unit === undefined) return;
  const at = below(place, 'unit');
  if (forEach === undefined) {
    const message = `${nameOf(at)}: the measure "${id}" is of no units`;
    problems.error('CONFIG_EXAMPLE_GIVEN', { ...at, at: 'key' }, message, 'remove unit');
    return;
  }
  const list = specs.units.entries.find((set) => set.id === forEach)?.spec.list;
  if (list !== undefined) checkReference('unit', unit, new Set(list.map((each) => each.id)), at, problems);
}

/** Rows are what a collected measure is made of, in columns that its extract has. */
function checkRows(
  rows: ExampleSpec['rows'],
  measure: Measure,
  place: Place,
  { extracts, problems }: ExampleContext,
): void {
  if (!isCollected(measure)) {
    if (rows === undefined) return;
    const message = `${nameOf(place)}: the measure "${measure.id}" is computed from other measures and has no rows`;
    const remedy = 'give values of those: given: { profit: { 2026-03: 100 } }';
    problems.error('CONFIG_EXAMPLE_GIVEN', { ...below(place, 'rows'), at: 'key' }, message, remedy);
    return;
  }
  if (rows === undefined) {
    const message = `${nameOf(place)}: the measure "${measure.id}" is made of rows, and none are given`;
    problems.error('CONFIG_EXAMPLE_GIVEN', place, message, 'add rows:, or rows: [] for a period without any');
    return;
  }
  const columns = extracts.find(({ id }) => id === measure.extract)?.columns;
  if (columns === undefined) return;
  const names = new Set(columns.map(({ name }) => name));
  for (const [index, row] of rows.entries()) {
    for (const name of Object.keys(row)) {
      checkReference('column', name, names, { ...below(place, 'rows', index, name), at: 'key' }, problems);
    }
  }
}
