import { join, raw, type Sql, sql } from '../sql/statement.js';
import type { SqlGrammar } from '../sql-tokens.js';

/** The errors of spreadsheets that a text column does not take, as the domain has them. */
export const SPREADSHEET_ERRORS: readonly string[] = [
  ...['#N/A', '#REF!', '#DIV/0!', '#VALUE!', '#NAME?', '#NUM!', '#NULL!'],
  ...['#ERROR!', '#SPILL!', '#CALC!', '#GETTING_DATA'],
];

/** Whether a text holds such an error anywhere: more than the domain rejects, and never less. */
export function spreadsheetError(name: Sql, grammar: SqlGrammar): Sql {
  const position = grammar === 'postgres' ? 'strpos' : 'instr';
  const holds = (text: string): Sql => sql`${raw(position)}(${name}, ${raw(`'${text}'`)}) > 0`;
  // Without the mark at the end: a question mark would be a placeholder to some.
  const errors = SPREADSHEET_ERRORS.map((error) => holds(error.replace(/[!?]$/, '')));
  // Nearly no text has the sign, so that one look, and the cheapest, is all it costs.
  return sql`CASE WHEN ${name} LIKE '%#%' THEN (${join(errors, ' OR ')}) ELSE 1 = 0 END`;
}
