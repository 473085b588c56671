import { missedSentence } from '#src/activities/pull/missed-captures.js';
import type { Aggregate } from '#src/domain/actual/types.js';
import { SOURCE_PAUSED } from '#src/domain/failure/source-pause.js';
import { isCollected, isDerived, type Measure } from '#src/domain/measure/types.js';
import type { ActualRevision, PullRecord, PullWatermark, RowBalance } from '#src/store/types.js';
import { filledFormula, inputSentences } from './derived-words.js';
import { dueSentences } from './due-words.js';
import type { ExplainedValue } from './explanation.js';
import { exactFigure, readableFigure, scoreFigure, valueFigure } from './figures.js';
import { definitionSentences } from './measure-words.js';
import { revisionSentence } from './revision-words.js';
import { judgementSentences } from './score-words.js';
import { statusText } from './status-words.js';
import { printable, wrapped } from './text-width.js';
import { counted, localTime } from './time-words.js';

/** Where a value comes from, as headed paragraphs of sentences. */
export function explainText(explained: ExplainedValue, width: number): string {
  const { measure, found } = explained;
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['What it is', definitionSentences(measure, explained.config)],
    [`The period ${periodName(explained)}`, valueSentences(explained)],
    ['When it is wanted', dueSentences(explained)],
    ['How it is judged', found.revisions.length === 0 ? [] : judgementSentences(explained)],
    [
      'What was reported',
      found.revisions.map((revision, index) => revisionSentence(revision, found.revisions[index - 1], explained)),
    ],
    [isDerived(measure) ? 'Where it was computed' : 'Where it was read', provenanceSentences(explained)],
    [`Rejected rows that may belong to it: ${found.rejects.total}`, rejectSentences(explained)],
    ['The source now', latestPullSentences(explained)],
    ['Captures', explained.missed.map(missedSentence)],
  ];
  const paragraphs = sections
    .filter(([, sentences]) => sentences.length > 0)
    .map(([heading, sentences]) =>
      [heading, ...sentences.map((sentence) => wrapped(printable(sentence), width, '  '))].join('\n'),
    );
  return `${printable(measure.name)} (${measure.address})\n\n${paragraphs.join('\n\n')}\n`;
}

function periodName({ found, asked, open }: ExplainedValue): string {
  const { period } = found;
  if (period === undefined) return asked ?? 'to be shown';
  return `${period.id}, from ${period.start} to before ${period.end}${open ? ' (so far)' : ''}`;
}

