import type { ResolvedConfig, Scorecard } from '#src/config/types.js';
import { historyStart } from '#src/domain/collection/plan-measure.js';
import { mostDaysUntilDue } from '#src/domain/freshness/deadlines.js';
import type { Measure } from '#src/domain/measure/types.js';
import { grainKey, periodContaining, previousPeriod } from '#src/domain/period/period.js';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import type { CalendarDate, Grain } from '#src/domain/period/types.js';
import type { ScoreRecord, StoreReader } from '#src/store/types.js';
import { ruleVersionsOf } from './rule-versions.js';
import type { ScoringMoment } from './score-measure.js';
import { scoreNodes } from './score-nodes.js';
import { type ScorecardTree, scorecardTree } from './scorecard-tree.js';
import type { KnownProgress } from './scoring-progress.js';
import { grouped, scoresByNode } from './stored-series.js';

/** Rolls up scorecards of one level, none of which counts for another; those below them before. */
export type RollUp = (
  scorecards: readonly Scorecard[],
  changed: readonly ScoreRecord[],
) => Promise<readonly ScoreRecord[]>;

/**
 * Rolls up again whatever stands above changed scores, which are not in the store yet, and the last two periods of each
 * scorecard, which time alone can change, and those since it was last rolled up. Where all were rolled up on this day,
 * only what stands above changes. Where a rule, a weight or who counts has changed since, the whole history is made anew,
 * as that of a measure is whose bands or targets have.
 *
 * Gives what came out differently from what is stored, to be stored after the changed scores and before the scorecards
 * above.
 */
export function rollUps(
  reader: StoreReader,
  config: ResolvedConfig,
  moment: ScoringMoment,
  { isRolledUp, isSameConfig }: Pick<KnownProgress, 'isRolledUp' | 'isSameConfig'>,
): RollUp {
  const tree = scorecardTree(config);
  const starts = new Map<string, CalendarDate>();
  return async (all, changed) => {
    const earliest = earliestByScorecard(tree, changed);
    const scorecards = isRolledUp ? all.filter(({ address }) => earliest.has(address) || starts.has(address)) : all;
    if (scorecards.length === 0) return [];
    const remade = isSameConfig
      ? new Map<string, CalendarDate>()
      : await remadeFrom(reader, config, scorecards, moment);
    await addStarts(starts, reader, config, scorecards, merged(earliest, remade), moment);
    const scores = withChanged(await scoresBelow(reader, tree, scorecards, starts), changed);
    const before = await scoresByNode(
      reader,
      scorecards.flatMap((scorecard) => {
        const { start } = periodContaining(startOf(starts, scorecard), scorecard);
        return nodesOf(scorecard).map((node) => [node, start] as const);
      }),
    );
    const known = new Map([...before.values()].flat().map((score) => [nodePeriod(score), score.inputsDigest]));
    return scorecards.flatMap((scorecard) =>
      scoreNodes(config, scorecard, scores, startOf(starts, scorecard), moment).filter(
        (node) => known.get(nodePeriod(node)) !== node.inputsDigest,
      ),
    );
  };
}

const startOf = (starts: ReadonlyMap<string, CalendarDate>, { address }: Scorecard): CalendarDate =>
  starts.get(address) ?? '';

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

/** Start of the earliest period with a changed score of a measure, by scorecard. */
function earliestByScorecard(tree: ScorecardTree, changed: readonly ScoreRecord[]): ReadonlyMap<string, CalendarDate> {
  const earliest = new Map<string, CalendarDate>();
  for (const { node, period } of changed) {
    const scorecard = tree.measureAt(node)?.scorecard;
    if (scorecard !== undefined) earliest.set(scorecard, earlier(earliest.get(scorecard), period.start));
  }
  return earliest;
}

/**
 * First day of what is stored of each scorecard, within the history, whose nodes are not all made by the rules and of the
 * children that there are now.
 */
async function remadeFrom(
  reader: StoreReader,
  config: ResolvedConfig,
  scorecards: readonly Scorecard[],
  { now }: ScoringMoment,
): Promise<ReadonlyMap<string, CalendarDate>> {
  const scored = await reader.scoredTo(scorecards.flatMap(nodesOf));
  const changed = scorecards.filter((scorecard) => {
    const versions = [...ruleVersionsOf(config, scorecard)];
    return (
      scored.has(scorecard.address) && versions.some(([node, version]) => scored.get(node)?.ruleVersion !== version)
    );
  });
  const firsts = await reader.scoredFrom(changed.map(({ address }) => address));
  const today = dateInZone(now, config.site.timeZone);
  return new Map(
    changed.map((scorecard) => {
      const history = historyStart(today, config.site.historyMonths, scorecard);
      const first = firsts.get(scorecard.address) ?? history;
      return [scorecard.address, first > history ? first : history];
    }),
  );
}

function merged(
  one: ReadonlyMap<string, CalendarDate>,
  other: ReadonlyMap<string, CalendarDate>,
): ReadonlyMap<string, CalendarDate> {
  const all = new Map(one);
  for (const [key, day] of other) all.set(key, earlier(all.get(key), day));
  return all;
}

/** First day that each scorecard is rolled up from: never later than that of one that counts for it. */
async function addStarts(
  starts: Map<string, CalendarDate>,
  reader: StoreReader,
  config: ResolvedConfig,
  scorecards: readonly Scorecard[],
  earliest: ReadonlyMap<string, CalendarDate>,
  { now }: ScoringMoment,
): Promise<void> {
  const rolledUpTo = await reader.scoredTo(scorecards.map(({ address }) => address));
  const today = dateInZone(now, config.site.timeZone);
  const recent = new Map<string, CalendarDate>();
  for (const scorecard of scorecards) {
    const { address, parent } = scorecard;
    const grain = grainKey(scorecard);
    const lastTwo = recent.get(grain) ?? previousPeriod(periodContaining(today, scorecard), scorecard).start;
    recent.set(grain, lastTwo);
    const own = earlier(rolledUpTo.get(address)?.period.start, earlier(earliest.get(address), lastTwo));
    const start = earlier(starts.get(address), own);
    starts.set(address, start);
    if (parent !== undefined) starts.set(parent.scorecard, earlier(starts.get(parent.scorecard), start));
  }
}

const earlier = (a: CalendarDate | undefined, b: CalendarDate): CalendarDate => (a !== undefined && a < b ? a : b);

/** Stored scores of measures and of scorecards that count for others, as far back as they may stand. */
function scoresBelow(
  reader: StoreReader,
  tree: ScorecardTree,
  scorecards: readonly Scorecard[],
  starts: ReadonlyMap<string, CalendarDate>,
): ReturnType<typeof scoresByNode> {
  const reaches = new Map<string, CalendarDate>();
  return scoresByNode(
    reader,
    scorecards.flatMap((scorecard) => {
      const { address } = scorecard;
      const from = startOf(starts, scorecard);
      const measures = tree.measuresOfScorecard(address).map((measure) => {
        const wait = mostDaysUntilDue(measure.due);
        const key = `${from} ${grainKey(scorecard)} ${grainKey(measure)} ${wait}`;
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
  return addDays(threeBefore(from, parent, measure), -mostDaysUntilDue(measure.due));
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
