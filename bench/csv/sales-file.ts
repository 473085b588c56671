import { closeSync, openSync, writeSync } from 'node:fs';

/** Exact sums of a made-up file, by month: what every reader of it must find. */
export interface SalesTotals {
  /** `2025-01` → hundredths and counts. */
  readonly months: ReadonlyMap<string, { amountCents: bigint; costCents: bigint; rows: bigint }>;
  readonly bytes: number;
}

export const SALES_YEAR = 2025;

/** Mulberry32: small, seeded, the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const two = (value: number): string => String(value).padStart(2, '0');
const money = (cents: number): string =>
  `${cents < 0 ? '-' : ''}${Math.trunc(Math.abs(cents) / 100)}.${two(Math.abs(cents) % 100)}`;

/** Writes `rows` sales of eight columns, about 48 bytes each, over the days of a year in no order. */
export function writeSalesFile(path: string, rows: number, seed = 20_250_101): SalesTotals {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const months = new Map<string, { amountCents: bigint; costCents: bigint; rows: bigint }>();
  const file = openSync(path, 'w');
  let bytes = 0;
  let lines: string[] = ['id,booked_on,region,amount,cost,quantity,renewed,note\n'];
  const flush = (): void => {
    bytes += writeSync(file, lines.join(''));
    lines = [];
  };
  try {
    for (let id = 0; id < rows; id += 1) {
      const month = `${SALES_YEAR}-${two(1 + below(12))}`;
      const amount = below(1_000_000) - 1_000;
      const cost = below(100_000);
      lines.push(
        `${id},${month}-${two(1 + below(28))},R${below(20)},${money(amount)},${money(cost)},${1 + below(49)},${random() < 0.5},n${id % 97}\n`,
      );
      const total = months.get(month) ?? { amountCents: 0n, costCents: 0n, rows: 0n };
      total.amountCents += BigInt(amount);
      total.costCents += BigInt(cost);
      total.rows += 1n;
      months.set(month, total);
      if (lines.length === 20_000) flush();
    }
    flush();
  } finally {
    closeSync(file);
  }
  return { months, bytes };
}
