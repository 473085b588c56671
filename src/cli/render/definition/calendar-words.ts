import { NOTHING_SAID } from '#src/activities/score/said-by-sources.js';
import { workingCalendarOf } from '#src/activities/score/working-calendar-of.js';
import type { ResolvedConfig, Site } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import { isOutsideList, periodContaining, previousPeriod } from '#src/domain/period/period.js';
import type {
  CalendarDate,
  Frequency,
  Grain,
  Period,
  PeriodCalendar,
  WorkingCalendar,
} from '#src/domain/period/types.js';
import { deadlineWords, requestWords } from '../due-words.js';
import { counted } from '../time-words.js';

const PERIODS: Readonly<Record<Frequency, string>> = {
  daily: 'days',
  weekly: 'weeks',
  monthly: 'months',
  quarterly: 'quarters',
  'half-yearly': 'half-years',
  yearly: 'years',
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const weekday = (number: number): string => WEEKDAYS[number - 1] ?? '';
const month = (number: number): string => MONTHS[number - 1] ?? '';

/** Periods and deadlines of a measure, with those of its last closed period as an example. */
export function timeSentences(measure: Measure, config: ResolvedConfig, today: CalendarDate): readonly string[] {
  const { site } = config;
  const period = previousPeriod(periodContaining(today, measure), measure);
  return [
    calendarSentence(measure, site),
    workingSentence(measure, site),
    ...(isOutsideList(period, measure)
      ? []
      : [exampleSentence(measure, site, period), ...requestWords(measure, period, NOTHING_SAID, config)]),
  ];
}

/** `Its periods are the months of the calendar "fiscal": …` */
export function calendarSentence(grain: Grain, { periodCalendars = {} }: Pick<Site, 'periodCalendars'>): string {
  const periods = PERIODS[grain.frequency];
  const { calendar } = grain;
  if (calendar === undefined) {
    return `Its periods are ${grain.frequency === 'weekly' ? 'ISO weeks, Monday to Sunday' : `calendar ${periods}`}.`;
  }
  const id = Object.entries(periodCalendars).find(([, each]) => each.prefix === calendar.prefix)?.[0];
  const name = id === undefined ? 'of its own calendar' : `of the calendar "${id}"`;
  return `Its periods are the ${periods} ${name}: ${calendarWords(calendar)}.`;
}

function calendarWords(calendar: PeriodCalendar): string {
  switch (calendar.kind) {
    case 'fiscal':
      return `years from ${calendar.day} ${month(calendar.month)} on, numbered by the year in which they ${calendar.named}`;
    case 'weeks':
      return `weeks from ${weekday(calendar.weeks.start)} on`;
    case 'retail': {
      const { pattern, yearEnd, named } = calendar;
      const end =
        yearEnd.rule === 'last'
          ? `the last ${weekday(yearEnd.weekday)} of ${month(yearEnd.month)}`
          : `the ${weekday(yearEnd.weekday)} nearest to the end of ${month(yearEnd.month)}`;
      return `years of whole weeks to ${end}, in months of ${pattern.join(', ')} weeks, numbered by the year in which they ${named}`;
    }
    case 'list':
      return `${calendar.periods.length} listed ones, to before ${calendar.end}`;
  }
}

function workingSentence(measure: Measure, site: Site): string {
  const { calendar: id } = measure.due;
  const name = id === undefined ? 'those of the site' : `those of the working calendar "${id}"`;
  return `Its working days are ${name}: ${workingWords(workingCalendarOf(measure, site))}.`;
}

function workingWords({ weekend, holidays, halfDays = [] }: WorkingCalendar): string {
  const off = weekend.length === 0 ? 'every day' : `every day but ${weekend.map(weekday).join(' and ')}`;
  const days = [
    ...(holidays.length === 0 ? [] : [counted(holidays.length, 'holiday')]),
    ...(halfDays.length === 0 ? [] : [counted(halfDays.length, 'half day')]),
  ];
  return days.length === 0 ? off : `${off}, with ${days.join(' and ')}`;
}

function exampleSentence(measure: Measure, site: Site, period: Period): string {
  return `So the value of ${period.id} is ${deadlineWords(period, measure, site, NOTHING_SAID)}.`;
}
