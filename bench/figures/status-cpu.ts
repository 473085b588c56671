import type { Figure } from '../figure.js';
import { compareStartUp } from '../start-up/compare-start-up.js';

/** The command people look at the scorecard with. */
export const statusCpu: Figure = {
  id: 'status-cpu',
  title: 'CPU of `plumbline status` on the demo',
  measure: () =>
    compareStartUp('status', {
      name: 'node importing yaml, zod, knex, better-sqlite3',
      script: "for (const name of ['yaml', 'zod', 'knex', 'better-sqlite3']) await import(name);",
    }),
};
