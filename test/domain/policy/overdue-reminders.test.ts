import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escalationDays } from '#src/domain/freshness/reminders.js';
import { addDays } from '#src/domain/period/period-instants.js';
import { overdueReminders } from '#src/domain/policy/overdue-reminders.js';

describe('overdueReminders()', () => {
  it('leaves those that come after the alert has opened', () => {
    const rule = { everyDays: 3, times: 3 };
    expect(overdueReminders(rule, 0)).toMatchObject({ gaps: ['3d', '3d'], repeat: true, most: 3, stopAtNote: false });
    expect(overdueReminders(rule, 3)).toMatchObject({ gaps: ['3d', '3d'], most: 2 });
    expect(overdueReminders(rule, 4)).toMatchObject({ gaps: ['2d', '3d'], most: 2 });
    expect(overdueReminders(rule, 9)).toBeUndefined();
  });

  it('falls on the days that the rule names, on whichever of them the alert opens', () => {
    const small = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(small(40), small(20), fc.integer({ min: 0, max: 900 }), (everyDays, times, after) => {
        const notice = '2026-12-01';
        const named = escalationDays(notice, { escalate: { everyDays, times } });
        const opened = addDays(notice, after);
        const { gaps = [], most = 0 } = overdueReminders({ everyDays, times }, after) ?? {};
        let day = opened;
        const days = Array.from({ length: most }, (_, index) => {
          day = addDays(day, Number.parseInt(gaps[index] ?? gaps.at(-1) ?? '', 10));
          return day;
        });
        expect(days).toEqual(named.filter((each) => each > opened));
      }),
    );
  });
});
