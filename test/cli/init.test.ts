import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '#src/cli/commands/check.js';
import { init } from '#src/cli/commands/init.js';
import { runCommand } from '#src/cli/commands/run.js';
import { schema } from '#src/cli/commands/schema.js';
import type { CommandContext } from '#src/cli/context.js';
import { readConfig } from '#src/config/index.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { withWorkingFolder } from './working-folder.js';

const make = (context: CommandContext) => init(context, 'acme');

describe('init', () => {
  it('writes a folder without a single problem, and says what to do next', async () => {
    await withWorkingFolder(async ({ run, path }) => {
      const { out, err } = await run(make);
      expect(out.trimEnd().split('\n')).toEqual([
        'acme/site.yaml',
        'acme/people.yaml',
        'acme/connections.yaml',
        'acme/extracts/orders.yaml',
        'acme/scorecards/company.yaml',
        'acme/sample/orders.csv',
        'acme/.gitignore',
        'acme/.schemas/',
      ]);
      expect(err.split('\n').slice(1, 4)).toEqual([
        '  plumbline check --config acme',
        '  plumbline run --once --config acme',
        '  plumbline status --config acme',
      ]);
      const { config, problems } = await readConfig(join(path, 'acme'), builtInConnectors);
      expect(problems).toEqual([]);
      expect(config?.site).toMatchObject({ id: 'acme', timeZone: 'Europe/Berlin' });
    });
  });

  it('passes check, and run --once ends with 0', async () => {
    await withWorkingFolder(async ({ run }) => {
      await run(make);
      const codes: number[] = [];
      await run(async (context) => codes.push(await check(context, { config: 'acme' })));
      await run(async (context) => codes.push(await runCommand(context, { config: 'acme' })));
      expect(codes).toEqual([0, 0]);
    });
  });

  it('names a schema that is there in the first line of every YAML file', async () => {
    await withWorkingFolder(async ({ run, path }) => {
      await run(make);
      const names = await readdir(join(path, 'acme'), { recursive: true });
      const files = names.filter((name) => name.endsWith('.yaml')).map((name) => join(path, 'acme', name));
      expect(files).toHaveLength(5);
      for (const file of files) {
        const [first = ''] = (await readFile(file, 'utf8')).split('\n');
        const named = /^# yaml-language-server: \$schema=(\S+)$/.exec(first)?.[1] ?? 'none';
        expect((await stat(join(dirname(file), named))).isFile()).toBe(true);
      }
    });
  });

  it('gives the sample the dates of the last closed months in its zone', async () => {
    await withWorkingFolder(async ({ run, path }) => {
      // In Auckland it is March already.
      await run(make, { now: '2028-02-29T23:00:00Z', env: { TZ: 'Pacific/Auckland' } });
      const lines = (await readFile(join(path, 'acme/sample/orders.csv'), 'utf8')).trimEnd().split('\n');
      expect(lines[1]).toMatch(/^2027-09-03,/);
      expect(lines.at(-1)).toMatch(/^2028-02-24,/);
      expect(await readFile(join(path, 'acme/scorecards/company.yaml'), 'utf8')).toContain(
        'from: 2027-09, value: 4000',
      );
    });
  });

  it('writes into an empty folder, and into a new git repository', async () => {
    await withWorkingFolder(async ({ run, path }) => {
      await mkdir(join(path, 'acme/.git'), { recursive: true });
      expect((await run(make)).out).toContain('acme/site.yaml');
    });
  });

  it('refuses a folder that holds something, and leaves it as it is', async () => {
    await withWorkingFolder(async ({ run, path }) => {
      await mkdir(join(path, 'acme'));
      await writeFile(join(path, 'acme/notes.txt'), 'mine');
      await expect(run(make)).rejects.toMatchObject({
        kind: 'config',
        code: 'CLI_FOLDER_NOT_EMPTY',
        message: expect.stringContaining('"notes.txt"'),
      });
      expect(await readdir(join(path, 'acme'))).toEqual(['notes.txt']);
    });
  });

  it('refuses a path that is a file', async () => {
    await withWorkingFolder(async ({ run, path }) => {
      await writeFile(join(path, 'acme'), 'mine');
      await expect(run(make)).rejects.toMatchObject({ kind: 'config', code: 'CLI_FOLDER_UNUSABLE' });
    });
  });

  it('says so when it cannot write below a file', async () => {
    await withWorkingFolder(async ({ run, path }) => {
      await writeFile(join(path, 'file'), 'mine');
      const below = (context: CommandContext) => schema(context, { write: 'file/schemas' });
      await expect(run(below)).rejects.toMatchObject({ kind: 'permission', code: 'CLI_CANNOT_WRITE' });
    });
  });

  it.each([
    ['My Scorecard', 'my-scorecard', "'My Scorecard'"],
    ['2026', 'my-organisation', '2026'],
  ])('makes an id of the folder name %s', async (folder, id, shown) => {
    await withWorkingFolder(async ({ run, path }) => {
      const { err } = await run((context) => init(context, folder));
      expect(err).toContain(`--config ${shown}\n`);
      expect((await readConfig(join(path, folder), builtInConnectors)).config?.site.id).toBe(id);
    });
  });
});

describe('schema', () => {
  it('writes the schemas and says which files they are', async () => {
    await withWorkingFolder(async ({ run, path }) => {
      const { out } = await run((context) => schema(context, { write: 'schemas' }));
      const files = await readdir(join(path, 'schemas'));
      expect(out.trimEnd().split('\n').sort()).toEqual(files.map((file) => join(path, 'schemas', file)).sort());
      expect(files).toContain('scorecard.schema.json');
    });
  });
});
