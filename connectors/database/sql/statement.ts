import type { BoundQuery } from '../named-parameters.js';
import type { SqlGrammar } from '../sql-tokens.js';

/** A piece of a statement. Values are never part of its text: each stands between two texts and is bound. */
export interface Sql {
  readonly texts: readonly string[];
  readonly values: readonly string[];
}

/** A value to be bound, marked so that no text becomes one by mistake. */
export interface Bound {
  readonly bound: string;
}

export function bound(value: string): Bound {
  return { bound: value };
}

/** SQL of our own making, such as a quoted name; never a text from outside. */
export function raw(text: string): Sql {
  return { texts: [text], values: [] };
}

/** Puts pieces and bound values together: sql`${column} = ${bound(value)}`. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | Bound)[]): Sql {
  const texts = [strings[0] ?? ''];
  const values: string[] = [];
  const append = (text: string): void => {
    texts.push(`${texts.pop() ?? ''}${text}`);
  };
  for (const [index, part] of parts.entries()) {
    if ('bound' in part) {
      values.push(part.bound);
      texts.push('');
    } else {
      append(part.texts[0] ?? '');
      texts.push(...part.texts.slice(1));
      values.push(...part.values);
    }
    append(strings[index + 1] ?? '');
  }
  return { texts, values };
}

export function join(parts: readonly Sql[], separator: string): Sql {
  const texts = [''];
  for (const [index, part] of parts.entries()) {
    const [first = '', ...rest] = part.texts;
    texts.push(`${texts.pop() ?? ''}${index === 0 ? '' : separator}${first}`, ...rest);
  }
  return { texts, values: parts.flatMap((part) => part.values) };
}

/** The statement as a dialect takes it. */
export function boundQuery(statement: Sql, grammar: SqlGrammar): BoundQuery {
  const text = statement.texts.reduce(
    (whole, piece, index) => (index === 0 ? piece : `${whole}${grammar === 'postgres' ? `$${index}` : '?'}${piece}`),
    '',
  );
  return { sql: text, values: statement.values, named: {} };
}
