import type { Batch } from '#connectors/sdk/types.js';
import type { PartCount } from './fold-types.js';

/** What became of rows, by name; and how many of each piece of the source. */
export interface RowAccounts {
  readonly seen: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly repaired: Readonly<Record<string, number>>;
  readonly parts: readonly PartCount[];
  /** Counts what a batch says of itself. */
  addBatch(batch: Batch): void;
  addSeen(rows: number): void;
  skip(rule: string, rows: number): void;
  /** Counts rows of a piece that were not skipped, and how many of them were rejected. */
  judge(part: string | undefined, wanted: number, rejected: number): void;
}

export function createRowAccounts(): RowAccounts {
  const skipped = new Map<string, number>();
  const repaired = new Map<string, number>();
  const parts = new Map<string | undefined, { wanted: number; rejected: number }>();
  let seen = 0;
  return {
    get seen() {
      return seen;
    },
    get skipped() {
      return inOrder(skipped);
    },
    get repaired() {
      return inOrder(repaired);
    },
    get parts() {
      return [...parts].map(([part, counts]) => (part === undefined ? { ...counts } : { part, ...counts }));
    },
    addBatch(batch) {
      seen += batch.seen;
      for (const [rule, rows] of Object.entries(batch.skipped)) count(skipped, rule, rows);
      for (const [rule, rows] of Object.entries(batch.repaired ?? {})) count(repaired, rule, rows);
    },
    addSeen(rows) {
      seen += rows;
    },
    skip: (rule, rows) => {
      count(skipped, rule, rows);
    },
    judge(part, wanted, rejected) {
      const counts = parts.get(part) ?? { wanted: 0, rejected: 0 };
      counts.wanted += wanted;
      counts.rejected += rejected;
      parts.set(part, counts);
    },
  };
}

function count(counts: Map<string, number>, rule: string, rows: number): void {
  if (rows > 0) counts.set(rule, (counts.get(rule) ?? 0) + rows);
}

function inOrder(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort());
}
