import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';

/** What people call the subjects of alerts: measures by their names, all else by what it is and its id. */
export function subjectNames({ measures, connections, extracts, site }: ResolvedConfig): ReadonlyMap<string, string> {
  return new Map([
    ...measures.map(({ address, name }) => [alertSubject('measure', address), name] as const),
    ...connections.map(({ id }) => [alertSubject('connection', id), `connection "${id}"`] as const),
    ...extracts.map(({ id }) => [alertSubject('extract', id), `extract "${id}"`] as const),
    ...site.channels.map(({ id }) => [alertSubject('channel', id), `channel "${id}"`] as const),
    [alertSubject('pipeline', 'sweep'), 'evaluation'] as const,
    [alertSubject('pipeline', 'deliver'), 'delivery'] as const,
    [alertSubject('pipeline', 'canary'), 'canary'] as const,
  ]);
}
