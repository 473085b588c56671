// What the build refuses in workflow code, shown with small workflows in a temporary folder inside the project (the
// bundler must find the SDK from there).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleWorkflows } from '../../scripts/build/workflow-bundle.mjs';
import { root } from '../../scripts/setup/root.mjs';

let folder: string;
beforeAll(() => {
  mkdirSync(join(root, '.plumbline/test'), { recursive: true });
  folder = mkdtempSync(join(root, '.plumbline/test/workflow-bundle-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function workflow(name: string, source: string): string {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
}

describe('bundleWorkflows()', () => {
  it('gives the code of sound workflows', async () => {
    const path = workflow(
      'good.mjs',
      "import { sleep } from '@temporalio/workflow';\nexport async function nap() { await sleep(1); }\n",
    );
    expect(await bundleWorkflows(path)).toContain('nap');
  });

  it.each(['node:fs', 'fs', 'node:child_process', 'node:crypto'])('fails on an import of %s', async (builtin) => {
    const path = workflow(
      'bad.mjs',
      `import * as builtin from '${builtin}';\nexport async function leak() { return builtin; }\n`,
    );
    await expect(bundleWorkflows(path)).rejects.toThrow(/disallowed modules|Unhandled scheme/);
  });

  it('fails on an import that leads nowhere', async () => {
    const path = workflow(
      'lost.mjs',
      "import { x } from './absent.mjs';\nexport async function lost() { return x; }\n",
    );
    await expect(bundleWorkflows(path)).rejects.toThrow(/absent\.mjs/);
  });
});
