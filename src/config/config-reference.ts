import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ConnectorRegistry } from '#connectors/sdk/types.js';
import { child, isSchema, type JsonSchema, jsonSchemas } from './json-schema.js';

const FILES: Readonly<Record<string, string>> = {
  'site.schema.json': 'site.yaml',
  'people.schema.json': 'people.yaml',
  'connections.schema.json': 'connections.yaml',
  'units.schema.json': 'units.yaml',
  'extracts.schema.json': 'extracts/*.yaml',
  'scorecard.schema.json': 'scorecards/*.yaml',
};

const INTRODUCTION = `# Configuration reference

Generated from the schemas that read the files; do not edit. \`[]\` stands for each item of a list, \`<id>\` for an id
or name of your choice. Unknown keys are errors. Targets, weights and limits are exact decimals: write plain digits.
`;

/** The text of docs/reference/config.md: a table of fields for each file. */
export function configReference(registry: ConnectorRegistry): string {
  const sections = Object.entries(jsonSchemas(registry)).map(([name, schema]) => {
    const heading = `## ${FILES[name] ?? name}\n\n${textOf(schema['description'])}\n\nSchema: \`schemas/${name}\`\n`;
    return `${heading}\n${table(fieldsOf(schema, ''))}${connectorTables(schema)}`;
  });
  return [INTRODUCTION, ...sections].join('\n');
}

/** Writes {@link configReference} to a file; its folder is made when it is not there. */
export async function writeReference(path: string, registry: ConnectorRegistry): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, configReference(registry));
}

interface Field {
  readonly path: string;
  readonly type: string;
  readonly needed: string;
  readonly description: string;
}

/** All fields below a schema, in its order. Of alternatives, one field of the same path and text is enough. */
function fieldsOf(schema: JsonSchema, path: string): readonly Field[] {
  const required = schema['required'];
  const fields = Object.entries(child(schema, 'properties')).flatMap(([key, property]) => {
    if (!isSchema(property)) return [];
    const own = path === '' ? key : `${path}.${key}`;
    const isRequired = Array.isArray(required) && required.includes(key) && property['default'] === undefined;
    return [fieldOf(own, property, isRequired), ...fieldsOf(property, own)];
  });
  const { additionalProperties, items } = schema;
  return unique([
    ...fields,
    ...(isSchema(additionalProperties) ? below(additionalProperties, `${path}.<id>`) : []),
    ...(isSchema(items) ? fieldsOf(items, `${path}[]`) : []),
    ...alternativesOf(schema).flatMap((alternative) => ('title' in alternative ? [] : fieldsOf(alternative, path))),
  ]);
}

/** Of the entries of a map, only what is inside; an entry that can also be a word gets a line of its own. */
function below(schema: JsonSchema, path: string): readonly Field[] {
  const isWord = alternativesOf(schema).some(({ type }) => type === 'string');
  return [...(isWord ? [fieldOf(path, schema, false)] : []), ...fieldsOf(schema, path)];
}

function fieldOf(path: string, schema: JsonSchema, isRequired: boolean): Field {
  const { default: standard } = schema;
  const isPlain = standard !== undefined && (typeof standard !== 'object' || Object.keys(standard ?? {}).length > 0);
  const needed = isRequired ? 'required' : isPlain ? `\`${JSON.stringify(standard)}\`` : '';
  return { path, type: typeOf(schema), needed, description: textOf(schema['description']) };
}

function typeOf(schema: JsonSchema): string {
  const { type, enum: words, const: word } = schema;
  if (Array.isArray(words)) return words.map((value) => `\`${String(value)}\``).join(' ');
  if (word !== undefined) return `\`${String(word)}\``;
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) return [...new Set(alternatives.map(typeOf))].join(' or ');
  // Decimals are read from text too. Where the text comes first, it may also be a sum of series.
  if (Array.isArray(type))
    return { number: 'decimal', string: type.includes('number') ? 'quantity' : 'text' }[String(type[0])] ?? 'text';
  if (type === 'array') return isSchema(schema['items']) ? `list of ${typeOf(schema['items'])}` : 'list';
  return { string: 'text', integer: 'whole number', boolean: 'true / false', object: 'map' }[String(type)] ?? 'any';
}

function alternativesOf({ oneOf, anyOf }: JsonSchema): readonly JsonSchema[] {
  return [oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? list.filter(isSchema) : []));
}

function connectorTables(schema: JsonSchema): string {
  const connection = child(child(child(schema, 'properties'), 'connections'), 'additionalProperties');
  const conditions = Array.isArray(connection['allOf']) ? connection['allOf'].filter(isSchema) : [];
  const extract = child(child(child(schema, 'properties'), 'extracts'), 'additionalProperties');
  const sources = alternativesOf(child(child(extract, 'properties'), 'source'));
  const options = conditions.map((condition) => ({
    title: textOf(child(child(child(condition, 'if'), 'properties'), 'connector')['const']),
    fields: fieldsOf(child(child(child(condition, 'then'), 'properties'), 'options'), 'options'),
  }));
  const tables = [
    ...options,
    ...sources.map((source) => ({ title: textOf(source['title']), fields: fieldsOf(source, 'source') })),
  ];
  return tables.map(({ title, fields }) => `\n### Connector \`${title}\`\n\n${table(fields)}`).join('');
}

function table(fields: readonly Field[]): string {
  const rows = fields.map(
    ({ path, type, needed, description }) => `| \`${path}\` | ${cell(type)} | ${cell(needed)} | ${cell(description)} |`,
  );
  return ['| field | type | default | meaning |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

function unique(fields: readonly Field[]): readonly Field[] {
  const byText = new Map<string, Field>();
  for (const field of fields) {
    const key = JSON.stringify([field.path, field.description]);
    const first = byText.get(key);
    // The same field in two alternatives: either type will do.
    const isSame = first === undefined || isWithin(field.type, first.type);
    byText.set(
      key,
      first === undefined || isSame ? (first ?? field) : { ...first, type: `${first.type} or ${field.type}` },
    );
  }
  return [...byText.values()];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Whether each of a field's types is among those of another. */
function isWithin(types: string, all: string): boolean {
  return types.split(' or ').every((type) => all.split(' or ').includes(type));
}
