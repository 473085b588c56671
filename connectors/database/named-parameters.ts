import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { type SqlGrammar, tokenizeSql } from './sql-tokens.js';

/** A query whose `:names` became placeholders of its grammar (`?`, `$1`), and the values in their order. */
export interface BoundQuery {
  readonly sql: string;
  readonly values: readonly string[];
  /** Parameters the query names, for `explain`. */
  readonly named: Readonly<Record<string, string>>;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Puts a placeholder where a query names a parameter; names in quotes and comments are text and stay.
 *
 * @throws PlumblineError `config` SOURCE_QUERY_PARAMETER_UNKNOWN for a name that has no value
 */
export function bindParameters(sql: string, grammar: SqlGrammar, values: Readonly<Record<string, string>>): BoundQuery {
  const parts: string[] = [];
  const bound: string[] = [];
  const named: Record<string, string> = {};
  let from = 0;
  for (const token of tokenizeSql(sql, grammar)) {
    if (token.kind !== 'parameter') continue;
    const name = token.text.slice(1);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) {
      const known = Object.keys(values)
        .map((each) => `:${each}`)
        .join(', ');
      throw new PlumblineError(
        'config',
        'SOURCE_QUERY_PARAMETER_UNKNOWN',
        `The query names the parameter "${token.text}"`,
        {
          remedy: `There are ${known}.`,
        },
      );
    }
    if (name !== 'since' && !DAY.test(value)) {
      throw new PlumblineError(
        'defect',
        'BUG_PARAMETER_IS_NO_DAY',
        `The parameter "${token.text}" is "${value}", not a day`,
      );
    }
    parts.push(sql.slice(from, token.at), grammar === 'postgres' ? `$${bound.length + 1}` : '?');
    from = token.at + token.text.length;
    bound.push(value);
    named[name] = value;
  }
  return { sql: parts.join('') + sql.slice(from), values: bound, named };
}
