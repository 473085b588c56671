import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import type { Causes } from '#src/domain/alert/inhibit.js';
import { isCollected, isDerived, type Measure } from '#src/domain/measure/types.js';
import { compareInstants } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import { extractOf } from '../config-lookup.js';
import { derivedGraph } from '../derive/derived-graph.js';
import type { LatestPull } from './conditions/latest-pull.js';

/**
 * What waits for what among these measures and the extracts of these pulls: values for their sources, derived values for those
 * that they are made of.
 */
export function causesAmong(
  config: ResolvedConfig,
  measures: readonly Measure[],
  pulls: readonly LatestPull[],
): Causes {
  const sources = sourcesOfExtracts(config, pulls);
  const { inputsOf } = derivedGraph(config);
  return {
    sources: new Map([
      ...pulls.map(({ extract }) => [alertSubject('extract', extract), sources(extract)] as const),
      ...measures
        .filter(isCollected)
        .map((measure) => [alertSubject('measure', measure.address), sources(measure.extract)] as const),
    ]),
    inputs: new Map(
      measures
        .filter(isDerived)
        .map(
          (measure) =>
            [
              alertSubject('measure', measure.address),
              inputsOf(measure).map((input) => alertSubject('measure', input)),
            ] as const,
        ),
    ),
  };
}

/**
 * Subjects of the connection and the extract that what is made of an extract waits for while they fail.
 *
 * Not of the connection where the extract itself was read for the same time as the failing one or a later time: its source
 * could be reached, so nothing else explains why a value is late.
 */
function sourcesOfExtracts(
  config: ResolvedConfig,
  pulls: readonly LatestPull[],
): (extract: string) => readonly string[] {
  const pullOf = new Map(pulls.map((pull) => [pull.extract, pull]));
  const downAt = new Map<string, Instant>();
  for (const { outcome, extract, logicalTime } of pulls) {
    const { connection } = extractOf(config, extract);
    const known = downAt.get(connection) ?? logicalTime;
    if (outcome === 'failed') downAt.set(connection, compareInstants(known, logicalTime) > 0 ? known : logicalTime);
  }
  return (extract) => {
    const { connection } = extractOf(config, extract);
    const own = pullOf.get(extract);
    const failed = downAt.get(connection);
    const wasRead = own?.outcome === 'ok' && failed !== undefined && compareInstants(own.logicalTime, failed) >= 0;
    const itself = alertSubject('extract', extract);
    return wasRead ? [itself] : [alertSubject('connection', connection), itself];
  };
}
