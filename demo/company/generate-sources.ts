import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import iconv from 'iconv-lite';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { RejectRule } from '#src/domain/value/types.js';
import type { StandInSpreadsheet } from '../sheets-server/spreadsheet-data.js';
import type { DeliveredFile } from './delivered-file.js';
import { correctionFile, financeFiles } from './finance-files.js';
import { operationsTables } from './operations-tables.js';
import { peoplePlan } from './people-plan.js';
import { type BadRow, receivablesFiles } from './receivables.js';
import {
  type CorrectionExpected,
  correctionExpected,
  type Expectation,
  expectations,
  STANDING,
  type StandingExpectation,
} from './story.js';
import { createTimeline } from './timeline.js';
import { trainingFiles } from './training-files.js';
import { writeDatabase } from './write-database.js';

export const DEMO_SEED = 1992;

export interface SourcesRequest {
  /** Folder of the sources; made when it is not there. Exports of an earlier call in it are replaced. */
  readonly folder: string;
  /** The newest data is of the day before. */
  readonly today: CalendarDate;
  readonly seed?: number;
}

/** A row that must show up as a reject of a collection. */
export interface PromisedReject {
  readonly extract: string;
  readonly connection: string;
  readonly locator: string;
  readonly rule: RejectRule;
}

export interface GeneratedSources {
  readonly folder: string;
  /** Paths inside the folder, with their data rows. */
  readonly files: readonly { readonly path: string; readonly rows: number }[];
  readonly rows: number;
  /** What the sheets stand-in is to serve; no file holds it. */
  readonly spreadsheets: readonly StandInSpreadsheet[];
  /** Faulty rows of the files. */
  readonly badRows: readonly BadRow[];
  /** Everything that must show up as a reject, of files and sheets. */
  readonly rejects: readonly PromisedReject[];
  /** What the scorecard must show, by measure and period. */
  readonly expectations: readonly Expectation[];
  /** What it must show as each measure's present status. */
  readonly standing: readonly StandingExpectation[];
}

/** Invents two years of the example company's data up to yesterday. The same day and seed give the same data. */
export async function generateSources(request: SourcesRequest): Promise<GeneratedSources> {
  const { folder, today, seed = DEMO_SEED } = request;
  const timeline = createTimeline(today);
  const tables = operationsTables(today, seed);
  const delivered = [...financeFiles(timeline, seed), ...trainingFiles(timeline, seed)];
  const plan = peoplePlan(timeline, seed);
  const badRows = receivablesFiles(timeline, seed).flatMap((file) => file.badRows);

  await clearExports(join(folder, 'finance'));
  await clearExports(join(folder, 'training'));
  await writeDatabase(join(folder, 'operations.sqlite'), tables);
  for (const file of delivered) await writeDelivered(folder, file);

  const files = [
    { path: 'operations.sqlite', rows: tables.reduce((sum, table) => sum + table.rows.length, 0) },
    ...delivered.map((file) => ({ path: file.path, rows: file.lines.length - 1 })),
  ];
  return {
    folder,
    files,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    spreadsheets: [plan.spreadsheet],
    badRows,
    rejects: [
      ...badRows.map(({ file, line, rule }) => ({
        extract: 'receivables',
        connection: 'finance',
        locator: `${basename(file)}:${line}`,
        rule,
      })),
      ...plan.badCells.map(({ place, rule }) => ({
        extract: 'certificates',
        connection: 'people-plan',
        locator: place,
        rule,
      })),
    ],
    expectations: expectations(today),
    standing: STANDING,
  };
}

export interface Correction extends CorrectionExpected {
  /** Path inside the folder. */
  readonly file: string;
}

/** Delivers the file that corrects a closed month, as finance does some days after {@link generateSources}. */
export async function laterFile(request: SourcesRequest): Promise<Correction> {
  const { folder, today, seed = DEMO_SEED } = request;
  const file = correctionFile(createTimeline(today), seed);
  await writeDelivered(folder, file);
  return { file: file.path, ...correctionExpected(today) };
}

async function clearExports(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name.endsWith('.csv')) await rm(join(folder, name));
  }
}

async function writeDelivered(folder: string, file: DeliveredFile): Promise<void> {
  const path = join(folder, file.path);
  const content = file.lines.map((line) => `${line}${file.lineEnd}`).join('');
  const bytes =
    file.encoding === 'utf8-bom'
      ? iconv.encode(content, 'utf8', { addBOM: true })
      : iconv.encode(content, file.encoding);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
