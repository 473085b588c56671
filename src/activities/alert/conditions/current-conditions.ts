import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { measureConditions } from '#src/domain/alert/conditions.js';
import { statusConditions } from '#src/domain/alert/status-conditions.js';
import type { AlertSubject, FoundCondition } from '#src/domain/alert/types.js';
import { isCollected, type Measure } from '#src/domain/measure/types.js';
import { isPeriodOf } from '#src/domain/period/period.js';
import type { Instant } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { absencesOf } from '../../absence/absences.js';
import { missedSentence } from '../../pull/missed-captures.js';
import { saidBySources } from '../../score/said-by-sources.js';
import { scoresByNode } from '../../score/stored-series.js';
import { lookedBackTo } from '../looked-back-to.js';
import { settingsOf, siteSettings } from '../settings-of.js';
import { captureConditions, rejectsConditions } from './extract-conditions.js';
import { sourceConditions } from './failing-sources.js';
import { flipsByMeasure } from './flips-by-measure.js';
import type { LatestPull } from './latest-pull.js';
import { notedPeriods } from './noted-periods.js';
import { offTrackAtPace } from './open-at-pace.js';
import { outcomesOf } from './outcomes.js';
import { absenceLines, missedByMeasure, newestOverdue, sourceEvidence } from './overdue-evidence.js';
import { lastReads, readsToTheEnd } from './read-to-the-end.js';
import { suspectsAmong } from './suspects.js';

const NOTHING: ReadonlySet<string> = new Set();

/** Conditions that hold, and the subjects of the measures that were looked at for them. */
export interface CurrentConditions {
  readonly found: readonly FoundCondition[];
  readonly looked: ReadonlySet<AlertSubject>;
}

/**
 * The conditions that hold now for these measures and for the sources that feed them.
 *
 * @param moved where only time has passed since all were looked at: subjects of measures whose alerts it may have moved. Of the
 *   others nothing is looked at that only a changed score begins or ends
 */
export async function currentConditions(
  reader: StoreReader,
  config: ResolvedConfig,
  measures: readonly Measure[],
  pulls: readonly LatestPull[],
  now: Instant,
  moved?: ReadonlySet<AlertSubject>,
): Promise<CurrentConditions> {
  const pullOf = new Map(pulls.map((pull) => [pull.extract, pull]));
  const horizon = lookedBackTo(now);
  const flips = await flipsByMeasure(reader, config, now);
  const reads = await lastReads(reader, pulls);
  const atPace = await offTrackAtPace(reader, config, among(measures, moved), reads);
  const suspects = await suspectsAmong(reader, config, measures, horizon, { flips, atPace, moved });
  const scores = await scoresByNode(
    reader,
    suspects.map((measure) => [measure.address, horizon(measure)]),
  );
  const missed = await missedByMeasure(reader, config, suspects, now);
  const noted = await notedPeriods(reader, config, suspects);
  const saidOf = await saidBySources(reader, config, now);
  const isReadToTheEnd = await readsToTheEnd(reader, config, suspects, reads);
  const judged = suspects.map((measure) => ({
    measure,
    outcomes: outcomesOf({ config, saidOf }, measure, scores, isReadToTheEnd),
  }));
  const absences = await absencesOf(reader, config, judged.flatMap(newestOverdue), pulls);
  const ofMeasures = judged.flatMap(({ measure, outcomes }) => {
    const evidence = [
      ...(isCollected(measure) ? sourceEvidence(measure, pullOf.get(measure.extract)) : []),
      ...(missed.get(measure.address) ?? []).map(missedSentence),
    ];
    const turned = (flips.get(measure.address) ?? []).filter(({ period }) => isPeriodOf(period, measure));
    const absence = absenceLines(config, measure, absences.get(measure.address), saidOf);
    const settings = settingsOf(measure, config.site);
    const { isOn } = settings;
    const open = atPace.get(measure.address);
    const standing = {
      ...{ measure, outcomes, ...absence, evidence, flips: turned, owner: measure.owner, isOn },
      ...(open === undefined ? {} : { atPace: open }),
    };
    const question = { settings, noted: noted.get(measure.address) ?? NOTHING, now };
    return [...measureConditions(standing), ...statusConditions(standing, question)];
  });
  const failing = siteSettings(config.site).isOn('source_failed') ? sourceConditions(config, pulls) : [];
  return {
    found: [
      ...failing,
      ...(await rejectsConditions(reader, config, pulls)),
      ...(await captureConditions(reader, config, pulls, horizon, now)),
      ...ofMeasures,
    ],
    looked: new Set([...(moved ?? []), ...suspects.map(({ address }) => alertSubject('measure', address))]),
  };
}

/** Those whose alerts may have moved. */
function among(measures: readonly Measure[], moved: ReadonlySet<AlertSubject> | undefined): readonly Measure[] {
  return moved === undefined ? measures : measures.filter(({ address }) => moved.has(alertSubject('measure', address)));
}
