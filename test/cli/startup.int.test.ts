// What a command loads. Start-up time is measured in bench/; here nothing is timed: only what was loaded counts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOnce } from '#src/worker/run-once.js';
import { plumbline } from '../support/command-line.js';
import { createDemoSite, type DemoSite } from '../support/demo-site.js';

/** Heavy packages that neither a check nor a look at the scorecard has any use for. */
const NEVER = ['@temporalio', '@grpc', '@swc', 'nodemailer', 'mysql2', 'protobufjs', 'csv-parse'];

let site: DemoSite;

beforeAll(async () => {
  site = await createDemoSite({ today: '2026-11-23', env: { PLUMBLINE_SMTP_URL: 'smtp://127.0.0.1:2525' } });
  const groups = site.config.pullGroups.slice(0, 1).map((group) => group.id);
  const { signal } = new AbortController();
  await runOnce(site.services, site.config, { groups, logicalTime: '2026-11-23T08:00:00Z', signal });
});
afterAll(() => site.dispose());

describe('plumbline check', () => {
  let loaded: readonly string[];
  beforeAll(async () => {
    loaded = await packagesLoadedBy('check');
  });

  it('loads what it reads configuration with', () => {
    expect(loaded).toEqual(expect.arrayContaining(['commander', 'yaml', 'zod']));
  });

  it.each([...NEVER, 'pino', 'knex', 'better-sqlite3'])('leaves %s alone', (name) => {
    expect(loaded).not.toContain(name);
  });
});

describe('plumbline status', () => {
  let loaded: readonly string[];
  beforeAll(async () => {
    loaded = await packagesLoadedBy('status');
  });

  it('loads what it reads the store with', () => {
    expect(loaded).toEqual(expect.arrayContaining(['knex', 'better-sqlite3']));
  });

  it.each([...NEVER, 'pino'])('does not load %s', (name) => {
    expect(loaded).not.toContain(name);
  });
});

/** Runs the built command with a loader hook and gives the packages it took files from, scopes as one. */
async function packagesLoadedBy(command: string): Promise<string[]> {
  const log = join(site.folder, `loaded-by-${command}.txt`);
  const ended = await plumbline([command, '--config', site.configFolder], {
    NODE_OPTIONS: `--import=${dataUrl(preload(log))}`,
  });
  expect(ended).toMatchObject({ code: 0 });
  const files = readFileSync(log, 'utf8').split('\n');
  expect(files.some((file) => file.endsWith(`/dist/src/cli/commands/${command}.js`))).toBe(true);
  const packages = files.flatMap((file) => /.*\/node_modules\/(@?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(packages)].sort();
}

const dataUrl = (script: string): string => `data:text/javascript,${encodeURIComponent(script)}`;

/** ES modules pass through the hook; what CommonJS required is in the module cache at exit. */
function preload(log: string): string {
  const hook = `
    import { appendFileSync } from 'node:fs';
    export async function load(url, context, nextLoad) {
      appendFileSync(${JSON.stringify(log)}, url + '\\n');
      return nextLoad(url, context);
    }`;
  return `
    import { appendFileSync } from 'node:fs';
    import { Module, register } from 'node:module';
    register(${JSON.stringify(dataUrl(hook))});
    process.on('exit', () => appendFileSync(${JSON.stringify(log)}, Object.keys(Module._cache).join('\\n')));`;
}
