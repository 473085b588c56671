// A site for one worked case: configuration text and rows, collected for real, and what the store and `explain` say then.
import { explain } from '#src/cli/commands/explain.js';
import type { PeriodScore } from '#src/domain/score/types.js';
import type { ScorecardRow } from '#src/store/read-models/types.js';
import type { CurrentActual, ScoreRecord } from '#src/store/types.js';
import { createSmallSite, type SmallSite } from '../../support/small-site.js';

/** The moment at which everything of the months of {@link monthly} is over and due. */
export const AT = '2026-06-20T05:30:00Z';

/** One row of the one extract: its day, which measure it is of, and its figure. */
export type FigureRow = readonly [day: string, code: string, amount: string];

export interface CaseConfig {
  /** Further lines of `site.yaml`. */
  readonly site?: string;
  /** Measures, each the text that {@link measure} makes. */
  readonly measures: readonly string[];
  /** The lines of objectives; one, `grow`, when left out. */
  readonly objectives?: string;
  /** Further lines of the extract. */
  readonly extract?: string;
  /** Columns of the file beside `day`, `code`; one, `amount`, when left out. */
  readonly columns?: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Nominal times of the rounds; one, {@link AT}, when left out. */
  readonly rounds?: readonly string[];
}

/** A site after its rounds. */
export interface CollectedCase {
  readonly site: SmallSite;
  /** A measure's value in a period. */
  value(measure: string, period: string): Promise<string | undefined>;
  /** Ids of the periods that have a value, oldest first. */
  periods(measure: string): Promise<readonly string[]>;
  /** The stored score of a measure in a period; throws where there is none. */
  score(measure: string, period: string): Promise<ScoreRecord>;
  /** How `plumbline explain --json` judges a measure in a period. */
  judged(measure: string, period: string): Promise<Judged>;
  /** The current standing of an objective. */
  standing(objective: string): Promise<ScorecardRow>;
}

/** A judgement that came to a score. */
export type Judged = Extract<PeriodScore, { readonly scored: true }>;

/** The text of a measure over the rows with its id as code; `lines` are further keys, or others for the usual ones. */
export function measure(id: string, lines: string): string {
  const usual = {
    objective: 'grow',
    unit: 'points',
    direction: 'higher-is-better',
    frequency: 'monthly',
    from: `{ extract: figures, sum: amount, where: code = '${id}' }`,
  };
  const missing = Object.entries(usual).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(lines));
  const text = [...missing.map(([key, value]) => `${key}: ${value}`), lines.trimEnd()].join('\n');
  return `  - id: ${id}\n    name: ${id}\n    owner: robin\n${text.replaceAll(/^/gm, '    ')}\n`;
}

/** Months of 2025 from January on, as many as there are figures. */
export const monthsOf = (figures: readonly unknown[]): readonly string[] =>
  figures.map((_, index) => `2025-${String(index + 1).padStart(2, '0')}`);

/** A figure a month. A missing one has no row. */
export const monthly = (code: string, figures: readonly (number | null)[]): readonly FigureRow[] =>
  figures.flatMap((figure, index) =>
    figure === null ? [] : [[`${monthsOf(figures)[index] ?? ''}-10`, code, String(figure)] as const],
  );

/** The files of a case, beside those every small site has. */
export function filesOf(config: CaseConfig): Readonly<Record<string, string>> {
  const columns = config.columns ?? ['amount'];
  const objectives = config.objectives ?? '  - { id: grow, name: Grow, perspective: financial, owner: robin }\n';
  return {
    'site.yaml': `id: case
name: A worked case
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
channels: { journal: { kind: file, path: data/alerts.log } }
${config.site ?? ''}`,
    'extracts/figures.yaml': `extracts:
  figures:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: figures.csv }
    time: day
    columns:
      day: date
      code: text
${columns.map((column) => `      ${column}: { type: decimal, locale: en-US }\n`).join('')}${config.extract ?? ''}`,
    'scorecards/company.yaml': `scorecard: { id: company, name: Company, owner: robin }
perspectives: [{ id: financial, name: Financial }]
objectives:
${objectives}measures:
${config.measures.join('')}`,
    'sources/figures.csv': `day,code,${columns.join(',')}\n${config.rows.map((row) => `${row.join(',')}\n`).join('')}`,
  };
}

/** Collects a case, as `run --once` does round by round, in a site of its own, asks, and throws the site away. */
export async function collected<T>(config: CaseConfig, ask: (ran: CollectedCase) => Promise<T>): Promise<T> {
  const site = await createSmallSite(filesOf(config));
  try {
    for (const round of config.rounds ?? [AT]) {
      await site.collect(round);
      await site.sweep(round);
    }
    return await ask(questions(site));
  } finally {
    await site.dispose();
  }
}

function questions(site: SmallSite): CollectedCase {
  const actuals = (id: string): Promise<readonly CurrentActual[]> =>
    site.store.read.currentActuals([`company/${id}`], '1900-01-01');
  const explained = (id: string, period: string) => explainJsonOf(site, `company/${id}`, period);
  return {
    site,
    value: async (id, period) => (await actuals(id)).find((actual) => actual.period.id === period)?.value,
    periods: async (id) => (await actuals(id)).map((actual) => actual.period.id),
    score: async (id, period) => {
      const scores = await site.store.read.currentScores([`company/${id}`], '1900-01-01');
      return found(
        scores.find((score) => score.period.id === period),
        `score of ${id} in ${period}`,
      );
    },
    judged: async (id, period) => {
      const { judged } = await explained(id, period);
      if (judged?.scored !== true) throw new Error(`${id} has no score in ${period}: ${judged?.reason ?? 'no value'}`);
      return judged;
    },
    standing: async (id) => {
      const rows = await site.store.models.scorecardTable();
      return found(
        rows.find(({ node }) => node === `company/${id}`),
        `node ${id}`,
      );
    },
  };
}

/** What `plumbline explain ADDRESS PERIOD --json` writes, as far as cases ask for it. */
async function explainJsonOf(
  site: SmallSite,
  address: string,
  period: string,
): Promise<{ readonly judged: PeriodScore | null }> {
  const written: string[] = [];
  const { folder } = site.config();
  const context = {
    stdout: { write: (text: string) => written.push(text) },
    stderr: { write: () => undefined },
    env: {},
    cwd: folder,
    now: () => AT,
    signal: new AbortController().signal,
  };
  await explain(context, address, period, { config: folder, json: true });
  return JSON.parse(written.join(''));
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
