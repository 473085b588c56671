// The house rules about clock, chance and parsing are shown to bite: each seeded violation must be reported, at the
// place where it counts and only there. ESLint lints a text as if it were a file of that room.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/root.mjs';
import { projectFiles } from '../support/source-files.js';

// An existing file of each room: rules with types need one that belongs to tsconfig.json.
const DOMAIN = 'src/domain/failure/failure-kind.ts';
const VALUE = 'src/domain/value/types.ts';
const MEASURE = 'src/domain/measure/types.ts';
const TARGET = 'src/domain/target/types.ts';
const SCORE = 'src/domain/score/types.ts';
const ACTIVITIES = 'src/activities/types.ts';
const PULL = 'src/activities/pull/pull-extracts.ts';
const CONNECTOR = 'connectors/sdk/types.ts';
const STORE = 'src/store/types.ts';

let eslint: ESLint;
beforeAll(() => {
  eslint = new ESLint();
});

async function rulesBroken(code: string, filePath: string): Promise<readonly string[]> {
  const results = await eslint.lintText(`export const seeded = () => ${code};\n`, { filePath });
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ruleId ?? message));
}

describe('the linter', () => {
  it.each(['Date.now()', 'new Date()', 'Date()', 'Math.random()', 'performance.now()', 'Temporal.Now.instant()'])(
    'refuses %s in the domain',
    async (code) => {
      expect(await rulesBroken(code, DOMAIN)).toContain('no-restricted-syntax');
      expect(await rulesBroken(code, VALUE)).toContain('no-restricted-syntax');
    },
  );

  it('refuses the environment in the domain', async () => {
    expect(await rulesBroken('process.env', DOMAIN)).toContain('no-restricted-globals');
  });

  it.each([
    'Number(text)',
    'new Number(text)',
    'parseFloat(text)',
    'parseInt(text, 10)',
    'Number.parseInt(text)',
    'Number.parseFloat(text)',
    'globalThis.Number(text)',
    'texts.map(Number)',
    'texts.map(parseFloat)',
    '+text',
    'text * 1',
    'text - 0',
    'new Date(text)',
    'new Date(year, month)',
    'Date.parse(text)',
  ])('refuses %s on the way of a value', async (code) => {
    for (const room of [VALUE, MEASURE, TARGET, SCORE, ACTIVITIES, PULL, CONNECTOR]) {
      expect(await rulesBroken(code, room), room).toContain('no-restricted-syntax');
    }
  });

  it.each([
    'Number.isInteger(count)',
    'Number.MAX_SAFE_INTEGER',
    '-count',
    'count + 1',
    'count - 1',
    'Date.UTC(2026, 0, 1)',
  ])('lets %s be', async (code) => {
    for (const room of [VALUE, MEASURE, CONNECTOR]) expect(await rulesBroken(code, room), room).toEqual([]);
  });

  it('is silenced nowhere without a reason', () => {
    const files = projectFiles(['src', 'connectors', 'demo', 'bench', 'test'], /\.ts$/);
    const silenced = files.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/eslint-disable.*$/gm)].map(([line]) => `${file}: ${line}`),
    );
    const allowed = /: eslint-disable-next-line [a-z@/-]+ -- \S+ \S+/;
    expect(silenced.filter((line) => !line.startsWith('test/setup/lint-rules.test.ts') && !allowed.test(line))).toEqual(
      [],
    );
  });

  it('lets the shell ask what time it is', async () => {
    expect(await rulesBroken('Date.now()', STORE)).toEqual([]);
  });

  it('lets the domain turn an instant it was given into a date', async () => {
    expect(await rulesBroken("new Date('2026-01-01T00:00:00Z')", DOMAIN)).toEqual([]);
  });

  it('refuses a promise nobody waits for', async () => {
    expect(await rulesBroken('{ Promise.resolve(1); }', STORE)).toContain('@typescript-eslint/no-floating-promises');
  });

  it('refuses a thrown thing that is no error', async () => {
    expect(await rulesBroken("{ throw 'oh'; }", STORE)).toContain('@typescript-eslint/only-throw-error');
  });

  it('refuses the console outside the command line', async () => {
    expect(await rulesBroken('console.log(1)', STORE)).toContain('no-console');
  });

  it('refuses Node in workflow code', async () => {
    const results = await eslint.lintText(
      "import { readFileSync } from 'node:fs';\nexport const seeded = readFileSync;\n",
      {
        filePath: 'src/workflows/names.ts',
      },
    );
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))).toContain('no-restricted-imports');
  });
});
