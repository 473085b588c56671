import type { Figure } from '../figure.js';
import { compareScale } from '../scale/compare-scale.js';

/** The same from one SQLite table, aggregated by the database. */
export const scaleTable: Figure = {
  id: 'scale-table',
  title: '100 to 10,000 units × 12 measures from one table, scored and rolled up, against pandas',
  measure: () => compareScale('table'),
};
