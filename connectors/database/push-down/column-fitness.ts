import type { ColumnSpec } from '#src/domain/value/types.js';
import type { CatalogColumn } from '../sql/catalog.js';
import { declaredPrecision } from '../sql/column-kind.js';
import { identifier } from '../sql/names.js';
import { raw, type Sql, sql } from '../sql/statement.js';
import type { SqlGrammar } from '../sql-tokens.js';
import { invalidDay, invalidTime } from './day-sql.js';
import { spreadsheetError } from './error-text.js';

/** A row for which `condition` holds might be rejected here, or typed otherwise. */
export interface Suspicion {
  readonly condition: Sql;
  readonly reason: string;
  /** Such a row is rejected on its way out of the database, before anybody looks at its day. */
  readonly always?: true;
}

/** Under which suspicions a column is sure to be typed here as the database has it; or that it never is, and why. */
export type Fitness =
  | { readonly fits: true; readonly suspicions: readonly Suspicion[] }
  | { readonly fits: false; readonly reason: string };

export interface ColumnContext {
  readonly grammar: SqlGrammar;
  /** Zone whose days are asked for. */
  readonly timeZone: string;
  readonly isTime: boolean;
  readonly isSummed: boolean;
  readonly isCompared: boolean;
}

/** Digits of a decimal column of MySQL up to which a sum of 10^20 rows keeps within the 65 it calculates with. */
const SUMMABLE_DIGITS = 45;
/** Longest text read as a number; one beyond it is a reject. */
const NUMBER_CHARACTERS = 1000;

/** What a column always says. Whatever else it says is about reading texts, which a database does not do. */
const PLAIN: ReadonlySet<string> = new Set(['name', 'sourceName', 'type', 'timeZone', 'required']);

export function columnFitness(spec: ColumnSpec, column: CatalogColumn, context: ColumnContext): Fitness {
  const form = Object.entries(spec).find(([option, value]) => value !== undefined && !PLAIN.has(option));
  if (form !== undefined) return unfit(spec, `is read by a ${form[0]} of its own`);
  const fitness = fitnessByType(spec, column, context);
  if (!fitness.fits) return fitness;
  const name = identifier(column.name, context.grammar);
  const suspicions = [...fitness.suspicions];
  if (column.kind === 'stored') {
    const condition = sql`(typeof(${name}) = 'blob' OR ${infinite(name)})`;
    suspicions.push({ condition, reason: `"${spec.name}" holds a blob or an infinite number`, always: true });
  }
  if (spec.required && !context.isTime) {
    suspicions.push({ condition: sql`${name} IS NULL`, reason: `"${spec.name}" is required and blank` });
  }
  return fits(...suspicions);
}

function fitnessByType(spec: ColumnSpec, column: CatalogColumn, context: ColumnContext): Fitness {
  switch (spec.type) {
    case 'decimal':
    case 'integer':
      return numberFitness(spec, column, context);
    case 'boolean':
      return booleanFitness(spec, column, context);
    case 'text':
      return textFitness(spec, column, context);
    case 'date':
      return dateFitness(spec, column, context);
    case 'datetime':
      return dateTimeFitness(spec, column, context);
    case 'ordinal':
      return unfit(spec, 'is by an order of its own');
  }
}

function numberFitness(spec: ColumnSpec, column: CatalogColumn, context: ColumnContext): Fitness {
  const name = identifier(column.name, context.grammar);
  const isUsed = context.isSummed || context.isCompared;
  const whole = spec.type === 'integer';
  switch (column.kind) {
    case 'integer':
      return fits();
    case 'decimal': {
      const precision = declaredPrecision(column.declared);
      if (context.grammar === 'mysql' && context.isSummed && (precision ?? 10) > SUMMABLE_DIGITS) {
        return unfit(spec, `is a ${column.declared}, whose sum might not hold all its digits`);
      }
      const odd: Suspicion[] = whole
        ? [{ condition: sql`${name} <> FLOOR(${name})`, reason: `"${spec.name}" holds a fraction` }]
        : [];
      if (context.grammar !== 'postgres') return fits(...odd);
      odd.push(...withoutText(spec, column, name));
      if (precision === undefined || precision > NUMBER_CHARACTERS - 10) {
        const condition = sql`LENGTH(CAST(${name} AS text)) > ${raw(String(NUMBER_CHARACTERS))}`;
        odd.push({ condition, reason: `"${spec.name}" holds a number that is too long` });
      }
      return fits(...odd);
    }
    case 'float':
      if (isUsed || whole) return unfit(spec, `is approximate (${column.declared})`);
      if (context.grammar !== 'postgres') return fits();
      return fits(...withoutText(spec, column, name));
    case 'stored': {
      const types = isUsed || whole ? raw("'integer', 'null'") : raw("'integer', 'real', 'null'");
      const condition = sql`typeof(${name}) NOT IN (${types})`;
      return fits({ condition, reason: `"${spec.name}" holds what is not stored as a whole number` });
    }
    default:
      return unfit(spec, `is a ${column.declared}, not a number`);
  }
}

