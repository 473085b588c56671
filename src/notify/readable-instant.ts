import { wallTime, withWallTimes } from '#src/domain/message/wall-times.js';
import { isInstant } from '#src/domain/period/period-instants.js';

/** What messages of earlier versions, which name no zone, are read in. */
const UNNAMED = 'UTC';

/** `2026-11-05 08:30 Berlin time` from an instant; a text that is none stays as it is. */
export function readableInstant(text: string, timeZone: string = UNNAMED): string {
  return isInstant(text) ? wallTime(text, timeZone) : text;
}

/** The same of every instant in a text. */
export function readableInstants(text: string, timeZone: string = UNNAMED): string {
  return withWallTimes(text, timeZone);
}
