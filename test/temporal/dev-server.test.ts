// What becomes of a development server whose port another program takes first, with a small program in its place that says what
// the real one says. The real one: dev-server.int.test.ts.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDevServer } from '#src/temporal/dev-server.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-dev-server-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that finds its port taken so many times, and then serves. */
function standIn(taken: number, says = 'listen tcp 127.0.0.1:1: bind: address already in use'): string {
  const path = join(folder, 'temporal.cjs');
  writeFileSync(
    path,
    `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const port = process.argv[process.argv.indexOf('--port') + 1];
appendFileSync(${JSON.stringify(join(folder, 'starts'))}, port + '\\n');
const starts = readFileSync(${JSON.stringify(join(folder, 'starts'))}, 'utf8').trim().split('\\n').length;
if (starts <= ${taken}) {
  process.stderr.write(${JSON.stringify(`${says}\n`)});
  process.exitCode = 1;
} else {
  require('node:net').createServer().listen(Number(port), '127.0.0.1', () => console.log('Server:  localhost:' + port));
}
`,
  );
  chmodSync(path, 0o755);
  return path;
}

const start = (cli: string) => startDevServer({ folder, env: { TEMPORAL_CLI: cli }, ui: false });
const starts = () => readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n').length;

describe('startDevServer()', () => {
  it('starts anew where its port was taken meanwhile', async () => {
    const server = await start(standIn(2));
    expect(starts()).toBe(3);
    expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/);
    await server.stop();
  });

  it('gives up after a few times', async () => {
    await expect(start(standIn(99))).rejects.toMatchObject({ code: 'TEMPORAL_DEV_SERVER_FAILED' });
    expect(starts()).toBe(5);
  });

  it('does not start anew after any other failure', async () => {
    await expect(start(standIn(99, 'the database is damaged'))).rejects.toMatchObject({
      code: 'TEMPORAL_DEV_SERVER_FAILED',
    });
    expect(starts()).toBe(1);
  });

  it('does not take words of an earlier start for those of this one', async () => {
    writeFileSync(join(folder, 'temporal.log'), 'Server:  localhost:1\nbind: address already in use\n');
    await expect(start(standIn(99, 'the database is damaged'))).rejects.toMatchObject({ kind: 'transient' });
    expect(starts()).toBe(1);
  });
});
