import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import type { AlertEvent, AlertKind, AlertSubject } from '#src/domain/alert/types.js';
import { isCollected } from '#src/domain/measure/types.js';
import { contentDigest } from '../content-digest.js';

/** Kinds that come from where a value is read, and so for several measures at once. */
const OF_A_SOURCE: readonly AlertKind[] = ['late', 'missing'];

/**
 * What a condition may have in common with others: a value that is not there the extract that it is made of, an extract that cannot be
 * read its connection. `undefined` where it speaks for itself.
 */
export function sharedCauses(
  config: ResolvedConfig,
): (condition: Pick<AlertEvent['condition'], 'kind' | 'subject'>) => AlertSubject | undefined {
  const extracts = new Map(
    config.measures
      .filter(isCollected)
      .map(({ address, extract }) => [alertSubject('measure', address), alertSubject('extract', extract)]),
  );
  const connections = new Map(
    config.extracts.map(({ id, connection }) => [alertSubject('extract', id), alertSubject('connection', connection)]),
  );
  return ({ kind, subject }) => {
    if (OF_A_SOURCE.includes(kind)) return extracts.get(subject);
    return kind === 'source_failed' ? connections.get(subject) : undefined;
  };
}

/**
 * The same for all messages that may be told as one: of one cause and kind, about what became of it by the same hand. What is
 * urgent waits for nothing, so it goes with nothing that may have to.
 */
export function jointCause(
  cause: AlertSubject,
  { condition, transition, author, until }: AlertEvent,
  urgent: boolean,
): string {
  return contentDigest({
    ...{ cause, urgent },
    kind: condition.kind,
    transition,
    author: author ?? null,
    until: until ?? null,
  });
}
