/**
 * The row at the end of a place, such as 17 of `sales.csv:17` and 7 of `B7`; 0 where there is none.
 *
 * By hand: a row number is no value, and the parsers that guess are shut out of this room.
 */
export function rowNumber(place: string): number {
  let row = 0;
  for (const digit of /\d+$/.exec(place)?.[0] ?? '') row = row * 10 + '0123456789'.indexOf(digit);
  return row;
}
