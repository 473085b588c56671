import type { ResolvedConfig } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import { periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Grain } from '#src/domain/period/types.js';
import type { ScoreRecord, StoreReader, StoreWriter } from '#src/store/types.js';
import type { ScoringMoment } from './score-measure.js';
import { scoreNodes } from './score-nodes.js';
import { scoresByNode } from './stored-series.js';

/**
 * Rolls up again whatever stands above the changed scores, and the last two periods of each scorecard, which time
 * alone can change, and those since it was last rolled up. Stores what came out differently.
 *
 * @returns how many nodes and periods have another current content than before
 */
export async function rollUpAbove(
  writer: StoreWriter,
  reader: StoreReader,
  config: ResolvedConfig,
  changed: readonly ScoreRecord[],
  moment: ScoringMoment,
): Promise<number> {
  const rolledUpTo = await reader.scoredTo(config.scorecards.map((scorecard) => scorecard.address));
  let stored = 0;
  for (const scorecard of config.scorecards) {
    const measures = config.measures.filter((measure) => measure.scorecard === scorecard.address);
    const addresses = new Set(measures.map((measure) => measure.address));
    const today = dateInZone(moment.now, config.site.timeZone);
    const own = changed.filter((score) => addresses.has(score.node));
    const recent = previousPeriod(periodContaining(today, scorecard), scorecard).start;
    const last = rolledUpTo.get(scorecard.address)?.periodStart ?? recent;
    const from = [last, ...own.map((score) => score.period.start)].reduce((a, b) => (a < b ? a : b), recent);
    const scores = await scoresByNode(
      reader,
      measures.map((measure) => [measure.address, standingReach(measure, from, scorecard)]),
    );
    const nodes = scoreNodes(config, scorecard, scores, from, moment);
    const before = await scoresByNode(
      reader,
      nodes.map((node) => [node.node, periodContaining(from, scorecard).start]),
    );
    const differs = (node: ScoreRecord): boolean =>
      before.get(node.node)?.find((score) => score.period.id === node.period.id)?.inputsDigest !== node.inputsDigest;
    stored += await writer.saveScores(nodes.filter(differs));
  }
  return stored;
}

/** A parent's period may show a child's period from before it: not due steps back, a coarser child ended earlier. */
function standingReach(measure: Measure, from: CalendarDate, parent: Grain): CalendarDate {
  let period = periodContaining(periodContaining(from, parent).start, measure);
  for (let step = 0; step < 3; step++) period = previousPeriod(period, measure);
  const days = 2 * measure.due.businessDays + 14;
  return addDays(period.start, -days);
}
