import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MADE_UP_DAYS, namedRequests } from '#src/domain/freshness/named-requests.js';
import { reminderDays } from '#src/domain/freshness/reminders.js';
import { periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { addDays, daysBetween } from '#src/domain/period/period-instants.js';

const rule = { remind: { beforeDays: 15, afterDays: 3 } };
const of = (today: string, remind = rule, frequency: 'daily' | 'monthly' = 'monthly') =>
  namedRequests({ frequency }, remind, today).map(({ period, day }) => `${period.id} ${day}`);

describe('namedRequests()', () => {
  it('names a period from one of its days on, for a week', () => {
    expect(of('2026-06-14')).toEqual([]);
    expect(of('2026-06-15')).toEqual(['2026-06 2026-06-15']);
    expect(of('2026-06-21')).toEqual(['2026-06 2026-06-15']);
    expect(of('2026-06-22')).toEqual([]);
    expect(of('2026-07-03')).toEqual(['2026-06 2026-07-03']);
    expect(namedRequests({ frequency: 'monthly' }, {}, '2026-07-03')).toEqual([]);
  });

  it('names a period by the newest of its days, and each of many short ones', () => {
    expect(of('2026-07-04', { remind: { beforeDays: 0, afterDays: 3 } })).toEqual(['2026-06 2026-07-03']);
    expect(of('2026-07-04', { remind: { beforeDays: 0, afterDays: 1 } }, 'daily')).toHaveLength(MADE_UP_DAYS + 1);
  });

  it('names a period on a day if and only if one of its days is today or was in the last week', () => {
    const days = fc.option(fc.integer({ min: 0, max: 366 }), { nil: undefined });
    const frequencies = fc.constantFrom('weekly', 'monthly', 'quarterly', 'yearly');
    fc.assert(
      fc.property(
        days,
        days,
        frequencies,
        fc.integer({ min: 0, max: 1500 }),
        (beforeDays, afterDays, frequency, later) => {
          const remind = {
            ...(beforeDays === undefined ? {} : { beforeDays }),
            ...(afterDays === undefined ? {} : { afterDays: afterDays + 1 }),
          };
          const today = addDays('2024-01-01', later);
          const expected: string[] = [];
          let period = periodContaining(addDays(today, 800), frequency);
          while (period.end > addDays(today, -800)) {
            const due = reminderDays(period, { remind }).filter((day) => {
              const past = daysBetween(day, today);
              return past >= 0 && past < MADE_UP_DAYS;
            });
            const [newest] = due.sort().reverse();
            if (newest !== undefined) expected.unshift(`${period.id} ${newest}`);
            period = previousPeriod(period, frequency);
          }
          expect(
            namedRequests({ frequency }, { remind }, today).map((each) => `${each.period.id} ${each.day}`),
          ).toEqual(expected);
        },
      ),
    );
  });
});
