import { z } from 'zod';
import { parseRowFilter } from '#src/domain/measure/row-filter.js';
import { namesParameter, problemInAnyDialect, type QueryProblem } from './query-guard.js';
import { parseTableName } from './sql/names.js';

/** What `:since` is bound to before anything was read, unless the extract says otherwise: earlier than any time. */
export const INITIAL_SINCE = '0001-01-01 00:00:00';

const Query = z
  .string()
  .min(1)
  .superRefine((sql, context) => addProblem(context, problemInAnyDialect(sql)));

const WatermarkSchema = z
  .strictObject({
    column: z
      .string()
      .min(1)
      .optional()
      .describe('Column of the table whose greatest value shows how far it has come, such as updated_at.'),
    query: Query.superRefine((sql, context) => addProblem(context, namesParameter(sql) ? NO_PARAMETERS : undefined))
      .optional()
      .describe('One SELECT of one value that grows when the source moves: select max(updated_at) from orders.'),
    initial: z
      .string()
      .min(1)
      .default(INITIAL_SINCE)
      .describe('What :since stands for before anything was read. Default: 0001-01-01 00:00:00.'),
    returns: z
      .literal('whole_periods')
      .optional()
      .describe(
        'Declares of a query with :since that it gives all rows of each period in which one changed, never the changed rows alone; without it such a query feeds no measure.',
      ),
  })
  .superRefine(({ column, query }, context) => {
    if ((column === undefined) !== (query === undefined)) return;
    addProblem(context, {
      message: column === undefined ? 'it says neither column nor query' : 'it says both column and query',
      remedy: 'give the column whose maximum counts, or a query of one value',
    });
  });

const NO_PARAMETERS = {
  message: 'the query of a watermark names a parameter',
  remedy: 'let it ask for the newest value of all rows',
};

/** What to read: the rows of one query, or of one table. */
export const DatabaseExtractSchema = z
  .strictObject({
    query: Query.optional().describe(
      'One SELECT. :period_start and :period_end stand for the days wanted (first, and first after the last), :since for the watermark of the last good read. Either this or table.',
    ),
    table: z
      .string()
      .refine((text) => parseTableName(text) !== undefined, 'this is neither a name nor schema.name')
      .optional()
      .describe('Table or view, with its schema before a point if need be: sales.orders. Either this or query.'),
    where: z
      .string()
      .superRefine((text, context) => {
        const reading = parseRowFilter(text);
        if (!reading.ok)
          addProblem(context, { ...reading, message: `${reading.message} (character ${reading.position + 1})` });
      })
      .optional()
      .describe("Rows of the table that are read, by its own columns: status = 'paid' and amount > 0."),
    watermark: WatermarkSchema.optional().describe('How the source shows that it has moved.'),
  })
  .superRefine((extract, context) => addProblem(context, contradiction(extract)));
export type DatabaseExtract = z.input<typeof DatabaseExtractSchema>;

interface Problem {
  readonly message: string;
  readonly remedy: string;
  readonly path?: readonly string[];
}

function contradiction({ query, table, where, watermark }: DatabaseExtract): Problem | undefined {
  if (query !== undefined && table !== undefined) {
    return { message: 'it names both a query and a table', remedy: 'keep one: the query can read the table' };
  }
  if (query === undefined && table === undefined) {
    return {
      message: 'it names neither a query nor a table',
      remedy: 'add query: with one SELECT, or table: with a name',
    };
  }
  if (where !== undefined && query !== undefined) {
    return {
      message: 'where: belongs to a table, this is a query',
      remedy: 'write the condition into the query',
      path: ['where'],
    };
  }
  if (watermark?.column !== undefined && query !== undefined) {
    return {
      message: 'a column as watermark belongs to a table, this is a query',
      remedy: 'write watermark: { query: "select max(…) from …" }',
      path: ['watermark'],
    };
  }
  if (watermark?.returns !== undefined && (query === undefined || !namesParameter(query, 'since'))) {
    return {
      message: 'returns: belongs to a query that names :since, and this one reads all rows',
      remedy: 'remove returns:, or select by :since',
      path: ['watermark', 'returns'],
    };
  }
  if (query !== undefined && watermark === undefined && namesParameter(query, 'since')) {
    return {
      message: 'the query names :since, but the extract has no watermark to take it from',
      remedy: 'add watermark: { query: "select max(…) from …" }',
      path: ['query'],
    };
  }
  return undefined;
}

function addProblem(
  context: z.core.$RefinementCtx,
  problem: (Problem & Partial<Pick<QueryProblem, 'code'>>) | undefined,
): void {
  if (problem === undefined) return;
  const { message, remedy, code, path = [] } = problem;
  context.addIssue({
    code: 'custom',
    path: [...path],
    message,
    params: { remedy, ...(code === undefined ? {} : { code }) },
  });
}
