import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processCpu } from '../../bench/measuring/process-cpu.js';

describe('processCpu()', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-cpu-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const cpuOf = (script: string): Promise<number> => processCpu(folder)({ args: ['-e', script], cwd: folder });

  it('gives the CPU of a process that ends by itself, and of one that is ended', async () => {
    expect(await cpuOf('0')).toBeGreaterThan(0);
    expect(await cpuOf('setInterval(() => {}, 1000); process.exit(0)')).toBeGreaterThan(0);
  });

  it('throws with the words of a process that failed', async () => {
    await expect(cpuOf("process.stderr.write('no such thing'); process.exit(3)")).rejects.toThrow(
      /ended with 3:\nno such thing/,
    );
  });
});
