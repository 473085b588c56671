import { describe, expect, it } from 'vitest';
import { assertPeriodOf } from '#src/cli/find-measure.js';
import type { Site } from '#src/config/types.js';
import type { FiscalCalendar } from '#src/domain/period/types.js';
import { plannedMeasure } from '../activities/any-extract.js';

const fiscal: FiscalCalendar = { kind: 'fiscal', prefix: 'FY', month: 4, day: 1, named: 'end' };
const site = { periodCalendars: { fiscal } } as unknown as Site;
const { measure } = plannedMeasure('sales', { calendar: fiscal });

describe('the period asked for of a measure in a calendar', () => {
  it('is one of its own calendar', () => {
    expect(() => assertPeriodOf(measure, 'FY2026-P03', { site })).not.toThrow();
  });

  it.each([
    ['2026-03', 'CLI_OTHER_CALENDAR', 'FY2026-P12'],
    ['FY2026-Q1', 'CLI_OTHER_FREQUENCY', 'FY2026-P01'],
    ['FY2026-P13', 'CONFIG_BAD_PERIOD', 'FY…'],
  ])('%s is refused by %s, with an example', (id, code, example) => {
    expect(() => assertPeriodOf(measure, id, { site })).toThrow(
      expect.objectContaining({ code, remedy: expect.stringContaining(example) as string }) as Error,
    );
  });
});
