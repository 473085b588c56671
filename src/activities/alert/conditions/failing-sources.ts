import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import type { FoundCondition } from '#src/domain/alert/types.js';
import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { compareInstants } from '#src/domain/period/period-instants.js';
import { connectionOf, extractOf } from '../../config-lookup.js';
import type { LatestPull } from './latest-pull.js';

/** One condition a failing source: the connection, where it could not be reached at all; else the one extract. */
export function sourceConditions(config: ResolvedConfig, pulls: readonly LatestPull[]): FoundCondition[] {
  const conditions = new Map<string, FoundCondition>();
  for (const pull of pulls) {
    if (pull.outcome !== 'failed') continue;
    const { failure, extract, logicalTime } = pull;
    const connection = connectionOf(config, extractOf(config, extract).connection);
    const { alert, actor } = FAILURE_KINDS[failure.kind];
    if (alert === 'none') continue;
    const own = alert === 'extract';
    const subject = own ? alertSubject('extract', extract) : alertSubject('connection', connection.id);
    const lines = [
      `Error code: ${failure.code}`,
      ...(failure.remedy === undefined ? [] : [`What to do: ${failure.remedy}`]),
      `Who can act: ${actor}`,
    ];
    const earlier = conditions.get(subject);
    const names = own ? `The extract "${extract}"` : `The connection "${connection.id}"`;
    conditions.set(subject, {
      kind: 'source_failed',
      subject,
      period: earlier?.period ?? logicalTime,
      through:
        earlier === undefined || compareInstants(logicalTime, earlier.through) > 0 ? logicalTime : earlier.through,
      owner: connection.owner,
      summary: `${names} could not be read: ${failure.message}`,
      details: [...(earlier?.details ?? lines), `Not read: ${extract}, for ${logicalTime}`],
    });
  }
  return [...conditions.values()];
}
