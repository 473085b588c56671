// What a command loads. Start-up time is measured in bench/; here nothing is timed: only what was loaded counts.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

describe('a connector of one\'s own that imports "plumbline/connector"', () => {
  it("shares the command's copies: an error it throws is known", async () => {
    const folder = join(site.folder, 'own-connector');
    cpSync(site.configFolder, folder, { recursive: true });
    mkdirSync(join(folder, 'connectors'));
    const sdk = new URL('../../dist/connectors/sdk/index.js', import.meta.url).href;
    writeFileSync(join(folder, 'connectors.yaml'), 'allow: [./connectors/own.mjs]\n');
    writeFileSync(
      join(folder, 'connectors/own.mjs'),
      `import { sdk } from ${JSON.stringify(sdk)};\nthrow new sdk.PlumblineError('auth', 'OWN_CODE', 'Loading: no key.');\n`,
    );
    const { code, stderr } = await plumbline(['check', '--config', folder], {});
    expect(stderr).toContain('OWN_CODE: Loading: no key.');
    expect(code).toBe(3);
  });
});

/**
 * Runs the built command with a loader hook and gives the packages it took files from, scopes as one. In a file of the
 * bundle each module stands under a comment with its path.
 */
async function packagesLoadedBy(command: string): Promise<string[]> {
  const log = join(site.folder, `loaded-by-${command}.txt`);
  const ended = await plumbline([command, '--config', site.configFolder], {
    NODE_OPTIONS: `--import=${dataUrl(preload(log))}`,
  });
  expect(ended).toMatchObject({ code: 0 });
  const files = readFileSync(log, 'utf8').split('\n');
  const bundled = files.filter((file) => file.includes('/dist/')).flatMap(modulesOf);
  expect(bundled).toContain(`src/cli/commands/${command}.ts`);
  const packages = [...files, ...bundled].flatMap((file) => /(?:.*\/)?node_modules\/(@?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(packages)].sort();
}

function modulesOf(bundled: string): string[] {
  const lines = readFileSync(new URL(bundled), 'utf8').split('\n');
  return lines.flatMap((line) => /^\/\/(?:#region)? (\S+\/\S+\.[cm]?[jt]s)$/.exec(line)?.[1] ?? []);
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
