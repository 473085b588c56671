// The dependency rules are shown to bite: a small project is written into a temporary folder with one forbidden import,
// and the same rules that guard this one must name it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { followArrows } from '../../scripts/arrows/cruise.mjs';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function rulesBroken(files: Record<string, string>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-arrows-'));
  folders.push(folder);
  const manifest = { name: 'seeded', type: 'module', dependencies: { knex: '*' }, devDependencies: { vitest: '*' } };
  const packages = Object.fromEntries(
    ['knex', 'vitest', '@temporalio/workflow'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'module.exports = {};'],
    ]),
  );
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...packages, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { broken } = await followArrows(folder);
  return [...new Set(broken.map(({ rule }) => rule))].sort();
}

const leaf = 'export const leaf = 1;\nexport type Leaf = number;\n';
const use = (path: string): string => `import { leaf } from '${path}';\nexport const used = leaf;\n`;
const useType = (path: string): string => `import type { Leaf } from '${path}';\nexport const used: Leaf = 1;\n`;

describe('the arrows between rooms', () => {
  it.each([
    ['domain-is-pure', 'src/domain/score/a.ts', '#src/store/b.js', 'src/store/b.ts'],
    ['sdk-knows-only-the-domain', 'connectors/sdk/a.ts', '#src/store/b.js', 'src/store/b.ts'],
    ['connectors-stand-alone', 'connectors/csv/a.ts', '#src/store/b.js', 'src/store/b.ts'],
    ['connectors-do-not-share', 'connectors/csv/a.ts', '../database/b.js', 'connectors/database/b.ts'],
    ['config-knows-no-connector', 'src/config/a.ts', '#connectors/csv/b.js', 'connectors/csv/b.ts'],
    ['workflows-without-io', 'src/workflows/a.ts', '#src/activities/b.js', 'src/activities/b.ts'],
    ['activities-receive-their-services', 'src/activities/a.ts', '#src/store/open-store.js', 'src/store/open-store.ts'],
    ['activities-take-types-as-types', 'src/activities/a.ts', '#src/store/types.js', 'src/store/types.ts'],
    ['store-and-notify-stay-apart', 'src/store/a.ts', '#src/notify/b.js', 'src/notify/b.ts'],
    ['store-and-notify-know-no-runner', 'src/notify/a.ts', '#src/workflows/b.js', 'src/workflows/b.ts'],
    ['store-and-notify-know-no-connector', 'src/notify/a.ts', '#connectors/csv/b.js', 'connectors/csv/b.ts'],
    ['store-asks-nobody', 'src/store/a.ts', '#connectors/sdk/http/b.js', 'connectors/sdk/http/b.ts'],
    ['links-receive-their-services', 'src/links/a.ts', '#src/activities/b.js', 'src/activities/b.ts'],
    ['schedules-plan-only', 'src/schedules/a.ts', '#src/activities/b.js', 'src/activities/b.ts'],
    ['schedules-take-config-types', 'src/schedules/a.ts', '#src/config/b.js', 'src/config/b.ts'],
    ['api-reads-only', 'src/api/a.ts', '#src/store/actual-rows.js', 'src/store/actual-rows.ts'],
    ['clients-and-loggers-are-handed-in', 'src/store/a.ts', '#src/observability/b.js', 'src/observability/b.ts'],
    ['temporal-and-observability-serve-anybody', 'src/temporal/a.ts', '#src/store/b.js', 'src/store/b.ts'],
    ['web-renders-contracts', 'web/a.ts', '../src/store/b.js', 'src/store/b.ts'],
    ['nobody-imports-a-composition-root', 'src/schedules/a.ts', '#src/cli/b.js', 'src/cli/b.ts'],
    ['product-knows-no-demo', 'src/cli/a.ts', '../../demo/b.js', 'demo/b.ts'],
    ['production-imports-no-test', 'src/cli/a.ts', '../../test/b.js', 'test/b.ts'],
  ])('%s catches %s importing %s', async (rule, from, specifier, to) => {
    expect(await rulesBroken({ [from]: use(specifier), [to]: leaf })).toContain(rule);
  });

  it.each([
    [
      'domain-is-pure',
      'src/domain/score/a.ts',
      "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
    ],
    ['domain-is-pure', 'src/domain/score/a.ts', "import knex from 'knex';\nexport const x = knex;\n"],
    ['workflows-without-node', 'src/workflows/a.ts', "import { join } from 'node:path';\nexport const x = join;\n"],
    ['workflows-stay-light', 'src/workflows/a.ts', "import knex from 'knex';\nexport const x = knex;\n"],
    ['sql-drivers-have-two-owners', 'src/notify/a.ts', "import knex from 'knex';\nexport const x = knex;\n"],
    [
      'connectors-stand-alone',
      'connectors/csv/a.ts',
      "import * as w from '@temporalio/workflow';\nexport const x = w;\n",
    ],
    ['no-dev-dependency-in-production', 'src/cli/a.ts', "import * as v from 'vitest';\nexport const x = v;\n"],
    ['no-unresolvable', 'src/cli/a.ts', "import { b } from '#src/store/absent.js';\nexport const x = b;\n"],
    ['no-orphans', 'src/store/a.ts', 'export const alone = 1;\n'],
  ])('%s catches a file %s with a forbidden import, or none', async (rule, from, text) => {
    expect(await rulesBroken({ [from]: text })).toContain(rule);
  });

  it('catches modules that import each other in a circle', async () => {
    const files = {
      'src/store/a.ts': "import { b } from './b.js';\nexport const a = () => b;\n",
      'src/store/b.ts': "import { a } from './a.js';\nexport const b = () => a;\n",
    };
    expect(await rulesBroken(files)).toContain('no-cycles');
  });

  it('lets types pass where code may not', async () => {
    const files = {
      'src/workflows/a.ts': useType('#src/activities/types.js'),
      'src/activities/types.ts': leaf,
      'src/activities/b.ts': useType('#src/store/types.js'),
      'src/store/types.ts': leaf,
    };
    expect(await rulesBroken(files)).toEqual([]);
  });

  it('follows the aliases to the source', async () => {
    expect(await rulesBroken({ 'src/store/a.ts': use('#src/domain/b.js'), 'src/domain/b.ts': leaf })).toEqual([]);
  });
});
