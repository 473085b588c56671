import type { Cadence, Extract, ResolvedConfig } from '#src/config/types.js';
import { valueColumns } from '#src/domain/measure/aggregation-columns.js';
import {
  type Aggregation,
  type CollectedMeasure,
  type CumulativeReset,
  type Direction,
  type FilterLiteral,
  type FilterNode,
  isCollected,
  type Measure,
  type PercentileMethod,
  type RowFilter,
  type Term,
} from '#src/domain/measure/types.js';
import { decimal } from '#src/domain/value/decimal.js';
import { derivationSentences } from './derivation-words.js';
import { whenDue } from './due-words.js';
import { exactFigure } from './figures.js';
import { counted } from './time-words.js';

/** What a measure is, as sentences: value, source, rhythm, owner. */
export function definitionSentences(measure: Measure, config: ResolvedConfig): readonly string[] {
  const extract = config.extracts.find(({ id }) => isCollected(measure) && id === measure.extract);
  return [
    ...(measure.description === undefined ? [] : [measure.description]),
    ...(isCollected(measure)
      ? [valueSentence(measure), ...labelsSentence(measure), ...expectsSentence(measure)]
      : derivationSentences(measure, config)),
    ...unitSentence(measure, config),
    ...(extract === undefined ? [] : [sourceSentence(extract, config), ...blankSentences(measure, extract)]),
    rhythmSentence(measure, extract),
    ownerSentence(measure, config),
  ];
}

/** `The value is the number of rows where renewed = true, divided by the number of rows, times 100, in percent.` */
function valueSentence({ aggregation, scale, unit, emptyMeansZero }: CollectedMeasure): string {
  const only = aggregation.where.length === 0 ? '' : `, counting only rows where ${filterWords(aggregation.where)}`;
  const times = scale === '1' ? '' : `, times ${scale}`;
  const empty = emptyMeansZero ? ' A period without any row is 0.' : '';
  return `The value is ${aggregationWords(aggregation)}${only}${times}${unit === '' ? '' : `, in ${unit}`}.${empty}`;
}

function aggregationWords(aggregation: Aggregation): string {
  switch (aggregation.kind) {
    case 'sum':
      return `the sum of "${aggregation.column}"`;
    case 'avg':
      return `the average of "${aggregation.column}"`;
    case 'first':
    case 'last':
      return `the ${aggregation.kind} "${aggregation.column}" of the period`;
    case 'min':
      return `the least "${aggregation.column}"`;
    case 'max':
      return `the greatest "${aggregation.column}"`;
    case 'median':
      return `the median of "${aggregation.column}"`;
    case 'percentile':
      return `the percentile ${aggregation.p} of "${aggregation.column}" (${METHODS[aggregation.method]})`;
    case 'weighted_avg':
      return `the average of "${aggregation.column}" weighted by "${aggregation.weight}"`;
    case 'count_distinct':
      return `the number of different "${aggregation.column}"`;
    case 'cumulative':
      return `what the running total "${aggregation.column}" grew by since the period before${resetWords(aggregation.resets)}`;
    case 'count':
      return 'the number of rows';
    case 'ratio':
      return `${termWords(aggregation.numerator)}, divided by ${termWords(aggregation.denominator)}`;
  }
}

const METHODS: Readonly<Record<PercentileMethod, string>> = {
  nearest_rank: 'by nearest rank',
  linear: 'on the line between the two nearest',
  exclusive: 'on the line between the two nearest, both ends excluded',
};

const RESETS: Readonly<Record<Exclude<CumulativeReset, 'never'>, string>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  'half-yearly': 'half-year',
  yearly: 'year',
};

function resetWords(resets: CumulativeReset): string {
  return resets === 'never' ? '' : `, where it starts anew each ${RESETS[resets]}`;
}

/** `Its words are the numbers 1 to 3: "B", "A", "AA".` */
function labelsSentence({ labels }: Measure): readonly string[] {
  if (labels === undefined) return [];
  return [`Its words stand for the numbers 1 to ${labels.length}, worst first: ${labels.join(', ')}.`];
}

/** Which unit it is for; of a definition, how many it serves. */
function unitSentence(measure: Measure, config: ResolvedConfig): readonly string[] {
  const column = isCollected(measure) && measure.unitColumn !== undefined ? measure.unitColumn : undefined;
  const rows = column === undefined ? '' : `; "${column}" says which rows are whose`;
  if (measure.forUnit !== undefined) return [`It is for the unit "${measure.forUnit.name}"${rows}.`];
  const forEach = config.templates?.scorecards.find(({ address }) => address === measure.scorecard)?.forEach;
  const set = config.unitSets?.find(({ id }) => id === forEach);
  if (set === undefined) return [];
  const count =
    set.from !== undefined && set.units.length === 0
      ? `each unit of "${set.id}", which are read when the configuration is applied`
      : `each of ${exactFigure(String(set.units.length))} units of "${set.id}"`;
  return [`There is one for ${count}${rows}.`];
}

