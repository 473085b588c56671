import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { csvConnector } from '#connectors/csv/definition.js';
import { databaseConnector } from '#connectors/database/definition.js';
import { googleSheetsConnector } from '#connectors/google-sheets/definition.js';
import type { AnyConnector } from '#connectors/sdk/types.js';

const ROOM = resolve(import.meta.dirname, '../../connectors');
const connectors: readonly AnyConnector[] = [csvConnector, databaseConnector, googleSheetsConnector];

/** Packages that a file loads as soon as it is imported, over all the files it imports itself. Types load nothing. */
function packagesLoadedBy(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, clause = '', from = ''] of readFileSync(file, 'utf8').matchAll(
    /^import ([\s\S]*?) from '([^']+)';/gm,
  )) {
    if (clause.startsWith('type ')) continue;
    const path = from.startsWith('.')
      ? resolve(dirname(file), from)
      : from.startsWith('#')
        ? resolve(ROOM, '..', from.slice(1))
        : undefined;
    if (path === undefined) packages.add(from);
    else for (const name of packagesLoadedBy(path.replace(/\.js$/, '.ts'), seen)) packages.add(name);
  }
  return packages;
}

describe.each(connectors)('connector $name', (connector) => {
  const folder = join(ROOM, connector.name);

  it('has the files every connector has', () => {
    for (const file of ['definition.ts', 'options.ts', 'source.ts', 'errors.ts', 'check.ts', 'README.md']) {
      expect(existsSync(join(folder, file)), file).toBe(true);
    }
  });

  it('loads no driver before it is opened', () => {
    const loaded = packagesLoadedBy(join(folder, 'definition.ts'));
    expect([...loaded].filter((name) => name !== 'zod' && !name.startsWith('node:'))).toEqual([]);
    expect(packagesLoadedBy(join(folder, 'source.ts')).size).toBeGreaterThan(0);
  });

  it.each(['connectionSchema', 'extractSchema'] as const)('describes every field of its %s', (which) => {
    const undescribed: string[] = [];
    const visit = (schema: unknown): void => {
      const { properties, oneOf, anyOf } = z
        .object({
          properties: z.record(z.string(), z.looseObject({ description: z.string().optional() })).default({}),
          oneOf: z.array(z.unknown()).default([]),
          anyOf: z.array(z.unknown()).default([]),
        })
        .parse(schema);
      for (const [name, field] of Object.entries(properties)) if (!field.description) undescribed.push(name);
      for (const choice of [...oneOf, ...anyOf]) visit(choice);
    };
    visit(z.toJSONSchema(connector[which], { io: 'input' }));
    expect(undescribed).toEqual([]);
  });

  it('refuses options it does not know', () => {
    expect(connector.extractSchema.safeParse({ files: '*', query: 'select 1', surprise: true }).success).toBe(false);
  });
});

it('a password is marked as secret in the JSON Schema', () => {
  expect(JSON.stringify(z.toJSONSchema(databaseConnector.connectionSchema, { io: 'input' }))).toMatch(
    /"password":\{[^}]*"secret":true/,
  );
});
