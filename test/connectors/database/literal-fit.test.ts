// Which literals a filter of an extract may hold against a column of a server, by what the column is declared.
import { describe, expect, it } from 'vitest';
import { columnKind } from '#connectors/database/sql/column-kind.js';
import { literalMisfit } from '#connectors/database/sql/literal-fit.js';
import type { SqlGrammar } from '#connectors/database/sql-tokens.js';
import { filter } from './pushed-and-local.js';

const misfit = (grammar: SqlGrammar, declared: string, comparison: string): string | undefined => {
  const [condition] = filter(`c ${comparison}`);
  if (condition === undefined || !('value' in condition)) throw new Error(`${comparison} is no condition`);
  return literalMisfit(condition, { name: 'c', declared, kind: columnKind(declared, grammar) }, grammar);
};

describe('the literal of a filter', () => {
  it.each([
    ['mysql', 'int(11)', '= 0'],
    ['mysql', 'decimal(10,2) unsigned', '>= -1.5'],
    ['mysql', 'tinyint(1)', '= true'],
    ['mysql', 'tinyint(1)', '= 1'],
    ['mysql', 'bit(1)', '= true'],
    ['mysql', 'year(4)', '> 2020'],
    ['mysql', "enum('a','b')", "= 'a'"],
    ['mysql', 'time', "!= '10:00:00'"],
    ['mysql', 'datetime(6)', "< '2026-01-16'"],
    ['mysql', 'datetime(6)', "< '2026-01-16T11:00'"],
    ['mysql', 'timestamp', "< '2026-01-16T11:00:00+02:00'"],
    ['postgres', 'integer', '= 6.5'],
    ['postgres', 'boolean', '!= false'],
    ['postgres', 'date', "> '2024-02-29'"],
    ['postgres', 'timestamp(3) without time zone', "> '2026-01-16 11:00:00.000001'"],
    ['postgres', 'timestamp with time zone', "> '2026-01-16 11:00:00Z'"],
    ['postgres', 'character(3)', "= 'a'"],
    ['postgres', 'uuid', "= 'whatever the server says'"],
    ['sqlite', '', "= '12'"],
    ['sqlite', 'blob', '= 12'],
    ['sqlite', 'date', "> '2026-01-01'"],
    ['sqlite', 'decimal(10,2)', '> 1.5'],
  ] as const)('fits: %s %s %s', (grammar, declared, comparison) => {
    expect(misfit(grammar, declared, comparison)).toBeUndefined();
    expect(misfit(grammar, declared, '= null')).toBeUndefined();
  });

  it.each([
    ['mysql', 'int(11)', "= 'paid'", /^a number without quotes$/],
    ['mysql', 'int(11)', "= '12'", /^a number/],
    ['mysql', 'int(11)', '= true', /^a number/],
    ['mysql', 'bigint(1)', '= true', /^a number/],
    ['mysql', 'tinyint(1)', "= 'true'", /true or false, or a number/],
    ['mysql', 'decimal(65,30)', '= 0.0000000000000000000000000000001', /30 decimals/],
    ['mysql', 'varchar(9)', '> 100', /^a text/],
    ['mysql', 'varchar(9)', '= true', /^a text/],
    ['mysql', 'date', "> 'July'", /^a day .*'2026-03-01'/],
    ['mysql', 'date', "> '2026-02-29'", /^a day/],
    ['mysql', 'date', "> '2026-02-28 00:00:00'", /^a day/],
    ['mysql', 'date', '> 20260228', /^a day/],
    ['mysql', 'datetime', "> '2026-02-29'", /without a zone/],
    ['mysql', 'datetime', "> '2026-02-28 24:00'", /without a zone/],
    ['mysql', 'datetime', "> '2026-02-28 10:00:00Z'", /without a zone/],
    ['mysql', 'datetime', "> '2026-02-28 10:00:00.1234567'", /without a zone/],
    ['mysql', 'datetime', "> ' 2026-02-28'", /without a zone/],
    ['mysql', 'timestamp', "> '2026-02-28'", /with its zone/],
    ['mysql', 'timestamp', "> '2026-02-28 10:00:00'", /with its zone/],
    ['mysql', 'timestamp', "> '2026-02-30T10:00:00Z'", /with its zone/],
    ['mysql', 'bit(1)', "= '1'", /^a number/],
    ['mysql', 'bit(8)', '= true', /^a number/],
    ['mysql', 'year(4)', "= 'abc'", /^a number/],
    ['mysql', 'time', '> 100', /^a text/],
    ['mysql', 'time', "> '9:00'", /= or !=/],
    ['mysql', 'uuid', '= 1', /^a text/],
    ['postgres', 'character varying(9)', '> 100', /^a text/],
    ['postgres', 'character(9)', '= 1', /^a text/],
    ['postgres', 'integer', '= true', /^a number/],
    ['postgres', 'boolean', '= 1', /^true or false$/],
    ['postgres', 'boolean', "= 't'", /^true or false$/],
    ['postgres', 'date', "> 'today'", /^a day/],
    ['postgres', 'timestamp without time zone', "> '2026-01-16 11:00:00+02'", /without a zone/],
    ['postgres', 'timestamp without time zone', "> 'infinity'", /without a zone/],
    ['postgres', 'timestamp with time zone', "> '2026-01-16 11:00:00'", /with its zone/],
    ['sqlite', 'TEXT', '= 5', /^a text/],
    ['sqlite', 'nvarchar(5)', '= false', /^a text/],
    ['sqlite', 'INT', "= ' 1e3'", /^a number/],
    ['sqlite', 'double', "= '.5'", /^a number/],
  ] as const)('does not fit: %s %s %s', (grammar, declared, comparison, expected) => {
    expect(misfit(grammar, declared, comparison)).toMatch(expected);
  });
});
