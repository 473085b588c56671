import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readConfig } from '#src/config/read-config.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { read, registry, SOUND } from './support/config-folder.js';

async function codesWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  return (await read({ ...SOUND, ...files })).problems.map(
    ({ file, line, column, code }) => `${file}:${line}:${column} ${code}`,
  );
}

it('says which files an empty folder misses', async () => {
  expect((await read({})).problems.map(({ file, code, remedy }) => [file, code, remedy.slice(0, 6)])).toEqual([
    ['site.yaml', 'CONFIG_FILE_MISSING', 'create'],
    ['people.yaml', 'CONFIG_FILE_MISSING', 'create'],
    ['connections.yaml', 'CONFIG_FILE_MISSING', 'create'],
    ['extracts/', 'CONFIG_FILE_MISSING', 'add ex'],
    ['scorecards/', 'CONFIG_FILE_MISSING', 'add sc'],
  ]);
});

it('throws for a folder that is not there', async () => {
  const reading = readConfig('/nowhere/config', registry);
  await expect(reading).rejects.toBeInstanceOf(PlumblineError);
  await expect(reading).rejects.toMatchObject({
    code: 'CONFIG_FOLDER_MISSING',
    message: expect.stringContaining('"/nowhere/config"'),
  });
});

it('throws for a file that is there and cannot be read', async () => {
  await expect(read({ ...SOUND, 'extracts/folder.yaml/x': '' })).rejects.toMatchObject({
    code: 'CONFIG_FILE_UNREADABLE',
    message: expect.stringContaining('folder.yaml'),
  });
});

it('ignores what is no YAML file', async () => {
  expect(
    await codesWith({ 'README.md': '# x', 'extracts/query.sql': 'select', 'scorecards/.hidden.yaml': '{' }),
  ).toEqual([]);
});

it('reads files with byte order mark and CRLF, and places problems in them', async () => {
  const text = `\uFEFF${(SOUND['site.yaml'] ?? '').replaceAll('\n', '\r\n')}`;
  expect(await codesWith({ 'site.yaml': text })).toEqual([]);
  expect(await codesWith({ 'site.yaml': text.replace('operator: omar', 'operator: oma') })).toEqual([
    'site.yaml:6:11 CONFIG_UNKNOWN_OPERATOR',
  ]);
});

it('refuses a file that is not UTF-8', async () => {
  expect(await codesWith({ 'site.yaml': new Uint8Array([0x69, 0x64, 0x3a, 0xe4]) })).toEqual([
    'site.yaml:1:1 CONFIG_FILE_ENCODING',
  ]);
});

it('refuses a file of more than 5 MB', async () => {
  expect(await codesWith({ 'site.yaml': '#'.repeat(5 * 1024 * 1024 + 1) })).toEqual([
    'site.yaml:1:1 CONFIG_FILE_TOO_LARGE',
  ]);
});

it('refuses an empty file', async () => {
  expect(await codesWith({ 'site.yaml': '' })).toEqual(['site.yaml:1:1 CONFIG_WRONG_TYPE']);
  expect(await codesWith({ 'site.yaml': '# nothing\n' })).toEqual(['site.yaml:1:1 CONFIG_WRONG_TYPE']);
});

it('refuses a second document', async () => {
  expect(await codesWith({ 'extracts/z.yaml': 'extracts: {}\n---\nextracts: {}\n' })).toEqual([
    'extracts/z.yaml:2:1 CONFIG_YAML_SYNTAX',
  ]);
});

it('refuses keys that are lists, or reach for the prototype', async () => {
  expect(await codesWith({ 'extracts/z.yaml': 'extracts: { [a]: 1, __proto__: {} }' })).toEqual([
    'extracts/z.yaml:1:13 CONFIG_YAML_KEY',
    'extracts/z.yaml:1:21 CONFIG_YAML_KEY',
  ]);
});

it('refuses an alias bomb at once', async () => {
  const levels = Array.from(
    { length: 30 },
    (_, level) => `  l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(10)}]`,
  );
  const bomb = `extracts:\n  l0: &l0 [x]\n${levels.join('\n')}\n`;
  expect((await codesWith({ 'extracts/z.yaml': bomb })).map((line) => line.split(' ')[1])).toEqual([
    'CONFIG_YAML_ALIASES',
  ]);
});

it('refuses an alias inside its own anchor, and one of an anchor that is not there', async () => {
  expect(await codesWith({ 'extracts/z.yaml': 'extracts: &a { x: *a }' })).toEqual([
    'extracts/z.yaml:1:19 CONFIG_YAML_ALIASES',
  ]);
  expect((await codesWith({ 'extracts/z.yaml': 'extracts: { x: *b }' }))[0]).toBe(
    'extracts/z.yaml:1:16 CONFIG_YAML_ALIASES',
  );
});

it.each(['[', '{a: ', '- ', '? ', '&a [', '!x ['])('refuses %s a hundred thousand times over', async (opening) => {
  const [first] = await codesWith({ 'extracts/z.yaml': opening.repeat(100_000) });
  expect(first).toContain('CONFIG_YAML_SYNTAX');
});

it('gives problems and never an exception, whatever a file holds', async () => {
  const pieces = fc.constantFrom(
    'extracts',
    'a',
    ':',
    ' ',
    '\n',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&a',
    '*a',
    '"',
    "'",
    '|',
    '>',
    '#',
    '!!int',
    '? ',
    '---',
    '1',
    '${env:',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((parts) => parts.join('')),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(...Object.keys(SOUND)), async (content, name) => {
      const { config, problems } = await read({ ...SOUND, [name]: content });
      expect(config === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
    }),
    { numRuns: 150 },
  );
});
