import { guardRead, type ReadGuard } from '#connectors/sdk/limits.js';
import type { RawCell, WatermarkRequest } from '#connectors/sdk/types.js';
import type { Watermark } from '#connectors/sdk/watermark.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { readDate, readDateTime } from '#src/domain/value/date-grammar.js';
import { counted } from './counted.js';
import type { Dialect, FirstQuestion } from './dialects/dialect.js';
import type { DatabaseExtract } from './options.js';
import { assertQuery } from './query-guard.js';
import { ask, everyColumn } from './sql/ask.js';
import { describeTable } from './sql/catalog.js';
import { boundQuery } from './sql/statement.js';
import { maximumQuery } from './sql/table-query.js';
import type { SqlGrammar } from './sql-tokens.js';
import { whatIsRead } from './what-is-read.js';

/** What a TIMESTAMP of MySQL reads as. Its offset is not for :since, since the server takes times without one. */
const UTC_TIME = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)?)\+00:00$/;

/** A watermark that is to be asked for before the rows, so that what is written meanwhile is read the next time. */
export interface PreparedWatermark {
  readonly first: FirstQuestion;
  /** Once it was answered; `undefined` while the source holds nothing that has one. */
  value(): Watermark | undefined;
}

/** How far a source has come, by a column's maximum or a query of its own; `undefined` where the extract declares none. */
export async function readWatermark(
  dialect: Dialect,
  request: WatermarkRequest<DatabaseExtract>,
): Promise<Watermark | undefined> {
  const guard = guardRead(`the watermark of extract "${request.extract}"`, request.limits, request.signal);
  try {
    const prepared = await prepareWatermark(dialect, request.options, guard);
    if (prepared === undefined) return undefined;
    prepared.first.answered(await ask(dialect, prepared.first.query, guard));
    return prepared.value();
  } finally {
    guard.close();
  }
}

export async function prepareWatermark(
  dialect: Dialect,
  extract: DatabaseExtract,
  guard: ReadGuard,
): Promise<PreparedWatermark | undefined> {
  const { watermark } = extract;
  const asked = whatIsRead(extract);
  if (watermark?.query !== undefined) {
    assertQuery(watermark.query, dialect.grammar);
    return prepared({ sql: watermark.query, values: [], named: {} }, 'query', dialect.grammar);
  }
  if (watermark?.column === undefined || asked.kind === 'query') return undefined;
  const catalog = await describeTable(dialect, asked.table, guard);
  const query = boundQuery(maximumQuery(asked, watermark.column, catalog, dialect), dialect.grammar);
  return prepared(query, 'column_maximum', dialect.grammar);
}

function prepared(
  query: FirstQuestion['query'],
  evidence: Watermark['evidence'],
  grammar: SqlGrammar,
): PreparedWatermark {
  let value: string | undefined;
  return {
    first: {
      query,
      locate: everyColumn,
      answered(rows) {
        value = oneValue(rows, query.sql);
      },
    },
    value() {
      if (value === undefined) return undefined;
      const at = timeOf(value);
      const kept = grammar === 'mysql' ? value.replace(UTC_TIME, '$1') : value;
      return { evidence, value: kept, ...(at === undefined ? {} : { at }) };
    },
  };
}

function oneValue(rows: readonly (readonly RawCell[])[], sql: string): string | undefined {
  const [row = []] = rows;
  if (rows.length <= 1 && row.length <= 1) return row[0] ?? undefined;
  throw new PlumblineError(
    'config',
    'SOURCE_QUERY_REFUSED',
    `Asking for the watermark by "${sql}": it gives ${counted(rows.length, 'row')} of ${counted(row.length, 'column')}`,
    { remedy: 'Let the query give one value, such as select max(updated_at) from orders.' },
  );
}

/** A day, or an instant where the zone is known; of a time without a zone its day. */
function timeOf(text: string): Watermark['at'] {
  const day = readDate(text, undefined);
  if (day.ok) return day.value;
  const time = readDateTime(text, undefined, 'UTC');
  if (!time.ok) return undefined;
  return /(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/.test(text.slice(11)) ? time.value : time.value.slice(0, 10);
}
