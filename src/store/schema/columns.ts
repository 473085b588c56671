/** One column in the words of each dialect. A generated column carries its expression in the type text. */
export interface ColumnDefinition {
  readonly name: string;
  readonly sqlite: string;
  readonly mysql: string;
}

/** Widths of key columns, in characters of up to four bytes: InnoDB allows 3,072 bytes for a whole key. */
export const KEY_WIDTH = { id: 255, extract: 128, kind: 32, period: 64, digest: 128, message: 512 } as const;

/** Text that is part of a key or an index. */
export function key(name: string, width: number): ColumnDefinition {
  return { name, sqlite: 'text not null', mysql: `varchar(${width}) not null` };
}

export function shortText(name: string): ColumnDefinition {
  return { name, sqlite: 'text not null', mysql: 'varchar(512) not null' };
}

/** Text of any length; MySQL's plain `text` would end at 64 KiB. */
export function longText(name: string): ColumnDefinition {
  return { name, sqlite: 'text not null', mysql: 'longtext not null' };
}

/** UTC with milliseconds, see `storedInstant`. Text, because MySQL's TIMESTAMP ends in 2038 and depends on the session. */
export function instant(name: string): ColumnDefinition {
  return { name, sqlite: 'text not null', mysql: 'varchar(30) not null' };
}

/** `YYYY-MM-DD`. */
export function day(name: string): ColumnDefinition {
  return { name, sqlite: 'text not null', mysql: 'date not null' };
}

export function count(name: string): ColumnDefinition {
  return { name, sqlite: 'integer not null', mysql: 'bigint not null' };
}

/** 0 or 1. */
export function flag(name: string): ColumnDefinition {
  return { name, sqlite: 'integer not null', mysql: 'tinyint not null' };
}

export function nullable(column: ColumnDefinition): ColumnDefinition {
  const open = (type: string): string => type.replace(' not null', '');
  return { name: column.name, sqlite: open(column.sqlite), mysql: open(column.mysql) };
}

/**
 * A decimal as canonical text, which is the truth, and `<name>_number` computed from it for BI tools.
 *
 * The number is a REAL on SQLite and a DECIMAL(38,12), rounded, on MySQL. There it is NULL for a value of more than
 * 26 places before the point, where a cast would silently give the largest number that fits.
 */
export function exactDecimal(name: string): readonly ColumnDefinition[] {
  const whole = `substring_index(replace(${name}, '-', ''), '.', 1)`;
  const number = `case when char_length(${whole}) <= 26 then cast(${name} as decimal(38,12)) end`;
  return [
    { name, sqlite: 'text', mysql: 'varchar(160)' },
    {
      name: `${name}_number`,
      sqlite: `real generated always as (cast(${name} as real)) virtual`,
      mysql: `decimal(38,12) generated always as (${number}) virtual`,
    },
  ];
}
