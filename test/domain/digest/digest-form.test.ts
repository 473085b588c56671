import { describe, expect, it } from 'vitest';
import { digestForm, repeatedFrom } from '#src/domain/digest/digest-form.js';
import type { Digest, DigestRule } from '#src/domain/digest/types.js';

const daily: DigestRule = { every: 'day', hour: 7, minute: 30, timeZone: 'Europe/Berlin', saysWhenEmpty: false };
const weekly: DigestRule = { ...daily, every: 'week', weekday: 1 };
const monthly: DigestRule = { ...daily, every: 'month', day: 1 };
const open: Digest = {
  summary: '1 alert is open; nothing is new since 2026-11-02.',
  sections: [],
  isEmpty: false,
  hasNews: false,
  isWorthRepeating: true,
  standing: [],
};
const TOLD = '2026-11-02T06:30:00Z';

describe('digestForm()', () => {
  it.each([
    ['a day later nothing', daily, '2026-11-03T06:30:00Z', 'nothing'],
    ['six days later nothing', daily, '2026-11-08T06:30:00Z', 'nothing'],
    ['a week later all of it', daily, '2026-11-09T06:30:00Z', 'whole'],
    ['where it is weekly nothing', weekly, '2026-11-23T06:30:00Z', 'nothing'],
    ['where it is weekly after four weeks all of it', weekly, '2026-11-30T06:30:00Z', 'whole'],
    ['where it is monthly each month all of it', monthly, '2026-12-01T06:30:00Z', 'whole'],
    ['by a setting of each day all of it', { ...daily, repeatDays: 1 }, '2026-11-03T06:30:00Z', 'whole'],
    ['by a setting of never nothing', { ...daily, repeatDays: 'never' }, '2027-11-03T06:30:00Z', 'nothing'],
    ['where a line is wanted that', { ...daily, saysWhenEmpty: true }, '2026-11-03T06:30:00Z', 'line'],
  ] as const)('sends of what stays open %s', (_what, rule, at, expected) => {
    expect(digestForm(open, rule, at, TOLD)).toBe(expected);
  });

  it('sends all of it when something is new, and when none was sent before', () => {
    expect(digestForm({ ...open, hasNews: true }, daily, '2026-11-03T06:30:00Z', TOLD)).toBe('whole');
    expect(digestForm(open, { ...daily, repeatDays: 'never' }, '2026-11-03T06:30:00Z', undefined)).toBe('whole');
  });

  it('sends nothing where nothing is open, or all is snoozed, however long ago the last one was', () => {
    const quiet = { ...open, isWorthRepeating: false };
    expect(digestForm(quiet, daily, '2027-11-03T06:30:00Z', TOLD)).toBe('nothing');
    expect(digestForm(quiet, daily, '2027-11-03T06:30:00Z', undefined)).toBe('nothing');
  });

  it('counts days on the wall of the reader: an hour less in spring is no day less', () => {
    const each = { ...daily, repeatDays: 1 };
    expect(digestForm(open, each, '2026-03-29T05:30:00Z', '2026-03-28T06:30:00Z')).toBe('whole');
    expect(repeatedFrom(each, '2026-03-28T23:30:00Z')).toBe('2026-03-30');
  });
});