function valueSentences(explained: ExplainedValue): readonly string[] {
  const { found, measure, open } = explained;
  const current = found.revisions.at(-1);
  const status = found.score === undefined ? [] : [statusSentence(found.score)];
  if (current?.value !== undefined) {
    const { evidence } = current;
    const how = evidence.derived === undefined ? rowSentences(current, measure) : inputSentences(evidence.derived);
    return [
      `The value is ${valueFigure(current.value, measure.unit, measure.decimals)}${calculation(current.value, evidence, measure)}.`,
      ...how,
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

/** ` = 98 ÷ 125 × 100`, and the value with more decimals where it is shown with fewer than it has. */
function calculation(value: string, evidence: Aggregate, measure: Measure): string {
  const { decimals } = measure;
  const scale = isCollected(measure) ? measure.scale : '1';
  const { numerator, denominator } = evidence;
  const rounded = (value.split('.')[1]?.length ?? 0) > decimals;
  const unrounded = rounded ? `, unrounded ${readableFigure(value)}` : '';
  if (evidence.derived?.text !== undefined) return `${filledFormula(measure, evidence.derived)}${unrounded}`;
  if (numerator === undefined || denominator === undefined) return unrounded;
  const times = scale === '1' ? '' : ` × ${scale}`;
  return ` = ${exactFigure(numerator)} ÷ ${exactFigure(denominator)}${times}${unrounded}`;
}

function provenanceSentences({ found, run, config, measure }: ExplainedValue): readonly string[] {
  const { pull } = found;
  const runId = pull?.runId ?? found.revisions.at(-1)?.runId;
  if (runId === undefined) return [];
  const zone = config.site.timeZone;
  const by =
    run === undefined
      ? `Run ${runId}`
      : `Run ${run.runId} (${run.trigger}, ${run.state}, configuration ${run.configRevision})`;
  if (pull === undefined) return isDerived(measure) ? [`${by} computed it.`] : [];
  const read = `${by} read the extract "${pull.extract}" for ${localTime(pull.logicalTime, zone)}, at ${localTime(pull.at, zone)}.`;
  return [read, ...outcomeSentences(pull, zone)];
}

function outcomeSentences(pull: PullRecord, zone: string): readonly string[] {
  const notes = (pull.notes ?? []).map((note) => `Note: ${ended(note)}`);
  if (pull.outcome === 'ok') {
    return [
      balanceSentence(pull.balance),
      ...repairSentences(pull.repaired),
      ...pull.description,
      ...watermarkSentences(pull.watermark, zone),
      `Digest of what was read: ${pull.digest}`,
      ...notes,
    ];
  }
  const { code, message, remedy } = pull.failure;
  return [
    `It failed: ${code}, ${message}`,
    ...(remedy === undefined ? [] : [`What to do: ${remedy}`]),
    ...(pull.balance === undefined ? [] : [balanceSentence(pull.balance)]),
    ...notes,
  ];
}

/** Each repair by its name: the rows are among the used ones. */
function repairSentences(repaired: Readonly<Record<string, number>> | undefined): readonly string[] {
  const rules = Object.entries(repaired ?? {}).map(([rule, count]) => `${count} (${rule.replaceAll('_', ' ')})`);
  return rules.length === 0 ? [] : [`Mended, as the extract allows: ${rules.join(', ')}.`];
}

const EVIDENCE = {
  column_maximum: 'the maximum of a column',
  query: 'a query',
  file: 'its files',
  modified_time: 'its time of change',
  as_of_cell: 'its "as of" cell',
  own: 'its own word',
} as const;

/** Digests are of use only to compare, so their beginning will do. */
const LONGEST_MARK = 40;

function watermarkSentences(watermark: PullWatermark | undefined, zone: string): readonly string[] {
  if (watermark === undefined) return [];
  const { evidence, value, at } = watermark;
  const shown = value.length > LONGEST_MARK ? `${value.slice(0, 12)}…` : value;
  const when = at === undefined || at === value ? '' : `, of ${at.includes('T') ? localTime(at, zone) : at}`;
  return [`By ${EVIDENCE[evidence]}, the source had come to ${shown}${when}.`];
}

/** Seen = used + rejected + skipped, each rule by its name. */
function balanceSentence({ seen, used, rejected, skipped }: RowBalance): string {
  const rules = Object.entries(skipped).map(([rule, count]) => ` + ${count} skipped (${rule.replaceAll('_', ' ')})`);
  return `${counted(seen, 'row')} seen = ${used} used + ${rejected} rejected${rules.join('')}.`;
}

function rejectSentences({ found }: ExplainedValue): readonly string[] {
  const { shown, total } = found.rejects;
  const lines = shown.map(({ locator, column, raw, rule, message, remedy }) => {
    const place = column === undefined ? locator : `${locator}, column "${column}"`;
    return `${place}: "${raw}" (${rule}). ${sentence(message)} What would be right: ${ended(remedy)}`;
  });
  return total > shown.length ? [...lines, `and ${total - shown.length} more, in the store's table "reject".`] : lines;
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${ended(text.slice(1))}`;

/** Only where it says more than the pull that brought the value: a newer one that failed, or the first one at all. */
function latestPullSentences({ found, config }: ExplainedValue): readonly string[] {
  const { latestPull, pull } = found;
  if (latestPull === undefined || (pull !== undefined && latestPull.runId === pull.runId)) return [];
  const zone = config.site.timeZone;
  const last = `The extract "${latestPull.extract}" was last read for ${localTime(latestPull.logicalTime, zone)} by run ${latestPull.runId}.`;
  if (latestPull.outcome === 'failed') {
    const { code, message, remedy } = latestPull.failure;
    if (code !== SOURCE_PAUSED) return [last, ...outcomeSentences(latestPull, zone)];
    const paused = `The extract "${latestPull.extract}" was not read for ${localTime(latestPull.logicalTime, zone)} by run ${latestPull.runId}: ${code}, ${ended(message)}`;
    return [paused, ...(remedy === undefined ? [] : [`What to do: ${remedy}`])];
  }
  return pull === undefined
    ? [last, ...outcomeSentences(latestPull, zone)]
    : [last, balanceSentence(latestPull.balance), 'It changed nothing in this period.'];
}
