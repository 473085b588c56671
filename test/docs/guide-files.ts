import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/setup/root.mjs';

/** A fenced block that names the file it is: ```yaml title=extracts/x.yaml, perhaps with `append` or `replace`. */
interface NamedBlock {
  readonly file: string;
  readonly mode: 'whole' | 'append' | 'replace';
  readonly text: string;
}

type Files = ReadonlyMap<string, string>;

const FENCE = /^```(?<info>[^\n]*)\n(?<text>[\s\S]*?)^```$/gm;

const readGuide = (guide: string): Promise<string> => readFile(join(root, 'docs/guides', guide), 'utf8');

/** Languages of all fenced blocks of a guide without a file name. */
export async function unnamedLanguages(guide: string): Promise<readonly string[]> {
  const infos = [...(await readGuide(guide)).matchAll(FENCE)].map(({ groups }) => groups?.['info'] ?? '');
  return infos.filter((info) => !info.includes('title='));
}

async function namedBlocks(guide: string): Promise<readonly NamedBlock[]> {
  return [...(await readGuide(guide)).matchAll(FENCE)].flatMap(({ groups }): NamedBlock[] => {
    const [, ...attributes] = (groups?.['info'] ?? '').split(' ');
    const file = attributes.find((each) => each.startsWith('title='))?.slice('title='.length);
    if (file === undefined) return [];
    const mode = attributes.includes('append') ? 'append' : attributes.includes('replace') ? 'replace' : 'whole';
    return [{ file, mode, text: groups?.['text'] ?? '' }];
  });
}

/** The files that a reader has who follows these guides in this order. */
export async function filesAfter(...guides: readonly string[]): Promise<Files> {
  const files = new Map<string, string>();
  for (const guide of guides) {
    for (const { file, mode, text } of await namedBlocks(guide)) {
      const before = files.get(file);
      if ((mode === 'whole') !== (before === undefined)) {
        throw new Error(
          `${guide}: the block of ${file} is "${mode}", the file ${before === undefined ? 'is not' : 'is'} there`,
        );
      }
      files.set(file, mode === 'replace' ? withSection(before ?? '', text) : (before ?? '') + text);
    }
  }
  return files;
}

/** A YAML file with one of its top-level sections written anew. */
function withSection(file: string, section: string): string {
  const key = section.slice(0, section.indexOf(':') + 1);
  const start = `\n${file}`.indexOf(`\n${key}`);
  if (start < 0) throw new Error(`there is no "${key}" to replace in:\n${file}`);
  const rest = file.slice(start);
  const next = /\n(?=\S)/.exec(rest);
  return file.slice(0, start) + section + (next === null ? '' : rest.slice(next.index + 1));
}

/** Runs `work` on the files in a config folder of their own. */
export async function withConfigFolder<T>(files: Files, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = await mkdtemp(join(tmpdir(), 'plumbline-guide-'));
  const folder = join(parent, 'config');
  try {
    for (const [name, text] of files) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    return await work(folder);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}
