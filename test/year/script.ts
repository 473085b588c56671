import type { CalendarDate } from '#src/domain/period/types.js';
import { renewTarget } from './company-config.js';
import { type Figures, receivableLines, resultLines } from './company-sources.js';
import type { SimulatedYear } from './simulated-year.js';

/** What happens in the year, in the order of the calendar. Times are local. */
export interface ScriptedEvent {
  readonly at: string;
  /** For the table of the documentation. */
  readonly what: string;
  readonly happens?: (year: SimulatedYear) => Promise<void> | void;
}

const between = (from: CalendarDate, to: CalendarDate) => (day: CalendarDate) => from <= day && day <= to;
const badResponse = between('2026-03-02', '2026-03-10');
const reopenedWeeks = between('2026-09-28', '2026-10-25');
const idleTrainers = between('2026-08-10', '2026-08-12');

const HOLIDAYS: readonly string[] = [
  '2026-01-01',
  '2026-04-03',
  '2026-04-06',
  '2026-05-01',
  '2026-05-14',
  '2026-05-25',
];

/** Figures of each day. */
export const FIGURES: Figures = {
  isWorked: (day) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !HOLIDAYS.includes(day) && !between('2026-12-24', '2026-12-31')(day);
  },
  responseHours: (day) => (badResponse(day) ? 9 : 3),
  reopened: reopenedWeeks,
  signedEuros: (day) => (between('2026-01-01', '2026-03-31')(day) ? 300_000 : 420_000),
  trainingHours: (day) => (idleTrainers(day) ? 10 : 25),
};

/** What keeps files back from a time on, and hands them over later. */
const withhold = (name: string) => (year: SimulatedYear) => {
  year.sources.withheld.add(name);
};
const handOver = (name: string) => (year: SimulatedYear) => {
  year.sources.withheld.delete(name);
  year.sources.flush();
};

export const SCRIPT: readonly ScriptedEvent[] = [
  { at: '2026-01-01 00:00', what: 'New Year. Plumbline starts, with three months of history.' },
  {
    at: '2026-02-01 00:00',
    what: 'Contracts signed in January stay under the target; so they do in February and March.',
  },
  { at: '2026-03-02 00:00', what: 'The service desk answers too slowly, from Monday to Tuesday of the week after.' },
  {
    at: '2026-03-05 09:00',
    what: 'Jonas acknowledges the alert about it.',
    happens: (year) =>
      year.act('jonas', 'off_track', 'company/first-response-time', 'acknowledged', 'two of us are ill'),
  },
  { at: '2026-03-29 02:00', what: 'The clocks go forward.' },
  { at: '2026-04-03 00:00', what: 'Easter: holidays on Friday and Monday, without data.' },
  {
    at: '2026-04-20 10:00',
    what: 'Amara writes a note on the contracts, after the second reminder.',
    happens: (year) =>
      year.note('amara', 'company/contract-value-signed', '2026-03', 'Two tenders were put off to April.'),
  },
  { at: '2026-05-01 00:00', what: 'Labour Day. The contracts of April reach the target.' },
  {
    at: '2026-05-11 03:00',
    what: 'The learning platform stops exporting the reuse of articles.',
    happens: withhold('wissensartikel'),
  },
  {
    at: '2026-05-19 10:00',
    what: 'Priya snoozes the alert about it until Thursday, 09:00.',
    happens: (year) =>
      year.act(
        'priya',
        'missing',
        'company/knowledge-articles-reused',
        'snoozed',
        'being migrated',
        '2026-05-21 09:00',
      ),
  },
  { at: '2026-05-21 09:00', what: 'The silence is over.', happens: () => undefined },
  { at: '2026-05-22 05:00', what: 'All articles are exported.', happens: handOver('wissensartikel') },
  { at: '2026-05-25 00:00', what: 'Whit Monday, without data.' },
  {
    at: '2026-06-09 06:00',
    what: 'The telephone system, with 12 measures, cannot be reached for two days.',
    happens: ({ sources }) => sources.movePhones('phones.away'),
  },
  { at: '2026-06-11 06:00', what: 'It is back.', happens: ({ sources }) => sources.movePhones('phones.sqlite') },
  {
    at: '2026-06-30 20:00',
    what: "June's file of open invoices is not delivered.",
    happens: withhold('offene-posten'),
  },
  { at: '2026-07-08 12:00', what: 'It comes, a day late.', happens: handOver('offene-posten') },
  {
    at: '2026-08-03 00:00',
    what: 'Mei is absent for three weeks; Priya stands in for her.',
  },
  { at: '2026-08-10 00:00', what: 'For three days too little training is held.' },
  {
    at: '2026-08-24 06:00',
    what: 'Finance corrects the profit of July: the month was not on track.',
    happens: (year) =>
      year.sources.write('finance/ergebnis-2026-07-v2-korrektur.csv', resultLines('2026-07-31', 150_000)),
  },
  { at: '2026-09-16 05:00', what: 'All workers are down.', happens: (year) => year.stopWorkers() },
  { at: '2026-09-17 09:00', what: 'They are back, after 28 hours.', happens: (year) => year.startWorkers() },
  { at: '2026-10-01 00:00', what: 'The target of articles has expired with August.' },
  {
    at: '2026-10-01 06:00',
    what: 'The mail server is down for six hours.',
    happens: (year) => {
      year.isMailDown = true;
    },
  },
  {
    at: '2026-10-01 12:00',
    what: 'The mail server is back.',
    happens: (year) => {
      year.isMailDown = false;
    },
  },
  {
    at: '2026-10-05 10:00',
    what: 'The target is renewed.',
    happens: async (year) => {
      renewTarget(year.configFolder);
      await year.apply();
    },
  },
  { at: '2026-10-19 00:00', what: 'Too many tickets were reopened in three weeks, and so they are in a fourth.' },
  { at: '2026-10-25 03:00', what: 'The clocks go back.' },
  {
    at: '2026-11-02 05:00',
    what: "A row of October's open invoices cannot be read.",
    happens: (year) => year.sources.write('finance/offene-posten-2026-10.csv', receivableLines('2026-10-31', '1,00,0')),
  },
  {
    at: '2026-11-04 12:00',
    what: 'Finance delivers the file anew.',
    happens: (year) => year.sources.write('finance/offene-posten-2026-10.csv', receivableLines('2026-10-31', '100,00')),
  },
  {
    at: '2026-11-16 00:00',
    what: 'The telephone system can be read, and has counted nothing since Friday.',
    happens: ({ sources }) => {
      sources.phonesAreStuck = true;
    },
  },
  {
    at: '2026-11-18 12:00',
    what: 'It counts again, and has the days that were lacking.',
    happens: ({ sources }) => {
      sources.phonesAreStuck = false;
    },
  },
  { at: '2026-12-24 00:00', what: 'The company is shut until New Year, without data.' },
];
