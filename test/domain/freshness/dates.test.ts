import { describe, expect, it } from 'vitest';
import { dateWords, periodDates } from '#src/domain/freshness/dates.js';
import { deadlines } from '#src/domain/freshness/deadlines.js';
import { freshness } from '#src/domain/freshness/freshness.js';
import { parsePeriodId } from '#src/domain/period/period.js';
import { addMilliseconds } from '#src/domain/period/period-instants.js';

const calendar = { weekend: [6, 7], holidays: [] };
const march = parsePeriodId('2026-03');
const rule = { businessDays: 5, graceDays: 3, lockDays: 15 };

describe('periodDates()', () => {
  it('are the due time, and the first second of each state after it', () => {
    expect(periodDates(deadlines(march, rule, calendar, 'Europe/Berlin'))).toEqual({
      due: '2026-04-07T22:00:00Z',
      lateFrom: '2026-04-07T22:00:01Z',
      missingFrom: '2026-04-10T22:00:01Z',
      lockedFrom: '2026-04-15T22:00:00Z',
    });
  });

  // Lord Howe is half an hour further in summer, and its clocks go back on 5 April 2026.
  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Kiritimati'])(
    'in %s are on time at the due time and late a second after it',
    (timeZone) => {
      const limits = deadlines(march, rule, calendar, timeZone);
      const { due, lateFrom, missingFrom } = periodDates(limits);
      const stateAt = (now: string) => freshness({ period: march, deadlines: limits, hasActual: false, now, timeZone });
      expect([due, lateFrom, addMilliseconds(missingFrom, -1000), missingFrom].map(stateAt)).toEqual([
        'not_due',
        'late',
        'late',
        'missing',
      ]);
    },
  );
});

describe('dateWords()', () => {
  it('say days where deadlines are midnights', () => {
    expect(dateWords(deadlines(march, rule, calendar, 'Europe/Berlin'), 'Europe/Berlin')).toBe(
      'due by the end of 2026-04-07, late from 2026-04-08 on, missing from 2026-04-11 on, locked from 2026-04-16 on',
    );
  });

  it('say times where they are none, and nothing of late without days of grace', () => {
    const hours = { businessDays: 0, hours: 6, graceDays: 0 };
    expect(dateWords(deadlines(march, hours, calendar, 'Europe/Berlin'), 'Europe/Berlin')).toBe(
      'due by 2026-04-01 06:00, missing after 2026-04-01 06:00',
    );
  });

  it('say that the source has not said yet that it stands there, and that it has', () => {
    const asOf = { ...rule, asOf: true as const };
    expect(dateWords(deadlines(march, asOf, calendar, 'Europe/Berlin'), 'Europe/Berlin')).toBe(
      'due as soon as its source says that it stands there, by the end of 2026-04-07 at the latest, late from 2026-04-08 on, missing from 2026-04-11 on, locked from 2026-04-16 on',
    );
    const said = deadlines(march, asOf, calendar, 'Europe/Berlin', '2026-04-02T04:30:00Z');
    expect(dateWords(said, 'Europe/Berlin')).toBe(
      'due by 2026-04-02 06:30, when its source said that it stands there, late after 2026-04-02 06:30, missing from 2026-04-06 on, locked from 2026-04-16 on',
    );
    expect(periodDates(said)).toMatchObject({ due: '2026-04-02T04:30:00Z', asOf: 'said' });
  });
});
