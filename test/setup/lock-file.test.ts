// `npm ci` refuses a lock file that lacks an optional package of any platform, even one that would not be installed.
// npm itself leaves such packages out of the lock when the registry it was written with does not offer them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unlockedDependency } from '../../scripts/setup/dependencies.mjs';
import { root } from '../../scripts/setup/root.mjs';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      resolved: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { packages } = Lock.parse(readJson('package-lock.json'));

/** Where Node would look for `name` from `place`, nearest first. */
function placesOf(name: string, place: string): readonly string[] {
  const above = place === '' ? [] : placesOf(name, place.slice(0, Math.max(0, place.lastIndexOf('node_modules/') - 1)));
  return [`${place === '' ? '' : `${place}/`}node_modules/${name}`, ...above];
}

describe('package-lock.json', () => {
  it('has every optional package of every platform', () => {
    const absent = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !placesOf(name, place).some((candidate) => candidate in packages),
      ),
    );
    expect(absent).toEqual([]);
  });

  it('agrees with package.json', () => {
    const manifest = z.record(z.string(), z.unknown()).parse(readJson('package.json'));
    expect(unlockedDependency(manifest, { packages })).toBeUndefined();
  });

  it('names no registry, so that everybody installs from their own', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([]);
  });
});
