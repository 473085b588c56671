import type { Knex } from 'knex';

/**
 * Runs statements on the connection or transaction that the caller stands for. What reads and writes is written once
 * against this, and `openStore` decides how it waits and what the driver's errors become.
 */
export type RunOn = <T>(statements: (db: Knex) => Promise<T>) => Promise<T>;
