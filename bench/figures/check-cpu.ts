import type { Figure } from '../figure.js';
import { compareStartUp } from '../start-up/compare-start-up.js';

/** The command people run on every save: reads and judges the whole config folder. */
export const checkCpu: Figure = {
  id: 'check-cpu',
  title: 'CPU of `plumbline check` on the demo',
  measure: () =>
    compareStartUp('check', { name: 'node importing yaml, zod', script: "await import('yaml'); await import('zod');" }),
};
