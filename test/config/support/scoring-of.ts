import { ProblemList } from '#src/config/problem-list.js';
import type { KnownToScoring } from '#src/config/resolve/score/known.js';
import { resolveScoring, type Scoring } from '#src/config/resolve/scoring.js';
import { MeasureSpec } from '#src/config/spec/measure-spec.js';
import { reportIssues } from '#src/config/spec/report-issues.js';
import type { ConfigProblem } from '#src/config/types.js';
import { readYaml } from '#src/config/yaml/read-yaml.js';
import type { Direction } from '#src/domain/measure/types.js';
import { scorePeriod } from '#src/domain/score/score-period.js';
import type { PeriodScore } from '#src/domain/score/types.js';
import type { Target } from '#src/domain/target/types.js';

/** Values of series in the one period of a case; a number stands for itself. */
export type SeriesValues = Readonly<Record<string, string | Target>>;

/** The scoring of a measure that a text of configuration gives, and what is said of it. */
export interface ReadScoring {
  readonly direction: Direction;
  readonly scoring: Scoring;
  readonly problems: readonly ConfigProblem[];
}

const REST = `id: measure
name: Measure
objective: objective
owner: owner
unit: points
frequency: monthly
from: { extract: extract, sum: amount }
`;

/** Reads the keys of a measure that decide its scoring, as they stand in a scorecard file. */
export function readScoring(yaml: string, known: KnownToScoring = {}): ReadScoring {
  const problems = new ProblemList();
  const { file } = readYaml('measure.yaml', `${REST}${yaml}`, {}, problems);
  const parsed = MeasureSpec.safeParse(file.value);
  const place = { file, path: [] };
  if (!parsed.success) {
    reportIssues(MeasureSpec, file.value, parsed.error.issues, place, problems);
    return { direction: 'unscored', scoring: { targets: [], bands: [] }, problems: problems.inOrder() };
  }
  const scoring = resolveScoring(parsed.data, place, problems, known);
  return { direction: parsed.data.direction, scoring, problems: problems.inOrder() };
}

/** A scoring without any problem, and how it judges values in a period. */
export function judgeBy(
  yaml: string,
  known: KnownToScoring = {},
): (value: string, series?: SeriesValues, period?: { readonly start: string; readonly end: string }) => PeriodScore {
  const { direction, scoring, problems } = readScoring(yaml, known);
  if (problems.length > 0) throw new Error(JSON.stringify(problems, null, 2));
  return (value, series, { start, end } = { start: '2026-03-01', end: '2026-04-01' }) =>
    scorePeriod({
      measure: { address: 'company/measure', direction, ...scoring },
      period: { id: start.slice(0, 7), frequency: 'monthly', start, end },
      value,
      freshness: 'reported',
      ...(series === undefined ? {} : { series: (name) => targetOf(series, name) }),
    });
}

function targetOf(series: SeriesValues, name: string): Target | undefined {
  const found = Object.hasOwn(series, name) ? series[name] : undefined;
  return typeof found === 'string' ? { kind: 'value', value: found } : found;
}

/** A score's outcome in one word: its band's name, else its status. */
export function wordOf(outcome: PeriodScore): string {
  return outcome.scored ? (outcome.band ?? outcome.status) : outcome.status;
}

/** A score in the points of its map. */
export function pointsOf(outcome: PeriodScore): string {
  return outcome.scored ? (outcome.points ?? outcome.score) : outcome.reason;
}
