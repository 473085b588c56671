/** Wall time of a first collection and of an identical second one. */
export interface RoundTimes {
  readonly firstMs: number;
  readonly againMs: number;
}

/** Wall time of some work, in milliseconds. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
