import type { Figure } from '../figure.js';
import { compareScale } from '../scale/compare-scale.js';

/** One definition of twelve measures for up to 10,000 units, from one file. */
export const scaleCsv: Figure = {
  id: 'scale-csv',
  title: '100 to 10,000 units × 12 measures from one CSV, scored and rolled up, against pandas',
  measure: () => compareScale('csv'),
};
