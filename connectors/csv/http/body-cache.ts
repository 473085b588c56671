import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256Hex } from '#connectors/sdk/digest.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { castFileError } from '../errors.js';
import type { Validators } from './validators.js';

/** A body that was fetched before, still as it was then. */
export interface CachedBody {
  readonly path: string;
  readonly sha256: string;
  readonly validators: Validators;
}

/**
 * Bodies of one connection that need not be fetched again while the server says that they have not moved. Only a help:
 * whatever is lost, cut or changed in it counts as absent.
 */
export interface BodyCache {
  /** Compares the digest of the kept bytes before it answers. */
  find(url: URL, checkpoint: () => void): Promise<CachedBody | undefined>;
  /** Writes a body to its end, then puts it in the place of the one before. */
  keep(url: URL, chunks: AsyncIterable<Uint8Array>, validators: () => Validators): Promise<CachedBody>;
}

const Kept = z.strictObject({
  url: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
});

export function createBodyCache(folder: string): BodyCache {
  const keyOf = (url: URL): string => sha256Hex(url.href).slice(0, 32);
  const bodyPath = (key: string, sha256: string): string => join(folder, `${key}-${sha256}.body`);
  const notePath = (key: string): string => join(folder, `${key}.json`);

  const noted = async (url: URL): Promise<z.infer<typeof Kept> | undefined> => {
    try {
      const kept = Kept.safeParse(JSON.parse(await readFile(notePath(keyOf(url)), 'utf8')));
      return kept.success && kept.data.url === url.href ? kept.data : undefined;
    } catch {
      // Not there, or not to be read: then it is fetched anew, which is all the cache spares.
      return undefined;
    }
  };

  return {
    async find(url, checkpoint) {
      const kept = await noted(url);
      if (kept === undefined) return undefined;
      const path = bodyPath(keyOf(url), kept.sha256);
      const { sha256, etag, lastModified } = kept;
      if ((await digestOfFile(path, checkpoint)) !== sha256) return undefined;
      return {
        path,
        sha256,
        validators: {
          ...(etag === undefined ? {} : { etag }),
          ...(lastModified === undefined ? {} : { lastModified }),
        },
      };
    },
    async keep(url, chunks, validators) {
      const key = keyOf(url);
      const before = await noted(url);
      const unfinished = join(folder, `${key}.${randomUUID()}.part`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const sha256 = await writeWhole(unfinished, chunks);
        const path = bodyPath(key, sha256);
        await rename(unfinished, path);
        const note = { url: url.href, sha256, ...validators() };
        const unfinishedNote = `${unfinished}.json`;
        await writeFile(unfinishedNote, JSON.stringify(note), { mode: 0o600 });
        await rename(unfinishedNote, notePath(key));
        if (before !== undefined && before.sha256 !== sha256) await rm(bodyPath(key, before.sha256), { force: true });
        return { path, sha256, validators: validators() };
      } catch (error) {
        throw isRefused(error)
          ? unwritable(folder, error)
          : castFileError(error, 'Keeping a fetched file in the cache folder');
      } finally {
        await rm(unfinished, { force: true });
      }
    },
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code));
}

function unwritable(folder: string, cause: unknown): PlumblineError {
  return new PlumblineError(
    'permission',
    'SOURCE_CACHE_UNWRITABLE',
    `Keeping a fetched file in the cache folder "${folder}": it cannot be written`,
    { remedy: 'Let the user that runs Plumbline write there, or name another folder in PLUMBLINE_CACHE.', cause },
  );
}

async function writeWhole(path: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

async function digestOfFile(path: string, checkpoint: () => void): Promise<string | undefined> {
  const hash = createHash('sha256');
  const chunks: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of chunks) {
      checkpoint();
      hash.update(chunk);
    }
  } catch {
    // A read that was stopped is told as such; any other fault means that there is nothing to use.
    checkpoint();
    return undefined;
  }
  return hash.digest('hex');
}
