/** What SQLite makes of a value as it is stored: a text of a number, a number of a text, or neither. */
export type Affinity = 'text' | 'number' | 'none';

/** By the declared type alone, in this order. @see https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
export function affinityOf(declared: string): Affinity {
  if (/int/i.test(declared)) return 'number';
  if (/char|clob|text/i.test(declared)) return 'text';
  return declared === '' || /blob/i.test(declared) ? 'none' : 'number';
}
