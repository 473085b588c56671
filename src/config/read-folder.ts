import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { absentFile, type ProblemList, type SourceFile } from './problem-list.js';
import { readYaml } from './yaml/read-yaml.js';

/** Bytes a file may have. 2,500 measures are about 1.5 MB. */
const MAX_BYTES = 5 * 1024 * 1024;

/** The kinds of file a config folder holds. */
export type FileKind = 'site' | 'people' | 'connections' | 'units' | 'extracts' | 'scorecards';

/** What a folder holds. `undefined` or left out: the file is missing or cannot be used, and a problem says so. */
export interface FolderContent {
  readonly site?: SourceFile;
  readonly people?: SourceFile;
  readonly connections?: SourceFile;
  /** Only where there are units. */
  readonly units?: SourceFile;
  readonly extracts: readonly SourceFile[];
  readonly scorecards: readonly SourceFile[];
  /** A file could not be used: what it defines is not known, so a reference to nothing may be to something in it. */
  readonly incomplete: ReadonlySet<FileKind>;
}

/** Keys whose value belongs to a connector's schema, by the section they are in. */
const FOREIGN_KEYS: Partial<Record<FileKind, string>> = { connections: 'options', extracts: 'source' };

/**
 * Reads every YAML file of a config folder, in a fixed order. Other files are ignored.
 *
 * @throws PlumblineError `CONFIG_FOLDER_MISSING` when there is no such folder
 */
export async function readFolder(folder: string, problems: ProblemList): Promise<FolderContent> {
  await listFolder(folder).catch((cause: unknown) => {
    throw new PlumblineError('config', 'CONFIG_FOLDER_MISSING', `cannot read the config folder "${folder}"`, {
      remedy: 'point --config at a folder that holds site.yaml',
      cause,
    });
  });
  const incomplete = new Set<FileKind>();
  const readOne = async (kind: FileKind, name: string): Promise<SourceFile | undefined> => {
    const read = await readFile(folder, kind, name, problems);
    if (read === undefined) incomplete.add(kind);
    return read;
  };
  const readMany = async (kind: 'extracts' | 'scorecards'): Promise<SourceFile[]> => {
    const names = await yamlFilesIn(folder, kind);
    if (names.length === 0) {
      incomplete.add(kind);
      const remedy = `add ${kind}/<any-name>.yaml with at least one ${kind === 'extracts' ? 'extract' : 'scorecard'}`;
      const place = { file: absentFile(`${kind}/`), path: [] };
      problems.error('CONFIG_FILE_MISSING', place, `the folder ${kind}/ holds no .yaml file`, remedy);
    }
    const files: SourceFile[] = [];
    for (const name of names) {
      const file = await readOne(kind, `${kind}/${name}`);
      if (file !== undefined) files.push(file);
    }
    return files;
  };

  const site = await readOne('site', 'site.yaml');
  const people = await readOne('people', 'people.yaml');
  const connections = await readOne('connections', 'connections.yaml');
  const units = (await isThere(join(folder, 'units.yaml'))) ? await readOne('units', 'units.yaml') : undefined;
  const extracts = await readMany('extracts');
  const scorecards = await readMany('scorecards');
  return {
    ...(site && { site }),
    ...(people && { people }),
    ...(connections && { connections }),
    ...(units && { units }),
    extracts,
    scorecards,
    incomplete,
  };
}

async function readFile(
  folder: string,
  kind: FileKind,
  name: string,
  problems: ProblemList,
): Promise<SourceFile | undefined> {
  const absent = absentFile(name);
  problems.announce([absent]);
  const bytes = await readBytes(join(folder, name));
  if (bytes === 'missing') {
    const otherName = name.replace(/yaml$/, 'yml');
    const remedy =
      (await readBytes(join(folder, otherName))) === 'missing'
        ? `create ${name}; docs/reference/config.md says what it holds`
        : `rename ${otherName} to ${name}`;
    problems.error('CONFIG_FILE_MISSING', { file: absent, path: [] }, `the file ${name} is missing`, remedy);
    return undefined;
  }
  if (bytes === 'too large') {
    const message = `${name} is larger than ${MAX_BYTES / 1024 / 1024} MB`;
    problems.error('CONFIG_FILE_TOO_LARGE', { file: absent, path: [] }, message, 'split it into several files');
    return undefined;
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    const remedy = 'save the file as UTF-8';
    problems.error('CONFIG_FILE_ENCODING', { file: absent, path: [] }, `${name} is not UTF-8 text`, remedy);
    return undefined;
  }
  const foreignKey = FOREIGN_KEYS[kind];
  const { file, usable } = readYaml(name, text, foreignKey === undefined ? {} : { foreignKey }, problems);
  return usable ? file : undefined;
}

async function readBytes(path: string): Promise<Buffer | 'missing' | 'too large'> {
  const handle = await open(path).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw unreadable(path, cause);
  });
  if (handle === undefined) return 'missing';
  try {
    const { size } = await handle.stat();
    return size > MAX_BYTES ? 'too large' : await handle.readFile();
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    await handle.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await readBytes(path)) !== 'missing';
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

async function yamlFilesIn(folder: string, kind: string): Promise<readonly string[]> {
  const names = await listFolder(join(folder, kind)).catch((cause: unknown) => {
    if (isMissing(cause)) return [];
    throw unreadable(join(folder, kind), cause);
  });
  return names.filter((name) => /\.ya?ml$/i.test(name) && !name.startsWith('.')).sort();
}

function listFolder(path: string): Promise<string[]> {
  return readdir(path);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function unreadable(path: string, cause: unknown): PlumblineError {
  const message = `cannot read "${path}": ${cause instanceof Error ? cause.message : String(cause)}`;
  return new PlumblineError('config', 'CONFIG_FILE_UNREADABLE', message, {
    remedy: 'let the user that runs Plumbline read the file',
    cause,
  });
}
