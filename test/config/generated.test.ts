import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { csvConnector } from '#connectors/csv/definition.js';
import { databaseConnector } from '#connectors/database/definition.js';
import { googleSheetsConnector } from '#connectors/google-sheets/definition.js';
import { createRegistry } from '#connectors/sdk/registry.js';
import { configReference, writeReference } from '#src/config/config-reference.js';
import { jsonSchemas, schemaText, writeSchemas } from '#src/config/json-schema.js';
import { valueAt } from '#src/config/spec/report-issues.js';

// The files in schemas/ and docs/reference/config.md are generated; UPDATE_GENERATED=1 writes them anew.

const registry = createRegistry([csvConnector, databaseConnector, googleSheetsConnector]);
const root = fileURLToPath(new URL('../../', import.meta.url));
const reference = `${root}docs/reference/config.md`;

if (process.env['UPDATE_GENERATED'] === '1') {
  await writeSchemas(`${root}schemas`, registry);
  await writeReference(reference, registry);
}

const schemas = jsonSchemas(registry);

it.each(Object.entries(schemas))('has %s as it is generated', async (name, schema) => {
  expect(await readFile(`${root}schemas/${name}`, 'utf8')).toBe(schemaText(schema));
});

it('has docs/reference/config.md as it is generated', async () => {
  expect(await readFile(reference, 'utf8')).toBe(configReference(registry));
});

it('describes every field', () => {
  const undescribed: string[] = [];
  const visit = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, child] of Object.entries(schema)) {
      if (key === 'properties' && typeof child === 'object') {
        for (const [name, property] of Object.entries(child as object)) {
          const isShell = path.endsWith('/if') || path.endsWith('/then');
          if (!isShell && typeof valueAt(property, ['description']) !== 'string') undescribed.push(`${path}/${name}`);
        }
      }
      visit(child, `${path}/${key}`);
    }
  };
  for (const [name, schema] of Object.entries(schemas)) visit(schema, name);
  expect(undescribed).toEqual([]);
});

it('shows editors numbers as numbers and keeps its own marks to itself', () => {
  const measure = valueAt(schemas['scorecard.schema.json'], ['properties', 'measures', 'items', 'properties']);
  expect(valueAt(measure, ['targets', 'anyOf', 0, 'items', 'properties', 'value', 'type'])).toEqual([
    'number',
    'string',
  ]);
  expect(valueAt(measure, ['decimals'])).toMatchObject({ type: 'integer', minimum: 0, default: 1 });
  expect(valueAt(measure, ['weight'])).toMatchObject({ type: ['number', 'string'], default: 1 });
  expect(JSON.stringify(schemas)).not.toMatch(/"(json|remedy|secret)":/);
});

it('offers the options of each connector', () => {
  const text = JSON.stringify(schemas['connections.schema.json']);
  expect(text).toContain('"const":"csv"');
  expect(text).toContain('"const":"database"');
  expect(text).toContain('"folder"');
});