function booleanFitness(spec: ColumnSpec, column: CatalogColumn, context: ColumnContext): Fitness {
  const name = identifier(column.name, context.grammar);
  const reason = `"${spec.name}" holds another number than 0 and 1`;
  switch (column.kind) {
    case 'boolean':
      return fits();
    case 'integer':
      // 01 is no word for true.
      if (/zerofill/i.test(column.declared)) return unfit(spec, `is printed with zeros in front (${column.declared})`);
      return fits({ condition: sql`${name} NOT IN (0, 1)`, reason });
    case 'stored':
      return fits({
        condition: sql`(typeof(${name}) NOT IN ('integer', 'null') OR ${name} NOT IN (0, 1))`,
        reason,
      });
    default:
      return unfit(spec, `is a ${column.declared}, not a boolean`);
  }
}

function textFitness(spec: ColumnSpec, column: CatalogColumn, context: ColumnContext): Fitness {
  const name = identifier(column.name, context.grammar);
  const reason = `"${spec.name}" holds the error of a spreadsheet`;
  switch (column.kind) {
    case 'other':
      return unfit(spec, `is a ${column.declared}`);
    case 'text':
      if (context.grammar !== 'postgres') return fits({ condition: spreadsheetError(name, context.grammar), reason });
      return fits(
        { condition: spreadsheetError(name, context.grammar), reason },
        {
          // Asked once for all rows, as a query of its own.
          condition: raw("(SELECT current_setting('server_encoding')) = 'SQL_ASCII'"),
          reason: 'the database does not know the encoding of its texts',
          always: true,
        },
      );
    case 'stored': {
      const error = { condition: spreadsheetError(name, context.grammar), reason };
      if (!context.isCompared) return fits(error);
      const condition = sql`typeof(${name}) NOT IN ('text', 'null')`;
      return fits({ condition, reason: `"${spec.name}" holds numbers beside texts` }, error);
    }
    default:
      return context.grammar === 'postgres' ? fits(...withoutText(spec, column, name)) : fits();
  }
}

/** Numbers and days of PostgreSQL that have no text anybody could use: a row that holds one is rejected. */
function withoutText(spec: ColumnSpec, column: CatalogColumn, name: Sql): readonly Suspicion[] {
  const reason = `"${spec.name}" holds a NaN, an infinity or a day outside the calendar`;
  switch (column.kind) {
    case 'decimal':
    case 'float':
      return [{ condition: notFinite(name), reason, always: true }];
    case 'date':
      return [{ condition: invalidDay(name, 'postgres'), reason, always: true }];
    case 'datetime':
    case 'instant':
      return [{ condition: invalidTime(name, 'postgres'), reason, always: true }];
    default:
      return [];
  }
}

/** NaN less NaN is NaN, and infinity less infinity is too. */
function notFinite(name: Sql): Sql {
  return sql`NOT (${name} - ${name} = 0)`;
}

function dateFitness(spec: ColumnSpec, column: CatalogColumn, { grammar, isTime }: ColumnContext): Fitness {
  if (column.kind !== 'date' && column.kind !== 'stored') return unfit(spec, `is a ${column.declared}, not a date`);
  const reason = `"${spec.name}" holds a day that does not exist, or in another form`;
  // The days that rows are grouped by are looked at one by one.
  if (isTime && column.kind === 'date') return fits();
  const condition = invalidDay(identifier(column.name, grammar), grammar);
  return fits({ condition, reason, ...(grammar === 'postgres' ? { always: true as const } : {}) });
}

function dateTimeFitness(spec: ColumnSpec, column: CatalogColumn, context: ColumnContext): Fitness {
  const { grammar, isTime, timeZone } = context;
  const name = identifier(column.name, grammar);
  const suspicion = {
    condition: invalidTime(name, grammar),
    reason: `"${spec.name}" holds a time that does not exist, or in another form`,
    ...(grammar === 'postgres' ? { always: true as const } : {}),
  };
  switch (column.kind) {
    case 'instant':
      if (isTime && !isUtc(timeZone)) return unfit(spec, `has its days in UTC, the site in ${timeZone}`);
      return fits(suspicion);
    case 'datetime':
    case 'stored':
      if (!isTime && !isUtc(spec.timeZone))
        return unfit(spec, `has times of ${spec.timeZone}, some of which do not exist`);
      if (isTime && spec.timeZone !== timeZone && !(isUtc(spec.timeZone) && isUtc(timeZone))) {
        return unfit(spec, `has times of ${spec.timeZone}, the site those of ${timeZone}`);
      }
      return isTime && column.kind === 'datetime' ? fits() : fits(suspicion);
    default:
      return unfit(spec, `is a ${column.declared}, not a date-time`);
  }
}

function isUtc(timeZone: string): boolean {
  return timeZone === 'UTC' || timeZone === 'Etc/UTC';
}

/** Of SQLite, where a column of any kind may hold one. */
function infinite(name: Sql): Sql {
  return sql`(typeof(${name}) = 'real' AND ABS(${name}) > 1.7976931348623157e308)`;
}

function fits(...suspicions: readonly Suspicion[]): Fitness {
  return { fits: true, suspicions };
}

function unfit(spec: ColumnSpec, what: string): Fitness {
  return { fits: false, reason: `column "${spec.name}" ${what}` };
}
