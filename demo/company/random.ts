/** Repeatable pseudo-random choices. Shapes the invented data only; nothing of it decides a score. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** `count` different indices below `size`, ascending. */
  indices(count: number, size: number): readonly number[];
}

/**
 * A generator of its own for each table or file (`stream`), so that a change in one leaves the others as they are.
 * FNV-1a makes the start value, mulberry32 (Tommy Ettinger, public domain) the sequence.
 */
export function createRandom(seed: number, stream: string): Random {
  let state = 0x811c9dc5 ^ seed;
  for (const character of stream) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const int = (low: number, high: number): number => low + (next() % (high - low + 1));
  return {
    int,
    pick: (list) => list[int(0, list.length - 1)] ?? list[0],
    indices: (count, size) => {
      const chosen = new Set<number>();
      while (chosen.size < Math.min(count, size)) chosen.add(int(0, size - 1));
      return [...chosen].sort((a, b) => a - b);
    },
  };
}

/**
 * Yes for the wanted share of the calls, evenly spread: of any n calls in a row n × share are yes, give or take one.
 * Drawing each by chance would let a small week miss its level by luck, and the story with it.
 */
export function createQuota(random: Random): (sharePermille: number) => boolean {
  let owed = random.int(0, 999);
  return (sharePermille) => {
    owed += sharePermille;
    if (owed < 1000) return false;
    owed -= 1000;
    return true;
  };
}

/** Splits `total` into `parts` whole numbers that differ by chance and add up exactly; none is below half the even share. */
export function splitTotal(random: Random, total: number, parts: number): readonly number[] {
  if (parts < 1) return [];
  const weights = Array.from({ length: parts }, () => random.int(600, 1400));
  const sum = weights.reduce((left, right) => left + right, 0);
  const shares = weights.map((weight) => Math.floor((total / sum) * weight));
  const rest = total - shares.reduce((left, right) => left + right, 0);
  return shares.map((share, index) => (index === parts - 1 ? share + rest : share));
}
