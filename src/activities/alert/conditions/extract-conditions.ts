import type { ResolvedConfig } from '#src/config/types.js';
import {
  captureMissedCondition,
  isTooMany,
  type MissedCaptures,
  rejectsCondition,
} from '#src/domain/alert/source-conditions.js';
import type { FoundCondition } from '#src/domain/alert/types.js';
import { NOT_READ_DIGEST } from '#src/domain/collection/not-read.js';
import { type CollectedMeasure, isCollected } from '#src/domain/measure/types.js';
import type { CalendarDate, Instant } from '#src/domain/period/types.js';
import type { StoreReader } from '#src/store/types.js';
import { connectionOf, extractOf } from '../../config-lookup.js';
import { latestMissed, missedCaptures } from '../../pull/missed-captures.js';
import { readByStart } from '../../score/stored-series.js';
import { settingsOf } from '../settings-of.js';
import type { LatestPull } from './latest-pull.js';

/** Rejected rows named in an alert. */
const REJECTS_SHOWN = 5;

/** Rows of extracts that were rejected when they were last read; a pull that failed, or had nothing to read, says nothing. */
export async function rejectsConditions(
  reader: StoreReader,
  config: ResolvedConfig,
  pulls: readonly LatestPull[],
): Promise<readonly FoundCondition[]> {
  const found: FoundCondition[] = [];
  for (const pull of pulls) {
    const extract = extractOf(config, pull.extract);
    const { isOn, rejectsOver } = settingsOf(extract, config.site);
    if (!isOn('rejects')) continue;
    const read = isRead(pull) ? pull : await reader.lastRead(pull.extract);
    if (read?.outcome !== 'ok' || read.balance.rejected === 0 || !isTooMany(read.balance, rejectsOver)) continue;
    const { seen, rejected } = read.balance;
    const first = await reader.firstRejects(read.runId, extract.id, REJECTS_SHOWN);
    const { owner } = connectionOf(config, extract.connection);
    found.push(
      ...rejectsCondition({ extract: extract.id, at: read.logicalTime, seen, rejected, first, owner }, rejectsOver),
    );
  }
  return found;
}

function isRead(pull: LatestPull): boolean {
  return pull.outcome === 'ok' && pull.digest !== NOT_READ_DIGEST;
}

/** States of a closed period that can be those of one in which nothing was captured. */
const WITHOUT_VALUE = ['not_due', 'late', 'missing'] as const;

/** Extracts of sources without history that were not read in the newest closed period of one of their measures. */
export async function captureConditions(
  reader: StoreReader,
  config: ResolvedConfig,
  pulls: readonly LatestPull[],
  horizon: (measure: CollectedMeasure) => CalendarDate,
  now: Instant,
): Promise<readonly FoundCondition[]> {
  const pulled = new Set(pulls.map(({ extract }) => extract));
  const captured = config.extracts.filter(
    (extract) =>
      extract.snapshot !== undefined &&
      pulled.has(extract.id) &&
      settingsOf(extract, config.site).isOn('capture_missed'),
  );
  if (captured.length === 0) return [];
  const ids = new Set(captured.map(({ id }) => id));
  const measures = config.measures.filter(isCollected).filter(({ extract }) => ids.has(extract));
  const lacking = new Set(
    await readByStart(
      measures.map((measure) => [measure.address, horizon(measure)] as const),
      (nodes, start) => reader.nodesWithStatus(nodes, WITHOUT_VALUE, start),
    ),
  );
  const conditions: FoundCondition[] = [];
  for (const extract of captured) {
    const missed: MissedCaptures[] = [];
    for (const measure of measures.filter((each) => each.extract === extract.id && lacking.has(each.address))) {
      const all = await missedCaptures(reader, extract, measure, config.site, now);
      const periods = latestMissed(all, measure, config.site, now);
      if (periods.length > 0) missed.push({ name: measure.name, periods });
    }
    const { owner } = connectionOf(config, extract.connection);
    conditions.push(...captureMissedCondition(extract.id, owner, missed));
  }
  return conditions;
}
