import type { ResolvedConfig } from '#src/config/types.js';
import { sourceStand } from '#src/domain/freshness/evidence.js';
import { completeness } from '#src/domain/measure/completeness.js';
import { type CollectedMeasure, isCollected, type Measure } from '#src/domain/measure/types.js';
import { judgeAtPace } from '#src/domain/pace/judge-at-pace.js';
import { paceWay } from '#src/domain/pace/pace-way.js';
import { isEnoughRead, partRead, readUntil } from '#src/domain/pace/part-read.js';
import type { PaceRule, PaceWay, PartRead, PeriodAtPace } from '#src/domain/pace/types.js';
import { isOutsideList, periodContaining } from '#src/domain/period/period.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Period } from '#src/domain/period/types.js';
import { askedSeries } from '#src/domain/series/asked-series.js';
import type { CurrentValue, StoreReader } from '#src/store/types.js';
import { extractOf } from '../../config-lookup.js';
import { seriesOfMeasures } from '../../score/series-values.js';
import { valuesByMeasure } from '../../score/stored-series.js';
import { workingCalendarOf } from '../../score/working-calendar-of.js';
import { settingsOf } from '../settings-of.js';
import type { LatestPull } from './latest-pull.js';
import { completedReads, type SourceReads } from './read-to-the-end.js';

/** A measure whose pace is asked for, and says something. */
interface Asking {
  readonly measure: CollectedMeasure;
  readonly rule: PaceRule;
  readonly way: PaceWay;
}

/** What was read of a period that is not over: of enough of it to be judged. */
interface PeriodRead extends Asking {
  readonly period: Period;
  readonly part: PartRead;
  /** First day that was not read whole. */
  readonly until: CalendarDate;
}

/**
 * Measures whose pace is asked for and whose period would end off track, by address; of the others nothing is raised.
 *
 * The period is the one in which the source was last read, and all goes by that read: time alone changes nothing here. A read
 * that failed found nothing, so after it the one before stands.
 *
 * @param reads of the sources looked at; of others they are asked for here
 */
export async function offTrackAtPace(
  reader: StoreReader,
  config: ResolvedConfig,
  measures: readonly Measure[],
  reads: SourceReads,
): Promise<ReadonlyMap<string, PeriodAtPace>> {
  const asking = measures.flatMap((measure) => askingOf(config, measure) ?? []);
  if (asking.length === 0) return new Map();
  const all = await completedReads(
    reader,
    reads,
    asking.map(({ measure }) => measure.extract),
  );
  const open = asking.flatMap((each) => periodRead(config, each, all.get(each.measure.extract)) ?? []);
  const starts = open.map(({ measure, period }) => [measure.address, period.start] as const);
  const values = await valuesByMeasure(reader, starts);
  const valued = open.flatMap((each) => {
    const value = values.get(each.measure.address)?.find(({ period }) => period.id === each.period.id);
    return value === undefined || isTooFew(config, each, value) ? [] : [{ ...each, valueSoFar: value.value }];
  });
  const seriesOf = await seriesOfMeasures(
    reader,
    valued.map(({ measure, period }) => [measure, period.start]),
    config.site,
  );
  const judged = valued.map(({ measure, period, part, way, valueSoFar }) => {
    const read = seriesOf(measure);
    const series = askedSeries((name) => read(name, period));
    return [measure.address, judgeAtPace({ measure, period, part, way, valueSoFar, ...series })] as const;
  });
  return new Map(judged.filter(([, { status }]) => status === 'off_track'));
}

function askingOf(config: ResolvedConfig, measure: Measure): Asking | undefined {
  if (!isCollected(measure) || measure.offTrackAfter === 0) return undefined;
  const { pace: rule, isOn } = settingsOf(measure, config.site);
  if (rule === undefined || !isOn('off_track')) return undefined;
  const reading = paceWay(measure, extractOf(config, measure.extract));
  return 'way' in reading ? { measure, rule, way: reading.way } : undefined;
}

/** The period in which a source was last read, where enough of it was read. */
function periodRead(config: ResolvedConfig, asking: Asking, read: LatestPull | undefined): PeriodRead | undefined {
  if (read?.outcome !== 'ok') return undefined;
  const { measure, rule } = asking;
  const period = periodContaining(dateInZone(read.logicalTime, measure.timeZone), measure);
  if (isOutsideList(period, measure)) return undefined;
  const until = untilOf(config, measure, read);
  if (until === undefined) return undefined;
  const part = partRead(period, until, rule.countedIn, workingCalendarOf(measure, config.site));
  return part !== undefined && isEnoughRead(part, rule) ? { ...asking, period, part, until } : undefined;
}

/** The first day that was not read whole, by the evidence that counts; `undefined` where the source showed none of that kind. */
function untilOf(
  config: ResolvedConfig,
  { extract, timeZone, emptyMeansZero }: CollectedMeasure,
  read: LatestPull & { readonly outcome: 'ok' },
): CalendarDate | undefined {
  const { evidence = 'newest_row' } = extractOf(config, extract);
  // Of rare events no row since means that nothing was.
  if (evidence === 'newest_row' && emptyMeansZero) return readUntil(read.logicalTime, timeZone);
  const stand = sourceStand(evidence, read);
  return stand === undefined ? undefined : readUntil(read.logicalTime, timeZone, stand);
}

/** Whether fewer observations than are expected so far make the value. */
function isTooFew({ site }: ResolvedConfig, { measure, period, until }: PeriodRead, value: CurrentValue): boolean {
  const { expects } = measure;
  if (expects === undefined) return false;
  const calendar = workingCalendarOf(measure, site);
  return completeness({ aggregate: value.evidence, expects, period, calendar, until })?.isEnough === false;
}
