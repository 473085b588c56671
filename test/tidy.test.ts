// House rules that no linter has.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../scripts/setup/root.mjs';
import { CODE_PREFIXES, codesInReference, codesInSource } from './support/error-codes.js';
import { projectFiles } from './support/source-files.js';
import { testCalls } from './support/test-names.js';

const foldersOf = (path: string): readonly string[] =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const connectors = foldersOf('connectors').filter((name) => name !== 'sdk' && name !== 'kit');
const testFiles = projectFiles(['test'], /\.test\.ts$/);

describe('connectors', () => {
  it('are there', () => {
    expect(connectors.length).toBeGreaterThan(0);
  });

  it.each(connectors)('%s has the files that every connector has', (connector) => {
    const files = readdirSync(join(root, 'connectors', connector));
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'check.ts', 'definition.ts', 'errors.ts', 'options.ts', 'source.ts']),
    );
  });
});

describe('rooms', () => {
  it.each([...foldersOf('src').map((room) => `src/${room}`), 'connectors/sdk', 'connectors/kit'])(
    '%s has a README of at most 40 lines',
    (room) => {
      expect(existsSync(join(root, room, 'README.md'))).toBe(true);
      expect(read(`${room}/README.md`).trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    },
  );
});

describe('files', () => {
  const source = projectFiles(['src', 'connectors', 'demo', 'bench', 'scripts', 'test'], /\.(ts|mjs)$/);

  it('are named in kebab-case', () => {
    const odd = source.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(basename(file)));
    expect(odd).toEqual([]);
  });

  it('are named after an idea', () => {
    expect(source.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager|shared)(\/|\.|$)/.test(file))).toEqual(
      [],
    );
  });

  it('leave nothing for later', () => {
    const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);
    expect(source.filter((file) => marks.test(read(file)))).toEqual([]);
  });

  it('have no default export outside tool configuration', () => {
    const production = source.filter((file) => /^(src|connectors|demo|bench)\//.test(file));
    expect(production.filter((file) => /^export default\b/m.test(read(file)))).toEqual([]);
  });
});

describe('error codes', () => {
  const codes = codesInSource();

  it('begin with the part of the program they come from', () => {
    const odd = [...codes].filter(([code]) => !CODE_PREFIXES.includes(code.split('_')[0] ?? ''));
    expect(odd).toEqual([]);
  });

  it('are all explained in docs/reference/errors.md, and only they', () => {
    expect(codesInReference()).toEqual([...codes.keys()]);
  });
});

describe('tests', () => {
  const calls = testFiles.map((file) => ({ file, calls: testCalls(file, read(file)) }));

  it('are seen by this check', () => {
    expect(calls.flatMap((entry) => entry.calls).length).toBeGreaterThan(100);
  });

  it.each(['only', 'skip', 'todo', 'fails'])('are never marked %s', (modifier) => {
    const marked = calls.flatMap(({ file, calls: inFile }) =>
      inFile.filter(({ modifiers }) => modifiers.includes(modifier)).map(({ name, line }) => `${file}:${line} ${name}`),
    );
    expect(marked).toEqual([]);
  });

  it('have names that are unique in their file', () => {
    const repeated = calls.flatMap(({ file, calls: inFile }) => {
      const names = inFile.map(({ name }) => name);
      return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${file}: ${name}`);
    });
    expect(repeated).toEqual([]);
  });

  it('say what is, not what is wished for', () => {
    const wishes = calls.flatMap(({ file, calls: inFile }) =>
      inFile
        .filter(({ name }) => /(^|> )should\b|\bworks$/.test(name))
        .map(({ name, line }) => `${file}:${line} ${name}`),
    );
    expect(wishes).toEqual([]);
  });
});
