/** What some work took. */
export interface Cost {
  readonly wallMs: number;
  /** CPU of this process, all threads; the Temporal server is another process. */
  readonly cpuMs: number;
}

/** A first collection and an identical second one. */
export interface RoundCosts {
  readonly first: Cost;
  readonly again: Cost;
}

export async function costOf(work: () => Promise<void>): Promise<Cost> {
  const startedMs = performance.now();
  const usedBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(usedBefore);
  return { wallMs: performance.now() - startedMs, cpuMs: (user + system) / 1000 };
}
