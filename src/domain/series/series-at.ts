import { PlumblineError } from '../failure/plumbline-error.js';
import type { Period } from '../period/types.js';
import { hasExpired, newestVersion } from '../target/target-in-force.js';
import type { TargetVersion } from '../target/types.js';
import { roundTo } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { SeriesContext, SeriesReading } from './context.js';
import { betterBy } from './generators/better-by.js';
import { linearAt } from './generators/linear.js';
import { perTime } from './generators/per-time.js';
import { targetSoFar } from './generators/so-far.js';
import { splitAt } from './generators/split-series.js';
import { coarserThan, countedTo, periodNamed, restatedYearBefore, yearBefore } from './series-calendar.js';
import type { Series, SeriesSource } from './types.js';

/**
 * The value of a measure's series in a period, and the rule that gives it; or why there is none.
 *
 * A period without a value has none: nothing is carried on, taken for 0 or drawn out unless its source says so. With
 * {@link SeriesContext.soFar} the part of the value that falls to the days before.
 *
 * @throws PlumblineError `CONFIG_SERIES_CYCLE` for series that are relative to each other in a circle
 */
export function seriesAt(
  series: readonly Series[],
  name: string,
  period: Period,
  context: SeriesContext,
): SeriesReading {
  const { soFar, grain, workingCalendar } = context;
  const found = series.find((each) => each.name === name);
  if (soFar === undefined || found === undefined || soFar >= period.end) return read(name, period, { series, context });
  if (found.source.kind === 'per' && soFar >= period.start) {
    // Counted and not shared out: which days of a week are worked is known.
    return number(perTime(found.source, { ...period, end: soFar }, grain, workingCalendar), rateWords(found.source));
  }
  const whole = read(name, period, { series, context });
  return whole.ok ? { ...whole, target: targetSoFar(whole.target, period, soFar) } : whole;
}

interface Reading {
  readonly series: readonly Series[];
  readonly context: SeriesContext;
}

function read(name: string, period: Period, reading: Reading, trail: readonly string[] = []): SeriesReading {
  if (trail.includes(name)) throw inCircle([...trail.slice(trail.indexOf(name)), name]);
  const source = reading.series.find((each) => each.name === name)?.source;
  const { context } = reading;
  switch (source?.kind) {
    case undefined:
      return nothing(`there is no series "${name}"`);
    case 'versions':
      return versionAt(name, source.versions, period);
    case 'periods':
      return named(name, writtenAt(source, period, context));
    case 'collected':
      return named(name, collectedAt(name, source, period, context));
    case 'attribute':
      return named(
        name,
        number(context.attribute(source.name), `attribute ${source.name}`, `the unit has no ${source.name}`),
      );
    case 'own':
      return ownAt(name, source, period, context);
    case 'linear':
      return named(name, linearAt(name, source, period, context));
    case 'split':
      return named(name, splitAt(name, source, period, context));
    case 'relative':
      return relativeAt(source, period, reading, [...trail, name]);
    case 'per':
      return number(perTime(source, period, context.grain, context.workingCalendar), rateWords(source));
  }
}

function versionAt(name: string, versions: readonly TargetVersion[], period: Period): SeriesReading {
  const version = newestVersion(versions, period);
  if (version === undefined) return nothing(`no ${name} is in force on ${period.start}`);
  if (hasExpired(version, period)) return nothing(`the ${name} from ${version.from} expired before ${version.until}`);
  return { ok: true, target: version.target, from: `in force since ${version.from}` };
}

function writtenAt(
  { values }: Extract<SeriesSource, { kind: 'periods' }>,
  period: Period,
  { grain }: SeriesContext,
): SeriesReading {
  const ids = [period.id, ...coarserThan(grain).map((frequency) => countedTo(period, grain, frequency).id)];
  for (const id of ids) {
    const target = values[id];
    if (target !== undefined) return { ok: true, target, from: `written for ${id}` };
  }
  return nothing(`nothing is written for ${period.id}`);
}

function collectedAt(
  name: string,
  { carry }: Extract<SeriesSource, { kind: 'collected' }>,
  period: Period,
  context: SeriesContext,
): SeriesReading {
  const { grain } = context;
  const coarser = coarserThan(grain).map((frequency) => countedTo(period, grain, frequency));
  for (const candidate of [period, ...coarser]) {
    const value = context.collected(name, candidate);
    if (value !== undefined) return number(value, `collected for ${candidate.id}`);
  }
  const missing = `nothing was collected for ${period.id}`;
  return carry ? number(context.collectedBefore(name, period), 'the last one collected', missing) : nothing(missing);
}

function ownAt(
  name: string,
  { of }: Extract<SeriesSource, { kind: 'own' }>,
  period: Period,
  context: SeriesContext,
): SeriesReading {
  const { grain } = context;
  const then = ownPeriod(of, period, grain);
  if (then === undefined) return nothing(`the year before has no week to compare ${period.id} with`);
  const value = context.own(then);
  if (value !== undefined) return number(value, `the value of ${then.id}`);
  const lacking = `the ${name} has no value: ${then.id} has none`;
  return { ok: false, reason: `${then.id} has no value`, lacking };
}

function ownPeriod(
  of: Extract<SeriesSource, { kind: 'own' }>['of'],
  period: Period,
  grain: SeriesContext['grain'],
): Period | undefined {
  if (of === 'last_year') return yearBefore(period, grain);
  return of === 'last_year_restated' ? restatedYearBefore(period, grain) : periodNamed(of.period, grain);
}

function relativeAt(
  { than, betterByPercent, places }: Extract<SeriesSource, { kind: 'relative' }>,
  period: Period,
  reading: Reading,
  trail: readonly string[],
): SeriesReading {
  const base = read(than, period, reading, trail);
  if (!base.ok) {
    const { reason, lacking = `the ${than} has no value: ${reason}` } = base;
    return { ok: false, reason: `without ${than}: ${reason}`, lacking };
  }
  if (base.target.kind === 'range') return nothing(`${than} is a range, and nothing is a percentage of it`);
  const { direction } = reading.context;
  const exact = betterBy(base.target.value, betterByPercent, direction);
  if (exact === undefined) return nothing(`nothing is better by a percentage where the direction is ${direction}`);
  const value = places === undefined ? exact : roundTo(exact, places, 'half-up');
  return number(value, `${betterByPercent} % better than ${than}, which is ${base.target.value}`);
}

function rateWords({ value, unit }: Extract<SeriesSource, { kind: 'per' }>): string {
  return `${value} per ${unit.replace('_', ' ')}`;
}

function number(value: DecimalText | undefined, from: string, missing = 'there is no value'): SeriesReading {
  return value === undefined ? nothing(missing) : { ok: true, target: { kind: 'value', value }, from };
}

/** Of a series that is not a matter of being in force: what is lacking names it, and says why. */
function named(name: string, reading: SeriesReading): SeriesReading {
  if (reading.ok || reading.lacking !== undefined) return reading;
  return { ...reading, lacking: `the ${name} has no value: ${reading.reason}` };
}

function nothing(reason: string): SeriesReading {
  return { ok: false, reason };
}

function inCircle(circle: readonly string[]): PlumblineError {
  const message = `series are relative to each other in a circle: ${circle.join(' → ')}`;
  return new PlumblineError('config', 'CONFIG_SERIES_CYCLE', message, {
    remedy: 'give one of them values of its own',
  });
}
