import type { AnyConnector } from '#connectors/sdk/types.js';
import type { ColumnSpec as ResolvedColumn } from '#src/domain/value/types.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { ExtractSpec } from '../spec/extracts-spec.js';
import type { Entry } from '../spec/read-specs.js';
import { nameOf, reportIssues } from '../spec/report-issues.js';
import type { DuplicatePolicy, Extract } from '../types.js';
import { resolveAlertSettings } from './alert-settings.js';
import { cadenceOf } from './cadence.js';
import { resolveColumn } from './columns.js';
import { checkReference, type ResolveContext, type SiteDefaults } from './context.js';
import { resolveGrain } from './extract-grain.js';
import { sinceOfSource } from './since.js';
import { checkTimeZone } from './site.js';
import { sourceSettingsOf } from './source-settings.js';

/** The day of the capture: the first column of a snapshot, which no source is asked for. */
const CAPTURE_COLUMN = 'captured_on';

/** All well-formed extracts, in file order, their sources checked by their connectors. */
export function resolveExtracts(context: ResolveContext, defaults: SiteDefaults): readonly Extract[] {
  const { entries } = context.specs.connections;
  const connectors = new Map(entries.map(({ id, spec }) => [id, context.registry.get(spec.connector)]));
  return context.specs.extracts.entries.map((entry) => {
    const connector = connectors.get(entry.spec.connection);
    return resolveExtract(entry, connector, context, defaults);
  });
}

function resolveExtract(
  { id, spec, place }: Entry<ExtractSpec>,
  connector: AnyConnector | undefined,
  context: ResolveContext,
  { timeZone: siteTimeZone, calendars }: SiteDefaults,
): Extract {
  const { specs, problems } = context;
  checkReference('connection', spec.connection, specs.connections.ids, below(place, 'connection'), problems);
  const { time_zone } = spec.schedule;
  if (time_zone !== undefined) checkTimeZone(time_zone, below(place, 'schedule', 'time_zone'), problems);

  const localizedText = connector?.capabilities.localizedText ?? false;
  const columnDefaults = { timeZone: siteTimeZone, localizedText, calendars };
  const columns = Object.entries(spec.columns).map(([name, column]) =>
    resolveColumn(name, column, below(place, 'columns', name), columnDefaults, problems),
  );
  const timed = resolveTime(spec, columns, siteTimeZone, place, problems);
  const checked = resolveSource(spec.source, connector, below(place, 'source'), problems);
  const { rows = 5_000_000, megabytes = 1024, seconds = 300, rejected_percent } = spec.limits ?? {};
  return {
    id,
    connection: spec.connection,
    source: checked,
    ...sinceOfSource(checked),
    cadence: cadenceOf(spec.schedule, siteTimeZone),
    ...timed,
    ...resolveGrain(spec, place, calendars, problems),
    ...sourceSettingsOf(spec, place, context),
    ...(spec.push_down === undefined ? {} : { pushDown: spec.push_down }),
    duplicates: resolveDuplicates(spec, columns, below(place, 'duplicates'), problems),
    ...resolveAlertSettings(spec.alerts),
    limits: {
      maxRows: rows,
      maxBytes: megabytes * 1024 * 1024,
      timeoutMs: seconds * 1000,
      ...(rejected_percent === undefined ? {} : { rejectedPercent: rejected_percent }),
    },
  };
}

/** Settings that were not written are left out: a configuration from before they were there keeps its digests. */
function resolveTime(
  { time, snapshot, push_down, evidence }: ExtractSpec,
  columns: readonly ResolvedColumn[],
  timeZone: string,
  place: Place,
  problems: ProblemList,
): Pick<Extract, 'columns' | 'timeColumn' | 'snapshot'> {
  if (snapshot === undefined) {
    if (time === undefined) {
      const remedy = 'add time: The column (date or datetime) that places a row in time; or snapshot: { takes: last }';
      problems.error('CONFIG_MISSING_KEY', below(place, 'time'), `${nameOf(below(place, 'time'))} is missing`, remedy);
      return { columns, timeColumn: '' };
    }
    checkTimeColumn(time, columns, below(place, 'time'), problems);
    return { columns, timeColumn: time };
  }
  const refuse = (key: string, message: string, remedy: string): void =>
    problems.error('CONFIG_SNAPSHOT_SETTING', { ...below(place, key), at: 'key' }, message, remedy);
  if (time !== undefined) {
    refuse('time', 'a snapshot has no time column: its rows are of the day they are read', 'remove time or snapshot');
  }
  if (push_down === true) {
    refuse('push_down', 'a snapshot is read row by row and never aggregated by its source', 'remove push_down');
  }
  if (evidence === 'newest_row') {
    const remedy = 'write watermark, file_time or as_of, as the source has one; or remove evidence';
    refuse('evidence', 'the rows of a snapshot are of the day they are read, which shows nothing of their age', remedy);
  }
  if (columns.some(({ name }) => name === CAPTURE_COLUMN)) {
    const message = `the column "${CAPTURE_COLUMN}" of a snapshot is the day of the capture, which is written by itself`;
    problems.error(
      'CONFIG_SNAPSHOT_SETTING',
      { ...below(place, 'columns', CAPTURE_COLUMN), at: 'key' },
      message,
      'give the column another name, and the source’s as from:',
    );
  }
  const captured = {
    name: CAPTURE_COLUMN,
    sourceName: CAPTURE_COLUMN,
    type: 'date',
    timeZone,
    required: true,
  } as const;
  return { columns: [captured, ...columns], timeColumn: CAPTURE_COLUMN, snapshot };
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
  { duplicates, source, time }: ExtractSpec,
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
  if (time !== undefined && !key.includes(time) && readsFilesOfWindow(source)) {
    const message =
      `the key of duplicates does not hold the time column "${time}", but keep: all_in_window reads other files in ` +
      'another run: which row of a key counts would depend on the days a run reads';
    problems.error(
      'CONFIG_DUPLICATES_KEY',
      below(place, 'key'),
      message,
      `add ${time} to the key; or read all files, without take: { keep: all_in_window }`,
    );
  }
  return { keep, key: [...new Set(key)] };
}

/** Whether whole files are left out by the days a run reads, in the words that sources of files have for it. */
function readsFilesOfWindow(source: unknown): boolean {
  if (typeof source !== 'object' || source === null || !('take' in source)) return false;
  const { take } = source;
  return typeof take === 'object' && take !== null && 'keep' in take && take.keep === 'all_in_window';
}

function namesOf(columns: readonly ResolvedColumn[]): ReadonlySet<string> {
  return new Set(columns.map(({ name }) => name));
}
