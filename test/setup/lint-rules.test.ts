// The house rules about clock, chance and parsing are shown to bite: each seeded violation must be reported, at the
// place where it counts and only there. ESLint lints a text as if it were a file of that room.
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

// An existing file of each room: rules with types need one that belongs to tsconfig.json.
const DOMAIN = 'src/domain/failure/failure-kind.ts';
const VALUE = 'src/domain/value/types.ts';
const ACTIVITIES = 'src/activities/types.ts';
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

  it.each(['Number(text)', 'parseFloat(text)', 'Number.parseInt(text)', 'new Date(text)', 'Date.parse(text)'])(
    'refuses %s on the way of a value',
    async (code) => {
      for (const room of [VALUE, ACTIVITIES, CONNECTOR]) {
        expect(await rulesBroken(code, room), room).toContain('no-restricted-syntax');
      }
    },
  );

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
