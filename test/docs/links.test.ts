// What the documents point at is there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/setup/root.mjs';

const markdownIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

const documents = ['.', 'docs', 'docs/decisions', 'docs/guides', 'docs/reference'].flatMap(markdownIn);
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

it('documents are seen by this check', () => {
  expect(documents).toEqual(expect.arrayContaining(['ARCHITECTURE.md', 'docs/reference/errors.md']));
});

it.each(documents)('%s links to files that exist', (file) => {
  const links = [...read(file).matchAll(/\]\((?<target>[^)#:]+)(#[^)]*)?\)/g)].map(
    ({ groups }) => groups?.['target'] ?? '',
  );
  expect(links.filter((target) => !existsSync(join(root, dirname(file), target)))).toEqual([]);
});

it.each(documents)('%s names files of the project that exist', (file) => {
  const named = [
    ...read(file).matchAll(/`(?<path>(?:src|test|connectors|scripts|docs|demo|schemas)\/[^`\s<>*]+)`/g),
  ].map(({ groups }) => groups?.['path'] ?? '');
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
