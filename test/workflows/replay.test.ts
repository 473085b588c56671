// Recorded histories run through the present workflow bundle. A failure means that running workflows would break:
// use `patched()` or a new workflow type. `RECORD_HISTORIES=1` with the first-collection e2e test records anew.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { WORKFLOW_TYPES } from '#src/workflows/names.js';

const bundle = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));
const folder = fileURLToPath(new URL('histories/', import.meta.url));
const histories = readdirSync(folder).filter((file) => file.endsWith('.json'));

describe('recorded histories', () => {
  beforeAll(() => {
    if (!existsSync(bundle)) throw new Error('dist/workflow-bundle.js is missing: run "npm run build"');
    Runtime.install({ logger: new DefaultLogger('ERROR') });
  });

  it('are there for every workflow type', () => {
    expect(histories.sort()).toEqual(
      Object.keys(WORKFLOW_TYPES)
        .map((type) => `${type}.json`)
        .sort(),
    );
  });

  it.each(histories)('%s replays', async (file) => {
    const history: unknown = JSON.parse(readFileSync(`${folder}${file}`, 'utf8'));
    await Worker.runReplayHistory({ workflowBundle: { codePath: bundle } }, history, `recorded/${file}`);
  });

  it('do not replay when the workflow takes other steps than it recorded', async () => {
    const text = readFileSync(`${folder}collect.json`, 'utf8').replaceAll('"scoreRun"', '"scoreEverything"');
    const replayed = Worker.runReplayHistory(
      { workflowBundle: { codePath: bundle } },
      JSON.parse(text),
      'recorded/changed',
    );
    await expect(replayed).rejects.toThrow(/[Nn]ondeterminism/);
  });
});
