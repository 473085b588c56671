import { fingerprintOf, inferField } from '#connectors/sdk/discover/infer-fields.js';
import type { DiscoveredStream, DiscoverRequest } from '#connectors/sdk/discovery.js';
import type { RawCell } from '#connectors/sdk/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { gridOf } from './answers.js';
import { rangeMissing } from './errors.js';
import { writeRange } from './grid/a1.js';
import { cellWriter, isErrorCell, plainText, type SheetCell } from './grid/cells.js';
import { type Grid, readHeader } from './grid/header.js';
import { boxOf, type ResolvedRange } from './grid/resolve-range.js';
import { wallTimeOf } from './grid/serials.js';
import { spreadsheetIdOf, tabNumberOf } from './spreadsheet-id.js';
import type { AnsweredRange, SheetsClient, SpreadsheetMetadata } from './upstream/client.js';

/** Ranges of one call, so that its address stays short. */
const RANGES_A_CALL = 20;
const MAX_BYTES = 20_000_000;

interface Candidate extends ResolvedRange {
  readonly name: string;
  readonly kind: 'sheet' | 'named_range';
  readonly source: Readonly<Record<string, unknown>>;
}

/**
 * The tabs and named ranges of a spreadsheet, with the type of each column by what a sample of its cells holds.
 *
 * A connection is an account and knows no spreadsheet, so the stream says which: its id or address, or `id/tab` as the
 * streams found here are named. Cells are asked for twice, dates once as numbers and once as shown: where the two differ,
 * the cell is a date.
 */
export async function discoverSpreadsheet(
  client: SheetsClient,
  { stream, sampleRows, signal }: DiscoverRequest,
): Promise<readonly DiscoveredStream[]> {
  const wanted = spreadsheetOf(stream);
  const limits = { maxBytes: MAX_BYTES, signal };
  try {
    const metadata = await client.metadata(wanted.id, limits);
    const all = candidatesOf(metadata, wanted.id);
    const gid = stream === undefined ? undefined : tabNumberOf(stream);
    const chosen = all.filter(({ name, kind, sheetId }) =>
      wanted.name !== undefined
        ? name === `${wanted.id}/${wanted.name}`
        : gid === undefined || (kind === 'sheet' && String(sheetId) === gid),
    );
    if (chosen.length === 0) {
      throw rangeMissing(
        wanted.id,
        'there is no such tab or named range',
        `One of ${all.map(({ name }) => `"${name}"`).join(', ')}.`,
      );
    }
    const found: DiscoveredStream[] = [];
    for (let from = 0; from < chosen.length; from += RANGES_A_CALL) {
      const some = chosen.slice(from, from + RANGES_A_CALL);
      const asked = some.map((candidate) => sampleOf(candidate, sampleRows));
      const serials = await client.values(wanted.id, asked, 'SERIAL_NUMBER', limits);
      const shown = await client.values(wanted.id, asked, 'FORMATTED_STRING', limits);
      found.push(
        ...some.map((candidate, index) =>
          describe(metadata, candidate, { serials: serials[index], shown: shown[index], sampleRows }),
        ),
      );
    }
    return found;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new PlumblineError('cancelled', 'SOURCE_READ_CANCELLED', 'Looking into the spreadsheet was cancelled', {
      remedy: 'Nothing to mend: start it again when it is wanted.',
    });
  }
}

function spreadsheetOf(stream: string | undefined): { readonly id: string; readonly name: string | undefined } {
  const whole = spreadsheetIdOf(stream ?? '');
  if (whole !== undefined) return { id: whole, name: undefined };
  const slash = stream?.startsWith('https://') === true ? -1 : (stream?.indexOf('/') ?? -1);
  const id = slash < 0 ? undefined : spreadsheetIdOf(stream?.slice(0, slash) ?? '');
  if (id !== undefined) return { id, name: stream?.slice(slash + 1) };
  const given = stream === undefined ? 'no spreadsheet is named' : `"${stream}" is no spreadsheet`;
  throw new PlumblineError('config', 'SOURCE_SPREADSHEET_UNNAMED', `Looking for what there is to read: ${given}`, {
    remedy:
      'A connection is an account, not a spreadsheet: give its id or its address from the browser as the stream (--stream).',
  });
}

