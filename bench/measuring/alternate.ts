/**
 * Measures several things in turn (A B C A B C …), so that a slow minute of the machine falls on all of them.
 *
 * @param warmUps rounds that are run first and not kept
 * @returns the measured values, by the things' places
 */
export async function alternate<T>(
  things: readonly (() => Promise<T>)[],
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
): Promise<readonly (readonly T[])[]> {
  const kept: T[][] = things.map(() => []);
  for (let round = -warmUps; round < rounds; round++) {
    for (const [place, thing] of things.entries()) {
      const value = await thing();
      if (round >= 0) kept[place]?.push(value);
    }
  }
  return kept;
}
