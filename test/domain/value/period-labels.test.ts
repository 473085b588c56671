import { describe, expect, it } from 'vitest';
import type { FiscalCalendar, ListCalendar, PeriodCalendar, RetailCalendar } from '#src/domain/period/types.js';
import { createColumnTyping } from '#src/domain/value/columns/column-typing.js';
import { cellAt } from '#src/domain/value/columns/column-vector.js';
import { checkDatePattern, dateReader } from '#src/domain/value/date-grammar.js';

const fiscal: FiscalCalendar = { kind: 'fiscal', prefix: 'FY', month: 4, day: 1, named: 'end' };
const nrf: RetailCalendar = {
  kind: 'retail',
  prefix: 'NRF',
  pattern: [4, 5, 4],
  yearEnd: { weekday: 6, rule: 'nearest', month: 1 },
  named: 'start',
  extraWeekIn: 12,
};
const terms: ListCalendar = {
  kind: 'list',
  prefix: 'T',
  frequency: 'quarterly',
  periods: [{ id: '2026-spring', start: '2026-01-12' }],
  end: '2026-04-20',
};

interface Writing {
  readonly pattern?: string;
  readonly calendar?: PeriodCalendar;
  readonly locale?: string;
  readonly century?: number;
}

function read(text: string, { pattern, ...options }: Writing): string {
  const reading = dateReader(pattern, options)(text);
  return reading.ok ? reading.value : reading.problem.rule;
}

describe('labels of periods', () => {
  it.each<[string, Writing, string]>([
    ['2026-Q1', { pattern: "yyyy-'Q'q" }, '2026-01-01'],
    ['Q3 2026', { pattern: "'Q'q yyyy" }, '2026-07-01'],
    ['2026 H2', { pattern: "yyyy 'H'h" }, '2026-07-01'],
    ['2026-W03', { pattern: "yyyy-'W'ww" }, '2026-01-12'],
    ['3/2026', { pattern: 'w/yyyy' }, '2026-01-12'],
    ['2026-W01', { pattern: "yyyy-'W'ww" }, '2025-12-29'],
    ['2020-W53', { pattern: "yyyy-'W'ww" }, '2020-12-28'],
    ['2026', { pattern: 'yyyy' }, '2026-01-01'],
    ['Jan-26', { pattern: 'MMM-yy', locale: 'en-US', century: 2000 }, '2026-01-01'],
    ['Q1 FY26', { pattern: "'Q'q 'FY'yy", century: 2000, calendar: fiscal }, '2025-04-01'],
    ['FY26 P03', { pattern: "'FY'yy 'P'MM", century: 2000, calendar: fiscal }, '2025-06-01'],
    ['FY2026', { pattern: "'FY'yyyy", calendar: fiscal }, '2025-04-01'],
    ['2018-P01', { pattern: "yyyy-'P'MM", calendar: nrf }, '2018-02-04'],
    ['2017-W53', { pattern: "yyyy-'W'ww", calendar: nrf }, '2018-01-28'],
    ['FY2026-P03', { calendar: fiscal }, '2025-06-01'],
    [' 2026-W03 ', { calendar: fiscal }, '2026-01-12'],
    ['T2026-spring', { calendar: terms }, '2026-01-12'],
    ['2026-spring', { calendar: terms }, '2026-01-12'],
  ])('%s, written %j, is the period from %s on', (text, writing, date) => {
    expect(read(text, writing)).toBe(date);
  });

  it.each<[string, Writing, string]>([
    ['2026-Q5', { pattern: "yyyy-'Q'q" }, 'date_grammar'],
    ['2026-Q', { pattern: "yyyy-'Q'q" }, 'date_grammar'],
    ['2025-W53', { pattern: "yyyy-'W'ww" }, 'impossible_date'],
    ['2026-W00', { pattern: "yyyy-'W'ww" }, 'impossible_date'],
    ['2018-W53', { pattern: "yyyy-'W'ww", calendar: nrf }, 'impossible_date'],
    ['FY26 P13', { pattern: "'FY'yy 'P'MM", century: 2000, calendar: fiscal }, 'impossible_date'],
    ['0000', { pattern: 'yyyy' }, 'impossible_date'],
    ['FY26', { calendar: fiscal }, 'date_grammar'],
    ['2027-spring', { calendar: terms }, 'date_grammar'],
    ['#N/A', { calendar: terms }, 'error_token'],
    ['#N/A', { pattern: "yyyy-'Q'q" }, 'error_token'],
  ])('%s, written %j, is rejected: %s', (text, writing, rule) => {
    expect(read(text, writing)).toBe(rule);
  });
});

describe('patterns of labels', () => {
  it.each<[string, 'date' | 'datetime', Writing, string]>([
    ["yyyy-MM 'Q'q", 'date', {}, 'named by one of them'],
    ["yyyy 'W'ww dd", 'date', {}, 'leave dd out'],
    ["yyyy-'Q'q HH:mm", 'datetime', {}, 'no quarter'],
    ['yyyy-MM-dd h:mm', 'datetime', {}, 'hours are HH'],
    ['yyyy-MM-dd', 'date', { calendar: fiscal }, 'leave dd out'],
    ['MMM yyyy', 'date', { calendar: fiscal, locale: 'en-US' }, 'number its months'],
    ['yyyy-MM', 'date', { calendar: terms }, 'leave the pattern out'],
    ["'Q'q", 'date', {}, 'the year is missing'],
    ["yyyy-'Q'Q", 'date', {}, 'written q'],
    ['yyyywM', 'date', {}, 'without a separator'],
  ])('%s as a %s: %s', (pattern, kind, { locale, calendar }, words) => {
    expect(
      checkDatePattern(pattern, kind, {
        ...(locale === undefined ? {} : { locale }),
        ...(calendar === undefined ? {} : { calendar }),
      }),
    ).toContain(words);
  });
});

describe('a column of labels', () => {
  it.each<[Writing, string]>([
    [{ pattern: 'yyyy-MM', calendar: fiscal }, '2025-06-01'],
    [{ pattern: 'yyyy-MM' }, '2026-03-01'],
  ])('is read by its calendar where it has one, a block at a time: %j', (writing, date) => {
    const column = { name: 'month', sourceName: 'month', type: 'date', timeZone: 'UTC', required: true } as const;
    const typing = createColumnTyping({ ...column, ...writing }, 4);
    const bytes = new TextEncoder().encode('2026-03');
    const raw = { bytes, bounds: Int32Array.of(0, 7, 0, 7), first: 0, stride: 2, textAt: () => '2026-03' };
    typing.type(raw, Int32Array.of(0, 1), 2, new Uint8Array(4));
    expect([0, 1].map((row) => cellAt(typing.vector, row))).toEqual([date, date]);
  });
});
