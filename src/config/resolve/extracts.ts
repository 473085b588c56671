import type { AnyConnector } from '#connectors/sdk/types.js';
import type { ColumnSpec as ResolvedColumn } from '#src/domain/value/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { ExtractSpec } from '../spec/extracts-spec.js';
import type { Entry } from '../spec/read-specs.js';
import { reportIssues } from '../spec/report-issues.js';
import type { DuplicatePolicy, Extract } from '../types.js';
import { cadenceOf } from './cadence.js';
import { resolveColumn } from './columns.js';
import { checkReference, type ResolveContext, type SiteDefaults } from './context.js';
import { checkTimeZone } from './site.js';

/** All well-formed extracts, in file order, their sources checked by their connectors. */
export function resolveExtracts(context: ResolveContext, defaults: SiteDefaults): readonly Extract[] {
  const { entries } = context.specs.connections;
  const connectors = new Map(entries.map(({ id, spec }) => [id, context.registry.get(spec.connector)]));
  return context.specs.extracts.entries.map((entry) => {
    const connector = connectors.get(entry.spec.connection);
    return resolveExtract(entry, connector, context, defaults.timeZone);
  });
}

function resolveExtract(
  { id, spec, place }: Entry<ExtractSpec>,
  connector: AnyConnector | undefined,
  { specs, problems }: ResolveContext,
  siteTimeZone: string,
): Extract {
  checkReference('connection', spec.connection, specs.connections.ids, below(place, 'connection'), problems);
  const { time_zone } = spec.schedule;
  if (time_zone !== undefined) checkTimeZone(time_zone, below(place, 'schedule', 'time_zone'), problems);

  const localizedText = connector?.capabilities.localizedText ?? false;
  const columns = Object.entries(spec.columns).map(([name, column]) =>
    resolveColumn(name, column, below(place, 'columns', name), { timeZone: siteTimeZone, localizedText }, problems),
  );
  checkTimeColumn(spec.time, columns, below(place, 'time'), problems);
  const { rows = 5_000_000, megabytes = 1024, seconds = 300 } = spec.limits ?? {};
  return {
    id,
    connection: spec.connection,
    source: resolveSource(spec.source, connector, below(place, 'source'), problems),
    cadence: cadenceOf(spec.schedule, siteTimeZone),
    columns,
    timeColumn: spec.time,
    duplicates: resolveDuplicates(spec, columns, below(place, 'duplicates'), problems),
    limits: { maxRows: rows, maxBytes: megabytes * 1024 * 1024, timeoutMs: seconds * 1000 },
  };
}

function resolveSource(
  source: ExtractSpec['source'],
  connector: AnyConnector | undefined,
  place: Place,
  problems: ProblemList,
): unknown {
  if (connector === undefined) return source;
  const result = connector.extractSchema.safeParse(source);
  if (result.success) return result.data;
  reportIssues(connector.extractSchema, source, result.error.issues, place, problems);
  return source;
}

function checkTimeColumn(name: string, columns: readonly ResolvedColumn[], place: Place, problems: ProblemList): void {
  if (!checkReference('column', name, namesOf(columns), place, problems)) return;
  const type = columns.find((column) => column.name === name)?.type;
  if (type === 'date' || type === 'datetime') return;
  const message = `the time column "${name}" is ${type}`;
  problems.error('CONFIG_COLUMN_TYPE', place, message, 'make it a date or datetime, or name another column');
}

function resolveDuplicates(
  { duplicates }: ExtractSpec,
  columns: readonly ResolvedColumn[],
  place: Place,
  problems: ProblemList,
): DuplicatePolicy {
  const { keep = 'all', key = [] } = duplicates ?? {};
  for (const [index, name] of key.entries()) {
    checkReference('column', name, namesOf(columns), below(place, 'key', index), problems);
  }
  if (keep === 'all') {
    if (key.length > 0) {
      const message = 'duplicates has a key, but keep: all keeps every row';
      problems.error(
        'CONFIG_DUPLICATES_KEY',
        below(place, 'key'),
        message,
        'say keep: first, last or reject, or remove key',
      );
    }
    return { keep };
  }
  if (key.length === 0) {
    const message = `keep: ${keep} needs a key`;
    problems.error('CONFIG_DUPLICATES_KEY', place, message, 'add key: with the columns that make two rows the same');
  }
  return { keep, key: [...new Set(key)] };
}

function namesOf(columns: readonly ResolvedColumn[]): ReadonlySet<string> {
  return new Set(columns.map(({ name }) => name));
}