/** `It needs 80 % of the working days of a period.` */
function expectsSentence({ expects }: CollectedMeasure): readonly string[] {
  if (expects === undefined) return [];
  const { observations, of, minimum } = expects;
  const percent = decimal(minimum).times(100).toFixed();
  const unit = of === 'days' ? 'days with a row' : 'rows';
  const expected =
    typeof observations === 'number'
      ? `the ${observations} ${unit}`
      : of === 'days'
        ? `the ${observations.replace('_', ' ')}`
        : `a row for each of the ${observations.replace('_', ' ')}`;
  return [`It is judged where a period has at least ${percent} % of ${expected} it should have.`];
}

function termWords(term: Term): string {
  const what = term.kind === 'sum' ? `the sum of "${term.column}"` : 'the number of rows';
  return term.where.length === 0 ? what : `${what} where ${filterWords(term.where)}`;
}

function filterWords(filter: RowFilter): string {
  return filter.map((node) => nodeWords(node, filter.length > 1)).join(' and ');
}

/** @param isPart whether it stands beside others, so that what is joined by `or` needs its parentheses */
function nodeWords(node: FilterNode, isPart: boolean): string {
  if ('anyOf' in node) {
    const words = node.anyOf.map(filterWords).join(' or ');
    return isPart ? `(${words})` : words;
  }
  if ('not' in node) return `not (${filterWords(node.not)})`;
  const { column, operator } = node;
  if ('values' in node) return `${column} ${operator} (${node.values.map(literalWords).join(', ')})`;
  return `${column} ${operator} ${literalWords(node)}`;
}

function literalWords({ value, literal }: FilterLiteral): string {
  const quoted = literal !== 'number' && typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value);
  const asText = literal === 'text' || quoted;
  return asText ? `'${String(value).replaceAll("'", "''")}'` : String(value);
}

function periodWords({ snapshot, timeColumn }: Extract): string {
  if (snapshot === undefined) return `"${timeColumn}" says which period a row belongs to`;
  return `they are of the day they are read, and the ${snapshot.takes} capture of a period stands`;
}

function sourceSentence(extract: Extract, { connections }: ResolvedConfig): string {
  const connector = connections.find(({ id }) => id === extract.connection)?.connector;
  const kind = connector === undefined ? '' : ` (${connector})`;
  const { duplicates } = extract;
  const once =
    duplicates.keep === 'all'
      ? ''
      : duplicates.keep === 'reject'
        ? ` Rows that repeat ${duplicates.key.join(', ')} are rejected.`
        : ` Of rows with the same ${duplicates.key.join(', ')} the ${duplicates.keep} one counts.`;
  return `Its rows are those of the extract "${extract.id}" from the connection "${extract.connection}"${kind}, read ${cadenceWords(extract.cadence)}; ${periodWords(extract)}.${once}`;
}

/** `In "this_quarter" a cell of "0" is blank.` Of the columns that the value is made of. */
function blankSentences(measure: Measure, { columns }: Extract): readonly string[] {
  const used: readonly string[] = isCollected(measure) ? valueColumns(measure.aggregation) : [];
  return columns.flatMap(({ name, blanks }) =>
    blanks === undefined || !used.includes(name)
      ? []
      : [`In "${name}" a cell of ${blanks.map((text) => `"${text}"`).join(' or ')} is blank.`],
  );
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function cadenceWords({ every, weekday, day, hour, minute, timeZone }: Cadence): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  if (every === 'hour') return `every hour at minute ${minute}`;
  const at = `at ${two(hour)}:${two(minute)} ${timeZone}`;
  if (every === 'week') return `every ${WEEKDAYS[(weekday ?? 1) - 1] ?? 'week'} ${at}`;
  if (every === 'month') return `on day ${day ?? 1} of every month ${at}`;
  return `every day ${at}`;
}

const DIRECTIONS: Readonly<Record<Direction, string>> = {
  'higher-is-better': 'higher is better',
  'lower-is-better': 'lower is better',
  'in-band': 'it is good inside the range of its target',
  exact: 'it is good at its target, worse above and below',
  unscored: 'shown but not scored',
};

function rhythmSentence(measure: Measure, extract: Extract | undefined): string {
  const { frequency, direction, due } = measure;
  const restatementPeriods = isCollected(measure) ? measure.restatementPeriods : 0;
  const grace = due.graceDays === 0 ? 'missing right after' : `missing ${counted(due.graceDays, 'day')} later`;
  const again =
    restatementPeriods === 0 || extract?.snapshot !== undefined
      ? ''
      : ` Each run reads ${counted(restatementPeriods, 'closed period')} again.`;
  return `It is reported ${frequency} and ${DIRECTIONS[direction]}. A value is due ${whenDue(due)} and counts as ${grace}.${again}`;
}

function ownerSentence(
  { owner, objective, weight }: Measure,
  { people, scorecards, templates }: ResolvedConfig,
): string {
  const name = people.find(({ id }) => id === owner)?.name ?? owner;
  const aim = [...scorecards, ...(templates?.scorecards ?? [])]
    .flatMap(({ objectives }) => objectives)
    .find(({ address }) => address === objective);
  return `${name} owns it. It counts for the objective "${aim?.name ?? objective}" with weight ${weight}.`;
}
