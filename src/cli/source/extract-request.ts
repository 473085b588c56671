import type { ReadRequest } from '#connectors/sdk/types.js';
import { measuresOf } from '#src/activities/config-lookup.js';
import { columnsOfRead } from '#src/activities/pull/asked-columns.js';
import type { Window } from '#src/activities/pull/fold/extract-fold.js';
import type { Extract, ResolvedConfig } from '#src/config/types.js';
import { firstDayRead, type MeasureWindow, planMeasure } from '#src/domain/collection/plan-measure.js';
import { isCollected, type Measure } from '#src/domain/measure/types.js';
import { periodContaining } from '#src/domain/period/period.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import { labelDays } from '#src/domain/period/period-label.js';
import type { Instant } from '#src/domain/period/types.js';

/** Every day there is: what is looked at of an extract that no measure reads yet. */
const ALL_DAYS: Window = { start: '0001-01-01', end: '9999-12-31' };

/**
 * The days that a run reads of an extract when nothing was collected yet: the most that any run reads. `undefined` where no
 * measure uses it.
 */
export function firstRunWindow(config: ResolvedConfig, { id, snapshot }: Extract, now: Instant): Window | undefined {
  const { historyMonths } = config.site;
  // Definitions of units that nobody has read yet have no measures, and read the same days as those will.
  const defined = (config.templates?.measures ?? []).filter(isCollected).filter(({ extract }) => extract === id);
  const windows = [...measuresOf(config, [id]), ...defined].map((measure) =>
    snapshot === undefined ? daysRead(planMeasure(measure, undefined, historyMonths, now)) : openPeriod(measure, now),
  );
  const [first, ...others] = windows;
  if (first === undefined) return undefined;
  return others.reduce(
    (whole, { start, end }) => ({
      start: start < whole.start ? start : whole.start,
      end: end > whole.end ? end : whole.end,
    }),
    { start: first.start, end: first.end },
  );
}

function daysRead(window: MeasureWindow): Window {
  return { start: firstDayRead(window), end: window.end };
}

function openPeriod(measure: Measure, now: Instant): Window {
  return periodContaining(dateInZone(now, measure.timeZone), measure);
}

/** What a first run would ask for. */
export function firstRequest(extract: Extract, window: Window | undefined, signal: AbortSignal): ReadRequest<unknown> {
  return {
    extract: extract.id,
    options: extract.source,
    ...columnsOfRead(extract, window !== undefined),
    window: window === undefined ? ALL_DAYS : extract.grain === undefined ? window : labelDays(window, extract.grain),
    limits: extract.limits,
    signal,
  };
}
