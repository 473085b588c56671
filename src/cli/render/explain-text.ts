import { missedSentence } from '#src/activities/pull/missed-captures.js';
import { SOURCE_PAUSED } from '#src/domain/failure/source-pause.js';
import { standWords } from '#src/domain/freshness/absence-words.js';
import { isPast, type PullEvidence, sourceStand } from '#src/domain/freshness/evidence.js';
import { isCollected, isDerived } from '#src/domain/measure/types.js';
import type { PullRecord, PullWatermark, RowBalance } from '#src/store/types.js';
import { dueSentences } from './due-words.js';
import type { ExplainedValue } from './explanation.js';
import { definitionSentences } from './measure-words.js';
import { noteSentences } from './note-words.js';
import { revisionSentence } from './revision-words.js';
import { judgementSentences } from './score-words.js';
import { printable, wrapped } from './text-width.js';
import { counted, localTime } from './time-words.js';
import { ended, sentence, valueSentences } from './value-words.js';

/** Where a value comes from, as headed paragraphs of sentences. */
export function explainText(explained: ExplainedValue, width: number): string {
  const { measure, found } = explained;
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['What it is', definitionSentences(measure, explained.config)],
    [`The period ${periodName(explained)}`, valueSentences(explained)],
    ['What people wrote', noteSentences(explained.notes, explained.config)],
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
  as_of_name: 'the date in its name',
  own: 'its own word',
} as const;

/** What is longer is a digest: of use only to compare, and nothing to people who have its time. */
const LONGEST_MARK = 40;

function watermarkSentences(watermark: PullWatermark | undefined, zone: string): readonly string[] {
  if (watermark === undefined) return [];
  const { evidence, value, at } = watermark;
  const time = at?.includes('T') === true ? localTime(at, zone) : at;
  const isDigest = value.length > LONGEST_MARK;
  const shown = isDigest ? (time ?? `${value.slice(0, 12)}…`) : value;
  const when = isDigest || time === undefined || at === value ? '' : `, of ${time}`;
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

/** Only where it says more than the pull that brought the value: a newer one that failed, or the first one at all. */
function latestPullSentences(explained: ExplainedValue): readonly string[] {
  const { found, config } = explained;
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
    : [
        last,
        balanceSentence(latestPull.balance),
        'It changed nothing in this period.',
        ...currentSentences(explained, latestPull),
      ];
}

/** A value that stays the same is no old one where its source has come past the period. */
function currentSentences(
  { config, measure, found: { period } }: ExplainedValue,
  pull: PullEvidence,
): readonly string[] {
  if (period === undefined || !isCollected(measure)) return [];
  const { evidence = 'newest_row' } = config.extracts.find(({ id }) => id === measure.extract) ?? {};
  const stand = sourceStand(evidence, pull);
  if (stand === undefined || !isPast(stand, period, measure.timeZone)) return [];
  return [`The source is past the period, ${standWords(stand, measure.timeZone)}: the value is current.`];
}
