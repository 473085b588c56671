import type { SqlGrammar } from '../sql-tokens.js';
import { raw, type Sql } from './statement.js';

/** A table as an extract names it: `orders`, `sales.orders`. */
export interface TableName {
  readonly schema?: string;
  readonly table: string;
}

const PART = /^[^.\0]{1,128}$/;

/** `undefined` for what is not one name, or two with a point between. */
export function parseTableName(text: string): TableName | undefined {
  const [first = '', second, ...rest] = text.split('.');
  if (rest.length > 0 || !PART.test(first)) return undefined;
  if (second === undefined) return { table: first };
  return PART.test(second) ? { schema: first, table: second } : undefined;
}

/** A name as SQL, whatever characters it has. */
export function identifier(name: string, grammar: SqlGrammar): Sql {
  const quote = grammar === 'mysql' ? '`' : '"';
  return raw(`${quote}${name.replaceAll(quote, quote + quote)}${quote}`);
}

export function tableIdentifier({ schema, table }: TableName, grammar: SqlGrammar): Sql {
  const quoted = [...(schema === undefined ? [] : [schema]), table].map((part) => identifier(part, grammar).texts[0]);
  return raw(quoted.join('.'));
}
