import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { DatabaseExtract } from './options.js';
import { parseTableName, type TableName } from './sql/names.js';

/** The rows of a query. */
export interface AskedQuery {
  readonly kind: 'query';
  readonly query: string;
}

/** The rows of a table. */
export interface AskedTable {
  readonly kind: 'table';
  readonly table: TableName;
  /** As messages name it. */
  readonly name: string;
  readonly where?: string;
}

/** What an extract reads. The schema lets nothing else through than one of the two. */
export function whatIsRead({ query, table, where }: DatabaseExtract): AskedQuery | AskedTable {
  if (query !== undefined) return { kind: 'query', query };
  const name = table === undefined ? undefined : parseTableName(table);
  if (name === undefined) {
    throw new PlumblineError('config', 'CONFIG_INVALID_VALUE', `Reading the table "${table ?? ''}": that is no name`, {
      remedy: 'Write table: orders, or table: schema.orders; or give a query.',
    });
  }
  return {
    kind: 'table',
    table: name,
    name: `table "${table}"`,
    ...(where === undefined ? {} : { where }),
  };
}
