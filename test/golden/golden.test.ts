// Small configurations with their input, and what comes out of them, for a reader as much as for a test: one folder a
// case, with a README.md that says what to look at. UPDATE_GOLDEN=1 writes what comes out now; read the difference.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { collectedCase, type GoldenRun } from './collected-case.js';

const here = import.meta.dirname;
const update = process.env['UPDATE_GOLDEN'] === '1';
const cases = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

let folder: string | undefined;
afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

describe('a golden case', () => {
  it.each(cases)('comes out as it stands in its folder: %s', async (name) => {
    const own = join(here, name);
    folder = mkdtempSync(join(tmpdir(), 'plumbline-golden-'));
    cpSync(own, folder, { recursive: true });
    const run: GoldenRun = JSON.parse(readFileSync(join(own, 'run.json'), 'utf8'));
    const outcome = await collectedCase(folder, run);
    if (update) {
      rmSync(join(own, 'expected'), { recursive: true, force: true });
      for (const [file, text] of Object.entries(outcome)) write(join(own, 'expected', file), text);
    }
    expect(outcome).toEqual(expectedOf(join(own, 'expected')));
  });

  it.each(cases)('says to a reader what it shows: %s', (name) => {
    const text = readFileSync(join(here, name, 'README.md'), 'utf8');
    expect(text).toMatch(/^# .+\n\n\S/);
    expect(text.split('\n').length).toBeLessThan(15);
  });
});

it('golden cases are listed for a reader, each of them', () => {
  const list = readFileSync(join(here, 'README.md'), 'utf8');
  const listed = [...list.matchAll(/\]\(([^)]+)\)/g)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(cases.toSorted());
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function expectedOf(expected: string): Readonly<Record<string, string>> {
  if (!existsSync(expected)) return {};
  return Object.fromEntries(readdirSync(expected).map((file) => [file, readFileSync(join(expected, file), 'utf8')]));
}
