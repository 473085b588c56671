// Worked out by hand from the guides (docs/guides/alerts.md, who-is-told.md, notify-people.md), a calendar and the script.
// Nothing here is computed by Plumbline; only how a subject line names a connection, an extract, the pipeline and a time of day was
// looked up.

/** What one cause leads to. */
export interface ExpectedMails {
  readonly cause: string;
  /** The sum, in words. */
  readonly why: string;
  /** `time person subject`, as they arrive. */
  readonly mails: readonly string[];
}

export const EXPECTED_ALERTS: readonly ExpectedMails[] = [
  {
    cause: 'The service desk answers too slowly from 2 to 10 March',
    why: 'Monday, Tuesday and Wednesday are three days in a row; Wednesday is read on Thursday at 06:30, and Jonas works from 07:00. He acknowledges it at 09:00, so there is no reminder after 3 working days and no escalation after 2. Wednesday 11 is good and is read on Thursday.',
    mails: [
      '2026-03-05 07:00 jonas OFF TRACK · First response time · since 2026-03-02',
      '2026-03-12 07:00 jonas OFF TRACK RESOLVED · First response time · since 2026-03-02',
    ],
  },
  {
    cause: 'Three months of contracts under the target',
    why: 'March closes on 1 April, read at 06:30. Good Friday and Easter Monday do not count: 2 working days later is Tuesday 7 (the owner of the objective), 3 are Wednesday 8 (reminder), 5 are Friday 10 (the manager), and 7 after the first reminder are Friday 17 (reminder). The next would come on the 28th; the note of the 20th ends them. April is good and is read on 1 May, a holiday: those who knew of it hear that on Monday 4.',
    mails: [
      '2026-04-01 07:00 amara OFF TRACK · Contract value signed · since 2026-01',
      '2026-04-07 07:00 farid OFF TRACK ESCALATED · Contract value signed · since 2026-01',
      '2026-04-08 07:00 amara OFF TRACK REMINDER · Contract value signed · since 2026-01',
      '2026-04-10 07:00 lena OFF TRACK ESCALATED · Contract value signed · since 2026-01',
      '2026-04-17 07:00 amara OFF TRACK REMINDER · Contract value signed · since 2026-01',
      '2026-05-04 07:00 amara OFF TRACK RESOLVED · Contract value signed · since 2026-01',
      '2026-05-04 07:00 farid OFF TRACK RESOLVED · Contract value signed · since 2026-01',
      '2026-05-04 07:00 lena OFF TRACK RESOLVED · Contract value signed · since 2026-01',
    ],
  },
  {
    cause: 'No reuse of articles is exported from 11 to 21 May',
    why: 'The week of 11 May is due one working day after it, on Monday 18, without grace: missing as Tuesday begins. Priya snoozes it to Thursday 09:00; then it is told once that it still holds. The export of Friday is read at 05:45.',
    mails: [
      '2026-05-19 07:00 priya MISSING · Knowledge articles reused · since 2026-W20',
      '2026-05-21 09:00 priya MISSING STILL · Knowledge articles reused · since 2026-W20',
      '2026-05-22 07:00 priya MISSING RESOLVED · Knowledge articles reused · since 2026-W20',
    ],
  },
  {
    cause: 'The telephone system is away for two days',
    why: 'It is missed at 06:30 on Tuesday 9 June and is back at 06:30 on Thursday. Twelve values of Monday are late from Wednesday on, twelve of Tuesday from Thursday on: all wait behind the source. A connection has no objective, so nobody is told after 2 working days.',
    mails: [
      '2026-06-09 07:00 omar SOURCE FAILED · connection "phones" · since 2026-06-09 06:30 Berlin time',
      '2026-06-11 07:00 omar SOURCE FAILED RESOLVED · connection "phones" · since 2026-06-09 06:30 Berlin time',
    ],
  },
  {
    cause: "June's open invoices come a day late",
    why: 'Due after five working days, at the end of Tuesday 7 July. The file comes on Wednesday at noon and is read on Thursday at 07:00, before 2 working days have passed.',
    mails: [
      '2026-07-08 07:00 farid LATE · Overdue receivables · since 2026-06',
      '2026-07-09 07:00 farid LATE RESOLVED · Overdue receivables · since 2026-06',
    ],
  },
  {
    cause: 'Too little training from 10 to 12 August',
    why: 'The third day is read on Thursday 13 at 05:45. Mei is absent, so Priya is told, and that it is over as well.',
    mails: [
      '2026-08-13 07:00 priya OFF TRACK · Training hours · since 2026-08-10',
      '2026-08-14 07:00 priya OFF TRACK RESOLVED · Training hours · since 2026-08-10',
    ],
  },
  {
    cause: "July's profit is corrected on 24 August",
    why: 'The correction is read at 07:00 and turns a closed month from on track to off track. After seven days it is over, which is not told.',
    mails: ['2026-08-24 07:00 farid RESTATED · Profit margin · since 2026-07'],
  },
  {
    cause: 'All workers are down for 28 hours',
    why: 'Nobody was there to notice since the sweep of midnight, so it is told once, that it is over. The values of Tuesday were due on Wednesday: the sources had them in time, and it was Plumbline that did not read them. They count as late at the first sweep; but reads are still to come that the outage has held up, and until they have been there nobody is told.',
    mails: ['2026-09-17 09:00 omar PIPELINE SILENT RESOLVED · evaluation · since 2026-09-16 00:00 Berlin time'],
  },
  {
    cause: 'The target of articles has expired',
    why: 'September closes on 1 October and is read at 06:30. The mail server is down until 12:00; the mail waits, and comes once. The target is renewed on Monday at 10:00. Priya answers for the objective too, so there is nobody to escalate to after 2 working days.',
    mails: [
      '2026-10-01 12:00 priya TARGET MISSING · Tickets solved with an article · since 2026-09',
      '2026-10-05 10:00 priya TARGET MISSING RESOLVED · Tickets solved with an article · since 2026-09',
    ],
  },
  {
    cause: 'Too many tickets are reopened, from 28 September to 25 October',
    why: 'The third week closes on Sunday 18 October. 2 working days after Monday 06:30 are Wednesday 21, 3 are Thursday 22, 5 are Monday 26: by then the clocks have gone back, and it is still 06:30 by the wall. The week of 26 October is good and is read on Monday 2 November, at the moment of the second reminder, which so is not sent.',
    mails: [
      '2026-10-19 07:00 jonas OFF TRACK · Reopened tickets · since 2026-W40',
      '2026-10-21 07:00 tomasz OFF TRACK ESCALATED · Reopened tickets · since 2026-W40',
      '2026-10-22 07:00 jonas OFF TRACK REMINDER · Reopened tickets · since 2026-W40',
      '2026-10-26 07:00 amara OFF TRACK ESCALATED · Reopened tickets · since 2026-W40',
      '2026-11-02 07:00 jonas OFF TRACK RESOLVED · Reopened tickets · since 2026-W40',
      '2026-11-02 07:00 tomasz OFF TRACK RESOLVED · Reopened tickets · since 2026-W40',
      '2026-11-02 07:00 amara OFF TRACK RESOLVED · Reopened tickets · since 2026-W40',
    ],
  },
  {
    cause: "A row of October's open invoices cannot be read",
    why: 'Read on Monday 2 November at 07:00. The new file of Wednesday noon is read on Thursday.',
    mails: [
      '2026-11-02 07:00 farid ROWS REJECTED · extract "receivables" · since 2026-11-02 07:00 Berlin time',
      '2026-11-05 07:00 farid ROWS REJECTED RESOLVED · extract "receivables" · since 2026-11-02 07:00 Berlin time',
    ],
  },
  {
    cause: 'The telephone system has nothing new for two days',
    why: 'It is up, so no source has failed. The values of Monday 16 November are due at the end of Tuesday, and late as Wednesday begins: twelve alerts for want of one thing, told to whoever keeps it in one mail. What it counted is read on Thursday at 06:30, before 2 working days have passed.',
    mails: [
      '2026-11-18 07:00 omar LATE · 12 measures of extract "calls" · since 2026-11-16',
      '2026-11-19 07:00 omar LATE RESOLVED · 12 measures of extract "calls" · since 2026-11-16',
    ],
  },
];

