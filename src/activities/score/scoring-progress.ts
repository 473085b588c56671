import type { ResolvedConfig } from '#src/config/types.js';
import { familyKey } from '#src/domain/measure/family.js';
import type { Measure } from '#src/domain/measure/types.js';
import { dateInZone } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { ScoringProgress, StoreReader } from '#src/store/types.js';
import { isUnmovedSince } from './moment-periods.js';
import type { ScoringMoment } from './score-measure.js';

/** Not the key of any family: those are addresses. */
const ROLL_UP = 'roll-up';

/** What was judged as a whole before, and what is once a scope has been. */
export interface KnownProgress {
  /** Keys of the families of measures that were judged by this configuration, and what time each was judged by. */
  readonly families: ReadonlyMap<string, Instant | undefined>;
  /** Whether every scorecard was rolled up by this configuration for this very day. */
  readonly isRolledUp: boolean;
  /** Whether they were last rolled up by this configuration, on whatever day. */
  readonly isSameConfig: boolean;
  /** What has to be stored: only what is not stored already. */
  readonly after: readonly ScoringProgress[];
}

/** @param measures those of the scope */
export async function scoringProgress(
  reader: StoreReader,
  config: ResolvedConfig,
  measures: readonly Measure[],
  moment: ScoringMoment,
): Promise<KnownProgress> {
  const { now } = moment;
  const scope = new Set(measures.map(familyKey));
  const stored = await reader.scoringProgress([ROLL_UP, ...scope]);
  const known = new Map(stored.map((each) => [each.subject, each]));
  const { revision: configRevision } = config;
  const day = dateInZone(now, config.site.timeZone);
  const rolledUp = known.get(ROLL_UP);
  const isSameConfig = rolledUp?.configRevision === configRevision;
  const isRolledUp = isSameConfig && rolledUp.day === day;
  const families = new Map(
    [...scope].flatMap((key) => {
      const progress = known.get(key);
      return progress?.configRevision === configRevision ? [[key, progress.judgedAt] as const] : [];
    }),
  );
  const moved = new Set(
    measures
      .filter((measure) => !isUnmovedSince(families.get(familyKey(measure)), measure, moment))
      .map((measure) => familyKey(measure)),
  );
  const judged = [...wholeFamilies(config, measures)].filter((key) => moved.has(key));
  return {
    families,
    isRolledUp,
    isSameConfig,
    after: [
      ...judged.map((subject) => ({ subject, configRevision, judgedAt: now })),
      ...(isRolledUp ? [] : [{ subject: ROLL_UP, configRevision, day }]),
    ],
  };
}

/** Families all of whose measures are in the scope. */
function wholeFamilies(config: ResolvedConfig, measures: readonly Measure[]): ReadonlySet<string> {
  const scope = new Set(measures);
  const families = new Set(measures.map(familyKey));
  for (const measure of config.measures) if (!scope.has(measure)) families.delete(familyKey(measure));
  return families;
}
