import type { ResolvedConfig, Scorecard } from '#src/config/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import { grainKey, periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Grain } from '#src/domain/period/types.js';
import type { ScoreRecord, StoreReader } from '#src/store/types.js';
import type { ScoringMoment } from './score-measure.js';
import { scoreNodes } from './score-nodes.js';
import { type ScorecardTree, scorecardTree } from './scorecard-tree.js';
import { grouped, scoresByNode } from './stored-series.js';

/**
 * Rolls up again whatever stands above the changed scores, and the last two periods of each scorecard, which time
 * alone can change, and those since it was last rolled up; scorecards below others first.
 *
 * @param changed scores that are not in the store yet
 * @returns what came out differently from what is stored, to be stored after `changed`
 */
export async function rollUpAbove(
  reader: StoreReader,
  config: ResolvedConfig,
  changed: readonly ScoreRecord[],
  moment: ScoringMoment,
): Promise<readonly ScoreRecord[]> {
  const tree = scorecardTree(config);
  const starts = await startsOf(reader, config, tree, changed, moment);
  const scores = withChanged(await scoresBelow(reader, tree, starts), changed);
  const before = await scoresByNode(
    reader,
    tree.bottomUp.flatMap((scorecard) => {
      const start = periodContaining(starts.get(scorecard.address) ?? '', scorecard).start;
      return nodesOf(scorecard).map((node) => [node, start] as const);
    }),
  );
  const known = new Map([...before.values()].flat().map((score) => [nodePeriod(score), score.inputsDigest]));
  const differing: ScoreRecord[] = [];
  for (const scorecard of tree.bottomUp) {
    const nodes = scoreNodes(config, scorecard, scores, starts.get(scorecard.address) ?? '', moment);
    const own = nodes.filter(({ node }) => node === scorecard.address);
    const rolledUp = new Set(own.map(nodePeriod));
    const standing = (scores.get(scorecard.address) ?? []).filter((score) => !rolledUp.has(nodePeriod(score)));
    scores.set(scorecard.address, [...standing, ...own]);
    differing.push(...nodes.filter((node) => known.get(nodePeriod(node)) !== node.inputsDigest));
  }
  return differing;
}

/** Stored scores with those that are not stored yet in their places: what the store will give once they are. */
function withChanged(
  stored: ReadonlyMap<string, readonly ScoreRecord[]>,
  changed: readonly ScoreRecord[],
): Map<string, readonly ScoreRecord[]> {
  const scores = new Map(stored);
  for (const [node, fresh] of grouped(changed, (score) => score.node)) {
    const replaced = new Set(fresh.map(({ period }) => period.id));
    const standing = (stored.get(node) ?? []).filter(({ period }) => !replaced.has(period.id));
    scores.set(node, [...standing, ...fresh].sort(byEnd));
  }
  return scores;
}

function byEnd({ period: one }: ScoreRecord, { period: other }: ScoreRecord): number {
  if (one.end !== other.end) return one.end < other.end ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** First day that each scorecard is rolled up from: never later than that of one that counts for it. */
async function startsOf(
  reader: StoreReader,
  config: ResolvedConfig,
  tree: ScorecardTree,
  changed: readonly ScoreRecord[],
  { now }: ScoringMoment,
): Promise<ReadonlyMap<string, CalendarDate>> {
  const rolledUpTo = await reader.scoredTo(config.scorecards.map(({ address }) => address));
  const today = dateInZone(now, config.site.timeZone);
  const earliest = new Map<string, CalendarDate>();
  for (const { node, period } of changed) {
    const scorecard = tree.measureAt(node)?.scorecard;
    if (scorecard !== undefined) earliest.set(scorecard, earlier(earliest.get(scorecard), period.start));
  }
  const recent = new Map<string, CalendarDate>();
  const starts = new Map<string, CalendarDate>();
  for (const scorecard of tree.bottomUp) {
    const { address, parent } = scorecard;
    const grain = grainKey(scorecard);
    const lastTwo = recent.get(grain) ?? previousPeriod(periodContaining(today, scorecard), scorecard).start;
    recent.set(grain, lastTwo);
    const own = earlier(rolledUpTo.get(address)?.periodStart, earlier(earliest.get(address), lastTwo));
    const start = earlier(starts.get(address), own);
    starts.set(address, start);
    if (parent !== undefined) starts.set(parent.scorecard, earlier(starts.get(parent.scorecard), start));
  }
  return starts;
}

const earlier = (a: CalendarDate | undefined, b: CalendarDate): CalendarDate => (a !== undefined && a < b ? a : b);

/** Stored scores of measures and of scorecards that count for others, as far back as they may stand. */
function scoresBelow(
  reader: StoreReader,
  tree: ScorecardTree,
  starts: ReadonlyMap<string, CalendarDate>,
): ReturnType<typeof scoresByNode> {
  const reaches = new Map<string, CalendarDate>();
  return scoresByNode(
    reader,
    tree.bottomUp.flatMap((scorecard) => {
      const { address } = scorecard;
      const from = starts.get(address) ?? '';
      const measures = tree.measuresOfScorecard(address).map((measure) => {
        const { businessDays } = measure.due;
        const key = `${from} ${grainKey(scorecard)} ${grainKey(measure)} ${businessDays}`;
        const reach = reaches.get(key) ?? standingReach(measure, from, scorecard);
        reaches.set(key, reach);
        return [measure.address, reach] as const;
      });
      const below = tree
        .childrenOf(address)
        .map((child) => [child.address, threeBefore(from, scorecard, child)] as const);
      return [...measures, ...below];
    }),
  );
}

/** A parent's period may show a child's period from before it: not due steps back, a coarser child ended earlier. */
function standingReach(measure: Measure, from: CalendarDate, parent: Grain): CalendarDate {
  const days = 2 * measure.due.businessDays + 14;
  return addDays(threeBefore(from, parent, measure), -days);
}

function threeBefore(from: CalendarDate, parent: Grain, own: Grain): CalendarDate {
  let period = periodContaining(periodContaining(from, parent).start, own);
  for (let step = 0; step < 3; step++) period = previousPeriod(period, own);
  return period.start;
}

function nodesOf({ address, perspectives, objectives }: Scorecard): readonly string[] {
  return [address, ...perspectives.map((each) => each.address), ...objectives.map((each) => each.address)];
}

const nodePeriod = ({ node, period }: ScoreRecord): string => `${node} ${period.id}`;
