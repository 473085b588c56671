/** Addresses that are counted at once; beyond them all counts begin anew. */
const MOST_ADDRESSES = 10_000;

/**
 * Counts requests by address, so many in a window of time.
 *
 * @param now milliseconds of a clock that only runs forward
 * @returns whether one more of an address is within the limit
 */
export function createRate(
  { most, windowMs }: { readonly most: number; readonly windowMs: number },
  now: () => number,
): (address: string) => boolean {
  const windows = new Map<string, { readonly since: number; count: number }>();
  return (address) => {
    const known = windows.get(address);
    if (known === undefined || now() - known.since >= windowMs) {
      if (windows.size >= MOST_ADDRESSES) windows.clear();
      windows.set(address, { since: now(), count: 1 });
      return true;
    }
    known.count += 1;
    return known.count <= most;
  };
}
