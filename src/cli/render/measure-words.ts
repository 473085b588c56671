import type { Cadence, Extract, ResolvedConfig } from '#src/config/types.js';
import {
  type Aggregation,
  type CollectedMeasure,
  type Condition,
  isCollected,
  type Measure,
  type RowFilter,
  type Term,
} from '#src/domain/measure/types.js';
import { counted } from './time-words.js';

/** What a measure is, as sentences: value, source, rhythm, owner. */
export function definitionSentences(measure: Measure, config: ResolvedConfig): readonly string[] {
  const extract = config.extracts.find(({ id }) => isCollected(measure) && id === measure.extract);
  return [
    ...(measure.description === undefined ? [] : [measure.description]),
    ...(isCollected(measure) ? [valueSentence(measure)] : []),
    ...(extract === undefined ? [] : [sourceSentence(extract, config)]),
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
    case 'last':
      return `the last "${aggregation.column}" of the period`;
    case 'count':
      return 'the number of rows';
    case 'ratio':
      return `${termWords(aggregation.numerator)}, divided by ${termWords(aggregation.denominator)}`;
  }
}

function termWords(term: Term): string {
  const what = term.kind === 'sum' ? `the sum of "${term.column}"` : 'the number of rows';
  return term.where.length === 0 ? what : `${what} where ${filterWords(term.where)}`;
}

function filterWords(filter: RowFilter): string {
  return filter.map(conditionWords).join(' and ');
}

function conditionWords({ column, operator, value, literal }: Condition): string {
  const quoted = literal !== 'number' && typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value);
  const asText = literal === 'text' || quoted;
  return `${column} ${operator} ${asText ? `'${String(value).replaceAll("'", "''")}'` : String(value)}`;
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

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function cadenceWords({ every, weekday, day, hour, minute, timeZone }: Cadence): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  if (every === 'hour') return `every hour at minute ${minute}`;
  const at = `at ${two(hour)}:${two(minute)} ${timeZone}`;
  if (every === 'week') return `every ${WEEKDAYS[(weekday ?? 1) - 1] ?? 'week'} ${at}`;
  if (every === 'month') return `on day ${day ?? 1} of every month ${at}`;
  return `every day ${at}`;
}

function rhythmSentence(measure: Measure, extract: Extract | undefined): string {
  const { frequency, direction, due } = measure;
  const restatementPeriods = isCollected(measure) ? measure.restatementPeriods : 0;
  const judged = direction === 'unscored' ? 'shown but not scored' : direction.replaceAll('-', ' ');
  const dueWords =
    due.businessDays === 0
      ? 'at the end of the period'
      : `${counted(due.businessDays, 'working day')} after the end of the period`;
  const grace = due.graceDays === 0 ? 'missing right after' : `missing ${counted(due.graceDays, 'day')} later`;
  const again =
    restatementPeriods === 0 || extract?.snapshot !== undefined
      ? ''
      : ` Each run reads ${counted(restatementPeriods, 'closed period')} again.`;
  return `It is reported ${frequency} and ${judged}. A value is due ${dueWords} and counts as ${grace}.${again}`;
}

function ownerSentence({ owner, objective, weight }: Measure, { people, scorecards }: ResolvedConfig): string {
  const name = people.find(({ id }) => id === owner)?.name ?? owner;
  const aim = scorecards.flatMap(({ objectives }) => objectives).find(({ address }) => address === objective);
  return `${name} owns it. It counts for the objective "${aim?.name ?? objective}" with weight ${weight}.`;
}
