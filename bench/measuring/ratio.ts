/** A quantity against its peer, each pair measured one right after the other. */
export interface Comparison {
  /** Medians, in the unit that was measured. */
  readonly ours: number;
  readonly peer: number;
  /** Median of the pairs' ratios; the smallest and largest of them say how noisy the machine was. */
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The middle one of the values; of an even number the mean of the middle two.
 *
 * @throws RangeError when there are none
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('there is no median of no values');
  return (lower + upper) / 2;
}

/**
 * Ours against the peer, pair by pair: what slows the machine down for a while slows both of a pair.
 *
 * @throws RangeError when the lists differ in length, are empty, or a peer's value is not above 0
 */
export function compare(ours: readonly number[], peer: readonly number[]): Comparison {
  if (ours.length !== peer.length) throw new RangeError(`${ours.length} values cannot be paired with ${peer.length}`);
  const ratios = ours.map((value, index) => {
    const base = peer[index] ?? 0;
    if (!(base > 0)) throw new RangeError(`there is no ratio to a peer of ${base}`);
    return value / base;
  });
  return {
    ours: median(ours),
    peer: median(peer),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  };
}
