// One set-up at a time: a lock folder that names its holder, taken over when the holder is gone.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onEnd } from './cleanup.mjs';
import { say } from './progress.mjs';

/** A holder on another machine (a shared home folder) cannot be asked; it is believed for this long. */
const FOREIGN_HOLDER_MS = 30 * 60_000;
/** Between making the folder and naming the holder lie microseconds; after this long nobody will name one. */
const UNNAMED_HOLDER_MS = 10_000;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} folder */
function readHolder(folder) {
  try {
    return readFileSync(join(folder, 'holder'), 'utf8');
  } catch {
    return '';
  }
}

/**
 * Whether the lock's holder can no longer release it.
 *
 * @param {string} folder
 * @param {string} holder `<pid> <host>`, or '' when none is named
 */
function isStale(folder, holder) {
  let ageMs = 0;
  try {
    ageMs = Date.now() - statSync(folder).mtimeMs;
  } catch {
    return false;
  }
  const [pid, host] = holder.split(' ');
  if (!pid || !host) return ageMs > UNNAMED_HOLDER_MS;
  return host === hostname() ? !isAlive(Number(pid)) : ageMs > FOREIGN_HOLDER_MS;
}

/**
 * Removes a stale lock. Renaming first makes sure that of two takers one wins, and lets the winner see
 * whether it grabbed the stale lock or a fresh one that came between.
 *
 * @param {string} folder
 * @param {string} staleHolder
 */
function takeOver(folder, staleHolder) {
  const aside = `${folder}.stale-${process.pid}`;
  try {
    renameSync(folder, aside);
    if (readHolder(aside) !== staleHolder) {
      renameSync(aside, folder);
      return;
    }
    rmSync(aside, { recursive: true, force: true });
  } catch {
    // Another taker was quicker; the next attempt to make the folder decides.
  }
}

/**
 * Runs `work` while holding the lock `folder`; waits for another holder, and says so once.
 *
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @param {{ pollMs?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(folder, work, { pollMs = 300 } = {}) {
  mkdirSync(dirname(folder), { recursive: true });
  for (let announced = false; ; ) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(folder);
    if (isStale(folder, holder)) {
      takeOver(folder, holder);
      continue;
    }
    if (!announced) say(`    another set-up (process ${holder.split(' ')[0] || '?'}) is at this; waiting for it`);
    announced = true;
    await sleep(pollMs);
  }
  const release = onEnd(() => rmSync(folder, { recursive: true, force: true }));
  try {
    writeFileSync(join(folder, 'holder'), `${process.pid} ${hostname()}`);
    return await work();
  } finally {
    release();
  }
}