const mondays = (...days: readonly string[]): readonly string[] => days.map((day) => `${day} 07:30`);

/**
 * January is red and is read on 1 February. Nothing is new after that, so it is told again each 28 days, until the alert opens in
 * Easter week, on 1 April: Easter Monday is a holiday, so that digest comes on Tuesday. Then not before it is over, on 1 May.
 */
const CONTRACTS = mondays('2026-02-02', '2026-03-02', '2026-03-30', '2026-04-07', '2026-05-04');
const SLOW_ANSWERS = mondays('2026-03-09', '2026-03-16');
/** Whit Monday is a holiday, so that digest comes on Tuesday. */
const ARTICLES = mondays('2026-05-26');
const PHONES = mondays('2026-06-15');
const INVOICES = mondays('2026-07-13');
const TRAINING = mondays('2026-08-17');
/** Corrected that morning, and better with August, which is read on 1 September; in between July stands as it did. */
const CORRECTION = mondays('2026-08-24', '2026-09-07');
const WORKERS = mondays('2026-09-21');
const TARGET = mondays('2026-10-05', '2026-10-12');
/** The first red week is read on 5 October, the alert opens with the third, on 19 October, and is over on 2 November. */
const REOPENED = mondays('2026-10-05', '2026-10-19', '2026-11-02');
const REJECTS = mondays('2026-11-02', '2026-11-09');
/** Twelve alerts that were there and over within the week: of Omar, who was told, of Jonas, whose measures they are, of Amara, who answers for them. */
const NOTHING_NEW = mondays('2026-11-23');