function candidatesOf(metadata: SpreadsheetMetadata, id: string): readonly Candidate[] {
  const named = metadata.namedRanges.flatMap(({ name, range }): Candidate[] => {
    const tab = metadata.sheets.find(({ properties }) => properties.sheetId === range.sheetId)?.properties.title;
    if (tab === undefined) return [];
    const source = { spreadsheet: id, range: name };
    return [
      {
        name: `${id}/${name}`,
        kind: 'named_range',
        request: name,
        tab,
        sheetId: range.sheetId,
        box: boxOf(range),
        source,
      },
    ];
  });
  const tabs = metadata.sheets.flatMap(({ properties }): Candidate[] => {
    const { title, sheetId, gridProperties } = properties;
    if (gridProperties === undefined) return [];
    const box = { top: 0, left: 0, bottom: gridProperties.rowCount, right: gridProperties.columnCount };
    const source = { spreadsheet: id, tab: title };
    return [
      { name: `${id}/${title}`, kind: 'sheet', request: writeRange(title, box), tab: title, sheetId, box, source },
    ];
  });
  // Recommended ones first.
  return [...named, ...tabs];
}

/** Its first rows; some blank ones above the header are looked past. */
function sampleOf({ tab, box }: Candidate, sampleRows: number): string {
  const bottom = Math.min(box.bottom ?? Infinity, box.top + sampleRows + 11);
  return writeRange(tab, { ...box, bottom });
}

function describe(
  metadata: SpreadsheetMetadata,
  candidate: Candidate,
  sample: {
    readonly serials: AnsweredRange | undefined;
    readonly shown: AnsweredRange | undefined;
    readonly sampleRows: number;
  },
): DiscoveredStream {
  const { serials, shown, sampleRows } = sample;
  const { timeZone } = metadata.properties;
  const grid = gridOf(metadata, candidate, serials);
  const header = readHeader(grid, 1, ' ', true);
  const names = header?.names ?? [];
  const body = header === undefined ? [] : grid.rows.slice(header.end);
  const rows = body.flatMap((row, index) =>
    row.every((cell) => cell === null) ? [] : [{ row, at: index + (header?.end ?? 0) }],
  );
  const sampled = rows.slice(0, sampleRows);
  const fields = names.flatMap((name, column) => {
    if (name === '') return [];
    const cells = sampled.map(({ row, at }) => sampleCell(row[column] ?? null, shown?.values[at]?.[column], timeZone));
    return [inferField(name, cells)];
  });
  return {
    name: candidate.name,
    kind: candidate.kind,
    fields,
    sampledRows: sampled.length,
    fingerprint: fingerprintOf(fields),
    source: candidate.source,
    notes: notesOf(
      metadata,
      candidate,
      grid,
      names,
      sampled.map(({ row }) => row),
    ),
  };
}

/** A date cell is written as its column would be: its number alone does not show what it is. */
function sampleCell(cell: SheetCell, shown: unknown, timeZone: string): RawCell {
  const isDate = typeof cell === 'object' && cell !== null && typeof shown === 'string';
  if (!isDate) return plainText(cell);
  const wall = wallTimeOf(cell.digits);
  if (wall === undefined) return cell.digits;
  if (wall.time === '00:00:00') return wall.date;
  const reading = cellWriter({ type: 'datetime' }, timeZone)(cell);
  return reading.ok ? reading.value : cell.digits;
}

function notesOf(
  metadata: SpreadsheetMetadata,
  candidate: Candidate,
  grid: Grid,
  names: readonly string[],
  rows: readonly (readonly SheetCell[])[],
): readonly string[] {
  const notes: string[] = [`dates are meant in the spreadsheet's zone ${metadata.properties.timeZone}`];
  const tab = metadata.sheets.find(({ properties }) => properties.sheetId === candidate.sheetId);
  if (tab?.properties.hidden === true) notes.push('the tab is hidden; it is read all the same');
  if (grid.rows.length === 0) notes.push('there is nothing in it');
  const twice = [...new Set(names.filter((name, index) => name !== '' && names.indexOf(name) !== index))];
  if (twice.length > 0)
    notes.push(`headings that are there more than once: ${twice.map((name) => `"${name}"`).join(', ')}`);
  const unnamed = names.filter((name) => name === '').length;
  if (unnamed > 0)
    notes.push(
      unnamed === 1 ? '1 column without a heading is left out' : `${unnamed} columns without a heading are left out`,
    );
  const failed = rows.flat().filter(isErrorCell).length;
  if (failed > 0)
    notes.push(
      failed === 1 ? '1 sampled cell holds a failed formula' : `${failed} sampled cells hold a failed formula`,
    );
  return notes;
}
