import type { ReadSummary } from '#connectors/sdk/types.js';
import type { Window } from '#src/activities/pull/fold/extract-fold.js';
import { reasonToRead } from '#src/activities/pull/push-down.js';
import { quarantined } from '#src/activities/pull/quarantine.js';
import type { Extract } from '#src/config/types.js';
import type { CollectedMeasure } from '#src/domain/measure/types.js';
import { counted } from '../render/time-words.js';
import type { Preview } from './preview-rows.js';

/** Behind the place of a row that a run would skip. */
export const OUTSIDE_MARK = ' *';

/** What a preview is held against. */
export interface RunAhead {
  readonly extract: Extract;
  /** The measures that read the extract. */
  readonly measures: readonly CollectedMeasure[];
  /** Days that a first run reads; absent where no measure does. */
  readonly window: Window | undefined;
  /** Whether the source can aggregate by itself. */
  readonly aggregates: boolean;
}

/** In which points a run would do otherwise than what is shown: a line each, and none where there is no such point. */
export function runNotes(preview: Preview, run: RunAhead): readonly string[] {
  return [
    ...windowNote(preview, run),
    ...duplicatesNote(run.extract),
    ...pushDownNote(run),
    ...quarantineNotes(preview, run.extract),
  ];
}

function windowNote({ seen, skipped, rows }: Preview, { window, extract }: RunAhead): string[] {
  if (window === undefined) return [`no measure reads "${extract.id}" yet: a run would not collect anything of it`];
  const outside = skipped['outside_window'] ?? 0;
  if (outside === 0 && seen > 0) return [];
  const days = `the days a first run reads, from ${window.start} until before ${window.end}`;
  if (seen === 0) return [`there is no row in ${days}`];
  const marked = rows.some((row) => row.outside) ? ' (marked *)' : '';
  return [`${outside} of ${counted(seen, 'row')} ${outside === 1 ? 'is' : 'are'} outside${marked} ${days}`];
}

function duplicatesNote({ duplicates }: Extract): string[] {
  if (duplicates.keep === 'all') return [];
  return [`not applied here: of rows with the same ${duplicates.key.join(', ')}, duplicates: keep ${duplicates.keep}`];
}

function pushDownNote({ extract, measures, aggregates }: RunAhead): string[] {
  if (extract.pushDown === false || extract.snapshot !== undefined || measures.length === 0) return [];
  const aggregations = measures.map(({ aggregation }) => aggregation);
  if (reasonToRead(extract, aggregates, aggregations) !== undefined) return [];
  return ['in a run, rows are aggregated by the source itself where it can; the values are the same'];
}

function quarantineNotes({ parts, summary }: Preview, extract: Extract): string[] {
  const whether = summary === undefined ? ', if the rest is like what was looked at' : '';
  return parts.flatMap((each) => {
    if (quarantined(extract, { parts: [each], rejects: [] }) === undefined) return [];
    const { part = `extract "${extract.id}"`, wanted, rejected } = each;
    return [`a run would quarantine ${part}: ${rejected} of ${counted(wanted, 'row')} rejected${whether}`];
  });
}

/** What shows how far the source had come; a digest needs no more than its beginning. */
export function watermarkLines({ watermark }: ReadSummary): string[] {
  if (watermark === undefined) return [];
  const { evidence, at, value } = watermark;
  const when = at === undefined || at === value ? '' : `, ${at}`;
  return [`watermark (${evidence.replaceAll('_', ' ')}${when}): ${withShortDigests(value)}`];
}

/** Digests by their first 12 digits: enough to tell two apart by eye. */
export function withShortDigests(text: string): string {
  return text.replace(/\b([0-9a-f]{12})[0-9a-f]{20,}\b/g, '$1…');
}
