import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOwnConnectors } from '#src/worker/own-connectors.js';

const body = (summary: string): string =>
  `(sdk) => ({ name: 'x', summary: '${summary}', connectionSchema: sdk.z.strictObject({}), extractSchema: sdk.z.strictObject({}),
  capabilities: { filtersByTime: false, localizedText: false, aggregates: false }, plan: sdk.oneCallEach, open: async () => ({}) })`;
const esm = (summary: string): string => `export default ${body(summary)};\n`;
const cjs = (summary: string): string => `module.exports = ${body(summary)};\n`;
const UNLOADABLE = 'CONFIG_CONNECTOR_UNLOADABLE';

describe('loadOwnConnectors()', () => {
  let home: string;
  let folder: string;
  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-own-')));
    folder = join(home, 'config');
    mkdirSync(folder);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const write = (path: string, text: string | object): void => {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text));
  };
  const installed = (name: string, manifest: object, files: Readonly<Record<string, string>>, at = 'config'): void => {
    write(`${at}/node_modules/${name}/package.json`, { name, ...manifest });
    for (const [file, text] of Object.entries(files)) write(`${at}/node_modules/${name}/${file}`, text);
  };
  const summaryOf = async (name: string): Promise<string | undefined> => {
    const [loaded] = await loadOwnConnectors(folder, [name]);
    expect(loaded?.name).toBe(name);
    return loaded?.summary;
  };

  it('takes a module of the folder', async () => {
    write('config/connectors/own.mjs', esm('a module'));
    expect(await summaryOf('./connectors/own.mjs')).toBe('a module');
  });

  it.each<[string, object, Readonly<Record<string, string>>]>([
    ['a main file', { main: './lib/it.cjs' }, { 'lib/it.cjs': cjs('found') }],
    ['a main file without its ending', { main: 'lib/it' }, { 'lib/it.js': cjs('found') }],
    ['a main folder', { main: './lib' }, { 'lib/index.js': cjs('found') }],
    ['nothing but an index', {}, { 'index.js': cjs('found') }],
    ['exports as a text', { type: 'module', exports: './it.js' }, { 'it.js': esm('found') }],
    ['exports only for import', { type: 'module', exports: { '.': { import: './it.js' } } }, { 'it.js': esm('found') }],
    ['conditions without a path', { exports: { import: './it.mjs' } }, { 'it.mjs': esm('found') }],
    [
      'a default after what is for others',
      { exports: { '.': { types: './it.d.ts', browser: './b.js', default: './it.mjs' } } },
      { 'it.mjs': esm('found') },
    ],
    [
      'nested conditions',
      { exports: { '.': { node: { require: './no.cjs', import: './it.mjs' }, default: './no.mjs' } } },
      { 'it.mjs': esm('found') },
    ],
    ['a list of choices', { exports: { '.': [{ require: './no.cjs' }, './it.mjs'] } }, { 'it.mjs': esm('found') }],
    [
      'exports, which go before main',
      { main: './no.js', exports: { '.': { import: './it.mjs', require: './no.js' } } },
      { 'it.mjs': esm('found') },
    ],
  ])('takes a package with %s', async (_, manifest, files) => {
    installed('plumbline-tickets', manifest, files);
    expect(await summaryOf('plumbline-tickets')).toBe('found');
  });

  it('takes a package of a scope, and one installed above the folder; the nearer one where there are two', async () => {
    installed('@acme/tickets', { exports: { '.': { import: './it.mjs' } } }, { 'it.mjs': esm('scoped') });
    installed('above', { exports: './it.mjs' }, { 'it.mjs': esm('above') }, '.');
    installed('@acme/tickets', { exports: './it.mjs' }, { 'it.mjs': esm('farther') }, '.');
    expect(await summaryOf('@acme/tickets')).toBe('scoped');
    expect(await summaryOf('above')).toBe('above');
  });

  it.each(['plumbline-tickets', '@acme/tickets'])(
    'says how to install a package that is not there: %s',
    async (name) => {
      const loading = loadOwnConnectors(folder, [name]);
      await expect(loading).rejects.toMatchObject({
        kind: 'config',
        code: UNLOADABLE,
        message: `Loading the connector "${name}": no package of this name is installed in "${folder}" or a folder above it.`,
        remedy: expect.stringContaining(`"npm install ${name}" in the config folder`),
      });
    },
  );

  it.each<[string, object, RegExp]>([
    ['exports nothing for import', { exports: { '.': { require: './it.cjs' } } }, /exports nothing as "\." for import/],
    ['exports only other paths', { exports: { './other': './it.cjs' } }, /exports nothing as "\."/],
    ['blocks its entry', { exports: { '.': null } }, /exports nothing as "\."/],
    ['exports what is outside of it', { exports: './../../it.cjs' }, /no file of its own/],
    ['exports another package', { exports: 'other' }, /no file of its own/],
    ['has a main file that is not there', { main: './gone.js' }, /neither "exports" nor a "main" file/],
    ['exports a file that is not there', { exports: './gone.js' }, /gone\.js/],
  ])('refuses a package that %s', async (_, manifest, message) => {
    installed('plumbline-tickets', manifest, { 'it.cjs': cjs('no') });
    await expect(loadOwnConnectors(folder, ['plumbline-tickets'])).rejects.toMatchObject({
      code: UNLOADABLE,
      message: expect.stringMatching(message),
    });
  });

  it.each<[string, string, RegExp]>([
    ['throws', "throw new Error('no token set');\n", /: no token set$/],
    ['throws no error', "throw 'just text';\n", /: just text$/],
    ['is no JavaScript', 'export default {{\n', /own\.mjs": ./],
    ['imports what is not installed', "import 'not-there-at-all';\n", /not-there-at-all/],
    ['makes its connector of nothing', 'export default (sdk) => sdk.nothing.at.all;\n', /undefined/],
    ['has no default export', 'export const x = 1;\n', /default export must be a function/],
    ['exports a number', 'export default 42;\n', /default export must be a function/],
    ['exports half a connector', 'export default { open() {}, plan() {} };\n', /connectionSchema/],
  ])('tells what is wrong with a module that %s', async (_, text, message) => {
    write('config/own.mjs', text);
    await expect(loadOwnConnectors(folder, ['./own.mjs'])).rejects.toMatchObject({
      kind: 'config',
      code: UNLOADABLE,
      message: expect.stringMatching(message),
      remedy: expect.stringContaining('"./own.mjs"'),
    });
  });

  it('leaves the list of files out that Node adds when one of them requires what is not there', async () => {
    installed('plumbline-tickets', { main: './it.cjs' }, { 'it.cjs': "require('not-there-at-all');\n" });
    const error: unknown = await loadOwnConnectors(folder, ['plumbline-tickets']).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: UNLOADABLE, message: expect.stringContaining('not-there-at-all') });
    expect(String(error)).not.toContain('Require stack');
  });

  it('refuses a link out of the folder, and a module that is not there', async () => {
    write('outside.mjs', esm('outside'));
    symlinkSync(join(home, 'outside.mjs'), join(folder, 'link.mjs'));
    const expected = (message: RegExp) => ({ code: UNLOADABLE, message: expect.stringMatching(message) });
    await expect(loadOwnConnectors(folder, ['./link.mjs'])).rejects.toMatchObject(expected(/link out of/));
    await expect(loadOwnConnectors(folder, ['./gone.mjs'])).rejects.toMatchObject(expected(/ENOENT/));
  });
});
