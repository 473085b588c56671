import type { ResolvedConfig } from '#src/config/types.js';
import { derive } from '#src/domain/derivation/derive.js';
import type { NoValue } from '#src/domain/formula/types.js';
import { isDerived, type Measure } from '#src/domain/measure/types.js';
import type { Period } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { saidBySources } from '../score/said-by-sources.js';
import { scorecardTree } from '../score/scorecard-tree.js';
import { derivedGraph } from './derived-graph.js';
import { lookupOfLevel } from './lookup-of-level.js';

/**
 * Why a derived measure has no value in a period, worked out from what is stored now: of an input that is not there
 * nothing is kept, since it may still come.
 *
 * @returns `undefined` where there would be a value, and for a collected measure
 */
export async function whyNoValue(
  reader: StoreReader,
  config: ResolvedConfig,
  measure: Measure,
  period: Period,
): Promise<NoValue | undefined> {
  const now = await reader.latestLogicalTime();
  if (!isDerived(measure) || now === undefined) return undefined;
  const lookupOf = await lookupOfLevel(reader, {
    due: [{ measure, from: period.start }],
    days: period,
    config,
    tree: scorecardTree(config),
    graph: derivedGraph(config),
    moment: { now, calendars: config.site, saidOf: await saidBySources(reader, config, now) },
  });
  return derive(measure.derivation, measure, period, lookupOf(measure)).reason;
}
