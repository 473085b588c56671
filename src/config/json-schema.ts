import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AnyConnector, ConnectorRegistry } from '#connectors/sdk/types.js';
import { ConnectionsSpec } from './spec/connections-spec.js';
import { ConnectorsSpec } from './spec/connectors-spec.js';
import { ExtractsSpec } from './spec/extracts-spec.js';
import { PeopleSpec } from './spec/people-spec.js';
import { ScorecardSpec } from './spec/scorecard-spec.js';
import { SiteSpec } from './spec/site-spec.js';
import { UnitsSpec } from './spec/units-spec.js';

/** A JSON Schema, as far as this room looks into one. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/**
 * JSON Schemas (draft 7, which editors know best) of the files of a config folder, by file name.
 *
 * Options of connections are those of the connector that is named; a `source` may be that of any connector, since
 * an extract's file does not say which connector its connection has.
 */
export function jsonSchemas(registry: ConnectorRegistry): Readonly<Record<string, JsonSchema>> {
  // Sorted: the files must not depend on the order in which a program lists its connectors.
  const connectors = registry.names.toSorted().flatMap((name) => registry.get(name) ?? []);
  return {
    'site.schema.json': schemaOf(SiteSpec),
    'people.schema.json': schemaOf(PeopleSpec),
    'connections.schema.json': withOptions(schemaOf(ConnectionsSpec), connectors),
    'connectors.schema.json': schemaOf(ConnectorsSpec),
    'units.schema.json': schemaOf(UnitsSpec),
    'extracts.schema.json': withSources(schemaOf(ExtractsSpec), connectors),
    'scorecard.schema.json': schemaOf(ScorecardSpec),
  };
}

/** Writes {@link jsonSchemas} into a folder, which is made when it is not there. Returns the paths written. */
export async function writeSchemas(folder: string, registry: ConnectorRegistry): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const [name, schema] of Object.entries(jsonSchemas(registry))) {
    const path = join(folder, name);
    await writeFile(path, schemaText(schema));
    paths.push(path);
  }
  return paths;
}

/** A schema as it stands in its file. */
export function schemaText(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function schemaOf(schema: z.ZodType): JsonSchema {
  return {
    ...z.toJSONSchema(schema, {
      io: 'input',
      target: 'draft-7',
      override: ({ zodSchema, jsonSchema }) => forEditors(zodSchema, jsonSchema),
    }),
  };
}

/** Numbers are read from text here, so their schemas say `string`; `json` in the meta is what an editor is to know. */
function forEditors(schema: z.core.$ZodTypes, shown: JsonSchema): void {
  const { json, secret } = shown;
  for (const key of ['json', 'secret', 'remedy']) delete shown[key];
  if (secret === true) shown['writeOnly'] = true;
  // Zod leaves out defaults of values that it transforms.
  if (schema._zod.def.type === 'default') shown['default'] = schema._zod.def.defaultValue;
  if (isSchema(json)) Object.assign(shown, json);
  const { type, default: standard } = shown;
  if (Array.isArray(type) && type.includes('number') && typeof standard === 'string') {
    shown['default'] = JSON.parse(standard);
  }
}

function withOptions(schema: JsonSchema, connectors: readonly AnyConnector[]): JsonSchema {
  const connection = entryOf(schema, 'connections');
  const names = connectors.map(({ name }) => name);
  // Names that come with Plumbline are offered; those of connectors.yaml are for `plumbline check` to judge.
  const connector = child(child(connection, 'properties'), 'connector');
  connector['anyOf'] = [{ enum: names }, { type: 'string', pattern: connector['pattern'] }];
  delete connector['pattern'];
  connection['allOf'] = connectors.map(({ name, connectionSchema }) => ({
    if: { properties: { connector: { const: name } }, required: ['connector'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { options: withoutMarks(schemaOf(connectionSchema)) } },
  }));
  return schema;
}

function withSources(schema: JsonSchema, connectors: readonly AnyConnector[]): JsonSchema {
  const source = child(child(entryOf(schema, 'extracts'), 'properties'), 'source');
  source['anyOf'] = connectors.map(({ name, extractSchema }) => ({
    title: name,
    ...withoutMarks(schemaOf(extractSchema)),
  }));
  return schema;
}

function entryOf(schema: JsonSchema, section: string): JsonSchema {
  return child(child(child(schema, 'properties'), section), 'additionalProperties');
}

/** The schema below a keyword; an empty one where there is none. */
export function child(schema: JsonSchema, keyword: string): JsonSchema {
  const found = schema[keyword];
  return isSchema(found) ? found : {};
}

/** Whether a value is a map, as schemas are. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutMarks({ $schema: _dialect, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
