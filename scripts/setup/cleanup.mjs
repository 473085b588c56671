// Things to undo however the set-up ends: temporary folders, locks, child processes.

/** @type {Set<() => void>} */
const pending = new Set();
let listening = false;

function runAll() {
  for (const undo of pending) {
    pending.delete(undo);
    try {
      undo();
    } catch {
      // The process is ending: the other undo functions matter more than this one's failure.
    }
  }
}

/**
 * Registers `undo` for the end of the process, an interrupt included. The returned function runs it at once instead.
 *
 * @param {() => void} undo must be synchronous
 * @returns {() => void}
 */
export function onEnd(undo) {
  if (!listening) {
    listening = true;
    process.on('exit', runAll);
    for (const [signal, exitCode] of /** @type {const} */ ([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ])) {
      process.on(signal, () => {
        runAll();
        process.exit(exitCode);
      });
    }
  }
  pending.add(undo);
  return () => {
    if (pending.delete(undo)) undo();
  };
}
