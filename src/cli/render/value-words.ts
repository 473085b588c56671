import type { Aggregate } from '#src/domain/actual/types.js';
import { isCollected, isDerived, type Measure } from '#src/domain/measure/types.js';
import type { ActualRevision, WithdrawnActual } from '#src/store/types.js';
import { rowsLeftOut } from '../value-notes.js';
import { filledFormula, inputSentences } from './derived-words.js';
import type { ExplainedValue } from './explanation.js';
import { exactFigure, readableFigure, scoreFigure, valueFigure } from './figures.js';
import { statusText } from './status-words.js';
import { counted } from './time-words.js';

/** The value, what it was made of, and how it stands; or that there is none, and why. */
export function valueSentences(explained: ExplainedValue): readonly string[] {
  const { found, measure, open } = explained;
  const current = found.revisions.at(-1);
  const status = found.score === undefined ? [] : [statusSentence(found.score)];
  if (current?.value !== undefined) {
    const { evidence } = current;
    const how = evidence.derived === undefined ? rowSentences(current, measure) : inputSentences(evidence.derived);
    return [
      `The value is ${valueFigure(current.value, measure)}${calculation(current.value, evidence, measure)}.`,
      ...how,
      ...noRowsSentence(current, measure),
      ...(open ? ['The period is not over: the value is partial, of what there is so far, and may still change.'] : []),
      ...status,
    ];
  }
  if (current?.evidence.derived !== undefined) {
    const { derived } = current.evidence;
    const why = derived.why === undefined ? '' : `: ${derived.why}`;
    return [`It had a value, which was taken back${why}.`, ...inputSentences(derived), ...status];
  }
  return noValueSentences(explained, status);
}

/** That there is none, why as far as that is known, and where there are some. */
function noValueSentences(explained: ExplainedValue, status: readonly string[]): readonly string[] {
  const { found, measure, asked, lacking } = explained;
  const { newest, count } = found.known;
  const none =
    asked === undefined && found.period === undefined ? 'There is no value yet.' : 'There is no value for it.';
  const isTold = lacking === undefined || found.score?.reason?.includes(lacking.message) === true;
  const why = isTold ? [] : [sentence(lacking.message)];
  const more = count - newest.length;
  const others =
    count === 0
      ? []
      : [`It has values of ${newest.join(', ')}${more > 0 ? ` and ${counted(more, 'earlier period')}` : ''}.`];
  return [none, ...why, ...status, ...others, ...(isDerived(measure) ? [] : [collectedSentence(explained)])];
}

function collectedSentence({ found, progress, period, lacking, open }: ExplainedValue): string {
  if (progress === undefined) {
    return found.known.count === 0
      ? 'Nothing has been collected for this measure yet.'
      : 'Under its present definition nothing has been collected for it yet.';
  }
  const { collectedFrom, collectedTo } = progress;
  const days = `Collected are the days from ${collectedFrom} to before ${collectedTo}`;
  if (period === undefined) return `${days}.`;
  if (period.end <= collectedFrom) return `${days}: the period is before them.`;
  if (period.start >= collectedTo) return `${days}: the period is after them.`;
  if (lacking !== undefined || period.start < collectedFrom) return `${days}.`;
  return `${days}; no row of the period gave a value${open ? ' so far' : ''}.`;
}

/** A 0 that nobody reported: a reader must not take it for one that was. */
function noRowsSentence(current: ActualRevision | WithdrawnActual, measure: Measure): readonly string[] {
  return rowsLeftOut(current, measure) === undefined
    ? []
    : [
        'No row of the period passed the filter: 0 is the sum of no rows. Where there should be some, "expects" in the definition keeps such a period from being judged.',
      ];
}

/** Rejects are counted by extract and period: a row that could not be typed has no unit, and no measure of its own. */
function rowSentences({ evidence, rejects, extract }: ActualRevision, measure: Measure): readonly string[] {
  const { rowsUsed, rowsFiltered, rowsBlank } = evidence;
  const entered = `${counted(rowsUsed, 'row')} of the period entered it; ${rowsFiltered} left out by the filter, ${rowsBlank} with a blank value`;
  if (rejects === 0) return [`${entered}, none was rejected.`];
  const whose = measure.forUnit === undefined ? '' : '; of which unit is not known of a rejected row';
  const were = rejects === 1 ? 'was' : 'were';
  return [
    `${entered}. Of the whole extract "${extract}" ${counted(rejects, 'row')} of the period ${were} rejected${whose}.`,
  ];
}

/** `Its status is ▲ at risk, score 60.5 of 100: without company/nps.` */
export function statusSentence({ status, score, reason, band }: NonNullable<ExplainedValue['found']['score']>): string {
  const points = score === undefined ? '' : `, score ${scoreFigure(score)} of 100`;
  const label = band === undefined ? '' : ` (${band})`;
  return `Its status is ${statusText(status)}${label}${points}${reason === undefined ? '' : `: ${reason}`}.`;
}

/**
 * ` = 98 ÷ 125 × 100`, of running totals ` = 250 − 100`, and the value with more decimals where it is shown with fewer than
 * it has.
 */
function calculation(value: string, evidence: Aggregate, measure: Measure): string {
  const { decimals } = measure;
  const scale = isCollected(measure) ? measure.scale : '1';
  const { numerator, denominator } = evidence;
  const rounded = (value.split('.')[1]?.length ?? 0) > decimals;
  const unrounded = rounded ? `, unrounded ${readableFigure(value)}` : '';
  if (evidence.derived?.text !== undefined) return `${filledFormula(measure, evidence.derived)}${unrounded}`;
  const times = scale === '1' ? '' : ` × ${scale}`;
  if (evidence.cumulative !== undefined) return `${growth(evidence.cumulative, evidence, times)}${unrounded}`;
  if (numerator === undefined || denominator === undefined) return unrounded;
  return ` = ${exactFigure(numerator)} ÷ ${exactFigure(denominator)}${times}${unrounded}`;
}

/** A running total less that of the period before; there is none before where it starts anew. */
function growth(total: string, { previousCumulative: previous }: Aggregate, times: string): string {
  if (previous === undefined) return ` = ${exactFigure(total)}${times}, where the running total starts anew`;
  const difference = `${exactFigure(total)} − ${exactFigure(previous)}`;
  return ` = ${times === '' ? difference : `(${difference})${times}`}`;
}

export const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
export const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${ended(text.slice(1))}`;
