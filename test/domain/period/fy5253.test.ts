// Years of 52 and 53 weeks against pandas' FY5253 and FY5253Quarter: the answers are kept beside the script that asked.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { periodContaining, periodsIn } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';
import type { RetailCalendar, WeekdayNumber } from '#src/domain/period/types.js';

const Cases = z.array(
  z.object({
    rule: z.enum(['last', 'nearest']),
    month: z.number(),
    weekday: z.number().transform((weekday) => weekday as WeekdayNumber),
    extraQuarter: z.number(),
    years: z.array(z.string()).min(30),
    quarters: z.array(z.string()).min(100),
  }),
);
const cases = Cases.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'oracles/fy5253.json'), 'utf8')));

describe.each(cases)('a year to the $rule weekday $weekday of month $month', (kase) => {
  const calendar: RetailCalendar = {
    kind: 'retail',
    prefix: 'R',
    pattern: [4, 4, 5],
    yearEnd: { weekday: kase.weekday, rule: kase.rule, month: kase.month },
    named: 'end',
    extraWeekIn: kase.extraQuarter * 3,
  };

  it.each([
    ['yearly', kase.years],
    ['quarterly', kase.quarters],
  ] as const)('has %s periods that end where those of pandas do', (frequency, ends) => {
    const grain = { frequency, calendar };
    const from = periodContaining(ends[0] ?? '', grain).start;
    const to = addDays(ends.at(-1) ?? '', 1);
    expect(periodsIn(from, to, grain).map(({ end }) => addDays(end, -1))).toEqual(ends);
  });
});