/**
 * When each person's weekly digest has something to say: an alert of his has opened or was over in the week, a measure that he
 * answers for stands badly since then or has turned, or 28 days have gone by and something is still open. In all other weeks there
 * is none.
 */
export const EXPECTED_DIGESTS: Readonly<Record<string, readonly string[]>> = {
  // The reopened tickets were escalated to her on 26 October.
  amara: [...CONTRACTS, ...mondays('2026-10-26', '2026-11-02'), ...NOTHING_NEW],
  farid: [...CONTRACTS, ...INVOICES, ...CORRECTION, ...REJECTS],
  ines: [],
  jonas: [...SLOW_ANSWERS, ...REOPENED, ...NOTHING_NEW],
  // All that is the company's. The contracts are named with the slow answers, so the 28 days begin anew on 16 March.
  lena: [
    ...CONTRACTS.filter((day) => !day.includes('03-30')),
    ...SLOW_ANSWERS,
    ...ARTICLES,
    ...INVOICES,
    ...TRAINING,
    ...CORRECTION,
    ...new Set([...TARGET, ...REOPENED]),
  ],
  // She is absent until Friday 21 August; what was in her absence is told on the Monday after it.
  mei: mondays('2026-08-24'),
  omar: [...PHONES, ...WORKERS, ...NOTHING_NEW],
  // The training is Mei's, for whom she stands in.
  priya: [...ARTICLES, ...TRAINING, ...TARGET],
  tomasz: REOPENED,
};

/** Counted by hand from the two lists above. */
export const EXPECTED_NUMBERS: Readonly<Record<string, { readonly alerts: number; readonly digests: number }>> = {
  amara: { alerts: 6, digests: 8 },
  farid: { alerts: 7, digests: 10 },
  ines: { alerts: 0, digests: 0 },
  jonas: { alerts: 5, digests: 6 },
  lena: { alerts: 2, digests: 15 },
  mei: { alerts: 0, digests: 1 },
  omar: { alerts: 5, digests: 3 },
  priya: { alerts: 7, digests: 4 },
  tomasz: { alerts: 2, digests: 3 },
};
