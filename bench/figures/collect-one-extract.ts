import { compareRunners } from '../collection/compare-runners.js';
import type { Figure } from '../figure.js';

/** One CSV file of 24,000 rows feeds all measures: one pull, and what Temporal costs beside it. */
export const collectOneExtract: Figure = {
  id: 'collect-one-extract',
  title: '1,000 measures from one extract: through Temporal ÷ in process',
  measure: () => compareRunners({ extracts: 1, measuresPerExtract: 1000 }),
};
