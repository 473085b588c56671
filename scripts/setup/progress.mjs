// What the set-up tells: one line a step, words on stderr, so that stdout belongs to the command that follows.

/** A step that cannot go on. `remedy` says what the person at the keyboard can do. */
export class SetupError extends Error {
  /**
   * @param {string} message what was attempted and what came of it
   * @param {string} remedy what would help
   */
  constructor(message, remedy) {
    super(message);
    this.name = 'SetupError';
    this.remedy = remedy;
  }
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {number} sinceMs a `performance.now()` */
export function elapsed(sinceMs) {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/**
 * Runs one step and prints its line: what was found or done, and how long it took.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<{ detail: string, value: T }>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedMs = performance.now();
  try {
    const { detail, value } = await work();
    say(`  ✓ ${title.padEnd(16)} ${detail} (${elapsed(startedMs)})`);
    return value;
  } catch (error) {
    say(`  ✗ ${title.padEnd(16)} failed after ${elapsed(startedMs)}`);
    throw error;
  }
}

/**
 * Announces long work, then says every ten seconds that it still goes on. Returns the function that ends it.
 *
 * @param {string} announcement
 * @returns {() => void}
 */
export function keepTelling(announcement) {
  const startedMs = performance.now();
  say(`  … ${announcement}`);
  const timer = setInterval(() => say(`    still at it, ${elapsed(startedMs)}`), 10_000);
  return () => clearInterval(timer);
}
