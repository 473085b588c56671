// The demo as a newcomer runs it, as real processes: once, beside another one, after one that was interrupted, and Ctrl-C.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DEMO = fileURLToPath(new URL('../../dist/demo/main.js', import.meta.url));

/**
 * One message each: a measure that is missing, one that is late, one off track, one whose status a correction has turned, and two
 * extracts with rejected rows.
 */
const OPEN_ALERTS = 6;

describe('the demo', () => {
  let folder: string;
  let blocker: Server;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-demo-'));
    blocker = createServer();
    // The usual port is in use, by this or by somebody else.
    await new Promise<void>((resolve) => {
      blocker.once('error', () => resolve());
      blocker.listen(7233, '127.0.0.1', resolve);
    });
  });
  afterAll(async () => {
    for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
    await delay(100);
    blocker.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(...args: readonly string[]) {
    const cli = process.env['PLUMBLINE_TEST_TEMPORAL_CLI'];
    const env = { ...process.env, ...(cli === undefined ? {} : { TEMPORAL_CLI: cli }) };
    const child = spawn(process.execPath, [DEMO, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
    }
    const ended = once(child, 'close').then(([code]) => code as number | null);
    const says = async (words: string): Promise<void> => {
      while (!text.includes(words)) {
        if (child.exitCode !== null) throw new Error(`the demo ended without saying "${words}":\n${text}`);
        await delay(50);
      }
    };
    return { child, ended, says, text: () => text };
  }

  it('tells the whole story and ends by itself with --once, though the usual port is in use', async () => {
    const demo = start('--once');
    expect(await demo.ended).toBe(0);
    const text = demo.text();
    expect(text).toContain('port 7233 is in use');
    for (const words of ['on track', 'at risk', 'off track', 'late', 'missing', 'coverage'])
      expect(text).toContain(words);
    expect(text).toMatch(/offene-posten-\d{4}-\d{2}\.csv:\d+/);
    expect(text).toMatch(/company\/profit-margin in \d{4}-\d{2}: .*\(first\) → .*\(restated\)/);
    expect(text).toMatch(
      /^The sheet "People plan" comes from a local stand-in at http:\/\/127\.0\.0\.1:\d+, not from Google\.$/m,
    );
    expect(text).toMatch(/^people-plan-day-0545@\S+ +done$/m);
    expect(text).toMatch(/rejected Certificates!E\d+.*#N\/A/);
    expect(text).toContain('Everything is stopped.');
    expect(text).not.toMatch(/undefined|NaN|\[object|Warning/);
    expect(text).toMatch(/RESTATED {2}Profit margin/);
    expect(mails('demo').length).toBe(OPEN_ALERTS);
    expect(serverOf('demo')).toBeUndefined();
  });

  it('runs beside another one, and both end on Ctrl-C', async () => {
    const first = start();
    await first.says('Ctrl-C stops everything');
    const second = start();
    await second.says('Ctrl-C stops everything');
    expect(second.text()).toContain('Another demo');
    expect(mails('demo-2').length).toBe(OPEN_ALERTS);
    for (const demo of [first, second]) {
      demo.child.kill('SIGINT');
      expect(await demo.ended).toBe(0);
      expect(demo.text()).toContain('Everything is stopped.');
    }
    expect([serverOf('demo'), serverOf('demo-2')]).toEqual([undefined, undefined]);
  });

  it('ends in a plain word on Ctrl-C in the middle of a collection', async () => {
    const demo = start();
    await demo.says('First collections');
    await delay(500);
    demo.child.kill('SIGINT');
    expect(await demo.ended).toBe(130);
    expect(demo.text()).toContain('Stopping …\nEverything is stopped.');
    expect(serverOf('demo')).toBeUndefined();
  });

  it('stops what it has started when nobody reads its output any more', async () => {
    const demo = start();
    await demo.says('Temporal development server at');
    expect(serverOf('demo')).toBeDefined();
    demo.child.stdout.destroy();
    expect(await demo.ended).toBe(130);
    expect(serverOf('demo')).toBeUndefined();
    expect(existsSync(join(folder, '.plumbline', 'demo', 'sources', 'google-sheets-stand-in'))).toBe(false);
  });

  it('cleans up after one that was killed', async () => {
    const killed = start();
    await killed.says('Worker is running');
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(serverOf('demo')).toBeDefined();
    const next = start('--once');
    expect(await next.ended).toBe(0);
    expect(next.text()).toContain('An interrupted demo had left its Temporal server running; it is stopped.');
    expect(serverOf('demo')).toBeUndefined();
  });

  const mails = (demo: string): string[] => readdirSync(join(folder, '.plumbline', demo, 'mailbox'));

  /** The process id of a demo's Temporal server, when it is alive. */
  function serverOf(demo: string): number | undefined {
    const file = join(folder, '.plumbline', demo, 'temporal', 'temporal.pid');
    if (!existsSync(file)) return undefined;
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return existsSync(`/proc/${pid}`) ? pid : undefined;
  }
});
