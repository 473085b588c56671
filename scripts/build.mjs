#!/usr/bin/env node
// Makes dist/: compiled TypeScript, the workflow bundle, the bundled command line, and last the stamp that says which
// source it was made from.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { root } from './setup/root.mjs';
import { sourceDigest, stampFile } from './setup/source-digest.mjs';

const startedMs = performance.now();
// Taken before compiling: an edit made meanwhile leaves the build stale, not wrongly fresh.
const digest = sourceDigest();

rmSync(`${root}/dist`, { recursive: true, force: true });

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
if (compiled.status !== 0) {
  process.stderr.write('Build failed: the source does not compile.\n');
  process.exit(1);
}

const workflows = `${root}/dist/src/workflows/index.js`;
const command = `${root}/dist/src/cli/main.js`;
try {
  if (existsSync(workflows)) {
    const { bundleWorkflows } = await import('./build/workflow-bundle.mjs');
    writeFileSync(`${root}/dist/workflow-bundle.js`, await bundleWorkflows(workflows));
  }
  if (existsSync(command)) {
    const { bundleCommand } = await import('./build/command-bundle.mjs');
    await bundleCommand(root);
    chmodSync(command, 0o755);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

writeFileSync(stampFile, `${digest}\n`);
process.stderr.write(`Built dist/ in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.\n`);
