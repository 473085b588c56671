// What a connector leaves behind in its process. A timer that was unref'd is in no list of Node's, and keeps no process
// alive; it is the one thing that cannot be found here.
import { setTimeout as wait } from 'node:timers/promises';
import { ExamFailure } from './exam-failure.js';

/** Things the process is still waiting for, by kind: sockets, pipes, files, timers. */
export type OpenHandles = ReadonlyMap<string, number>;

const LOOK_EVERY_MS = 20;
/** Longer than what the test runner itself waits before it reports. */
const LOOKS_FOR_QUIET = 8;

/**
 * What stays open for a while, the fewest of each kind: a timer of the runner's that ends meanwhile would hide one
 * that the connector leaves.
 */
export async function handlesAtRest(): Promise<OpenHandles> {
  let fewest = openHandles();
  for (let looks = 1; looks < LOOKS_FOR_QUIET; looks += 1) {
    await wait(LOOK_EVERY_MS);
    const now = openHandles();
    fewest = new Map([...fewest].map(([kind, count]) => [kind, Math.min(count, now.get(kind) ?? 0)]));
  }
  return fewest;
}

/** Waits until nothing is open that was not open before, for at most `limitMs`. @throws ExamFailure naming what stays */
export async function expectNothingLeft(before: OpenHandles, limitMs: number): Promise<void> {
  const until = performance.now() + limitMs;
  for (;;) {
    const left = [...openHandles()].filter(([kind, count]) => count > (before.get(kind) ?? 0));
    if (left.length === 0) return;
    if (performance.now() > until) {
      throw new ExamFailure(`Nothing may stay open; still there: ${left.map(([kind]) => kind).join(', ')}`);
    }
    await wait(LOOK_EVERY_MS);
  }
}

/** The exam's own waiting is over whenever it counts: a timer that has fired is in the list no more. */
function openHandles(): OpenHandles {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (!NOT_OF_A_CONNECTOR.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** What the runner's own talk with its parent consists of. */
const NOT_OF_A_CONNECTOR: ReadonlySet<string> = new Set([
  'Immediate',
  'TickObject',
  'MessagePort',
  'TTYWrap',
  'PipeWrap',
]);
