import { compareRunners } from '../collection/compare-runners.js';
import type { Figure } from '../figure.js';

/** The same number of measures from many sources: what batching and parallel pulls make of them. */
export const collectFiftyExtracts: Figure = {
  id: 'collect-fifty-extracts',
  title: '1,000 measures from 50 extracts: through Temporal ÷ in process',
  measure: () => compareRunners({ extracts: 50, measuresPerExtract: 20 }),
};
