/** At least `length` numbers: the same array, or a longer one that begins like it. The rest is 0. */
export function withRoom(numbers: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  if (numbers.length >= length) return numbers;
  const longer = new Float64Array(Math.max(length, numbers.length * 2));
  longer.set(numbers);
  return longer;
}
