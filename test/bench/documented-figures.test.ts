import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/root.mjs';

const text = readFileSync(join(root, 'docs/performance.md'), 'utf8');
const files = readdirSync(join(root, 'bench/figures')).map((file) => basename(file, '.ts'));

/** Figures are named by a link to the file that measures them. */
const linked = [...text.matchAll(/\]\(\.\.\/bench\/figures\/([a-z0-9-]+)\.ts\)/g)].map((match) => match[1]);

describe('docs/performance.md', () => {
  it('links every figure to the file that measures it, and leaves none out', () => {
    expect([...new Set(linked)].sort()).toEqual([...files].sort());
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)('names %s as the command line does', (file) => {
    expect(readFileSync(join(root, 'bench/figures', `${file}.ts`), 'utf8')).toContain(`id: '${file}'`);
    expect(readFileSync(join(root, 'bench/main.ts'), 'utf8')).toContain(`./figures/${file}.js`);
  });

  it('has a row for every figure in its table', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('| ['));
    for (const file of files) expect(rows.some((row) => row.includes(`/${file}.ts)`))).toBe(true);
  });
});
