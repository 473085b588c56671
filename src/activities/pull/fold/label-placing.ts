import type { ExtractGrain } from '#src/config/types.js';
import { dayOfLabel } from '#src/domain/period/period-label.js';
import { type DayKey, dateOfKey, dayKey, NO_DAY } from '#src/domain/value/columns/day-key.js';
import { rejected } from '#src/domain/value/reading.js';
import { BAD } from './row-fates.js';

const WORDS = {
  start: 'the first day of its period',
  end: 'the last day of its period',
  after: 'the first day after its period',
  middle: 'a day of its period',
} as const;

/** What is wrong with a row whose date is no label. */
export const notALabel = ({ label, frequency }: ExtractGrain) =>
  rejected(
    'not_a_label',
    `the date is not ${WORDS[label]}, by which the ${frequency} rows of this extract are labelled`,
    `${WORDS[label]}; or another label: in the grain of the extract`,
  );

/**
 * Puts rows that are labelled by a day of their period into the day that such a row is of; one whose date is no label is
 * bad and has no day. A million rows have few dates: each is looked up once.
 */
export function createLabelPlacing(
  grain: ExtractGrain | undefined,
): (days: Int32Array, fates: Uint8Array, length: number) => void {
  if (grain === undefined) return () => undefined;
  const known = new Map<DayKey, DayKey>();
  const placeOf = (day: DayKey): DayKey => {
    let place = known.get(day);
    if (place === undefined) {
      const placed = dayOfLabel(dateOfKey(day), grain, grain.label);
      place = placed === undefined ? NO_DAY : dayKey(placed);
      known.set(day, place);
    }
    return place;
  };
  return (days, fates, length) => {
    for (let row = 0; row < length; row++) {
      const day = days[row] ?? NO_DAY;
      if (day === NO_DAY) continue;
      const place = placeOf(day);
      days[row] = place;
      if (place === NO_DAY) fates[row] = BAD;
    }
  };
}
