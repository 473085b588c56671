import { addMonths } from '#src/domain/period/period-instants.js';
import type { CalendarDate } from '#src/domain/period/types.js';

/** Orders of one month, each a line. The amounts of a month add up to eight times `amount`. */
interface SampleMonth {
  readonly amount: number;
  readonly onTime: number;
  /** 1 to 5; a blank is a client who gave none. */
  readonly ratings: readonly string[];
}

const CONTENT = ['5', '5', '4', '5', '', '4', '5', '4'];
const LESS_CONTENT = ['5', '4', '4', '4', '', '3', '4', '4'];

/** Sales rise and end on track, deliveries end at risk, and clients have been less content for three months. */
const MONTHS: readonly SampleMonth[] = [
  { amount: 490, onTime: 8, ratings: CONTENT },
  { amount: 500, onTime: 8, ratings: CONTENT },
  { amount: 510, onTime: 7, ratings: CONTENT },
  { amount: 520, onTime: 8, ratings: LESS_CONTENT },
  { amount: 530, onTime: 8, ratings: LESS_CONTENT },
  { amount: 550, onTime: 7, ratings: LESS_CONTENT },
];

/** Added to the amount of each order; together nothing. */
const SPREAD = [-60, -40, -20, 0, 0, 20, 40, 60];

/** First day of the sample, when the month that is running begins on `openMonth`. */
export function sampleStart(openMonth: CalendarDate): CalendarDate {
  return addMonths(openMonth, -MONTHS.length);
}

/** A small CSV of orders in the last closed months. */
export function sampleOrders(openMonth: CalendarDate): string {
  const lines = MONTHS.flatMap(({ amount, onTime, ratings }, index) => {
    const month = addMonths(openMonth, index - MONTHS.length).slice(0, 7);
    return SPREAD.map((difference, order) => {
      const day = String(3 + order * 3).padStart(2, '0');
      return `${month}-${day},${amount + difference}.00,${order < onTime ? 'yes' : 'no'},${ratings[order] ?? ''}`;
    });
  });
  return `${['ordered_on,amount,on_time,rating', ...lines].join('\n')}\n`;
}
