import type { Measure } from '../measure/types.js';
import { valueText } from '../measure/value-text.js';
import { compareInstants, dateInZone } from '../period/period-instants.js';
import type { Instant, Period } from '../period/types.js';
import type { Status } from '../score/types.js';
import { shownTarget } from '../target/shown-target.js';
import type { DecimalText } from '../value/types.js';

/** A content that the score of a closed period had, or has. */
export interface JudgedContent {
  readonly period: Period;
  readonly status: Status;
  readonly value?: DecimalText;
  /** As text: `85`, `72..82`. */
  readonly target?: string;
  /** Another one where bands, score map, direction or due rule are others. */
  readonly ruleVersion: string;
  readonly isCurrent: boolean;
  /** When it was first scored; nominal, where its run is known. */
  readonly at: Instant;
}

/** What turned the status of a closed period. */
export interface StatusCause {
  readonly period: Period;
  readonly before: Status;
  readonly after: Status;
  /** A whole sentence without its end. */
  readonly words: string;
}

type Shown = Pick<Measure, 'unit' | 'decimals' | 'labels' | 'timeZone'>;

/**
 * What turned the status of a period to what it is now: its value, its target, or the rule that it is judged by.
 *
 * The current content is compared with the newest other one of the period; only such a change counts as is newer than `since`, so
 * that what an alert says is why it comes now. Nothing where the status was the same.
 *
 * @param contents all of one period, in any order
 */
export function statusCause(
  contents: readonly JudgedContent[],
  measure: Shown,
  since: Instant,
): StatusCause | undefined {
  const after = contents.find(({ isCurrent }) => isCurrent);
  const [before] = contents.filter((each) => each !== after).toSorted((a, b) => compareInstants(b.at, a.at));
  if (after === undefined || before === undefined || after.status === before.status) return undefined;
  // A content that came back has the time of its first scoring: when it came back is not known, and not before the other one.
  const isBack = compareInstants(after.at, before.at) < 0;
  if (compareInstants(isBack ? before.at : after.at, since) <= 0) return undefined;
  const when = isBack ? '' : ` on ${dateInZone(after.at, measure.timeZone)}`;
  const changes = changesBetween(before, after, measure);
  const what = changes.length === 0 ? 'what it is judged by was changed' : changes.join(', and ');
  const { period } = after;
  return {
    period,
    before: before.status,
    after: after.status,
    words: `${period.id} was ${inWords(before.status)} and is ${inWords(after.status)}, since ${what}${when}`,
  };
}

function changesBetween(before: JudgedContent, after: JudgedContent, measure: Shown): string[] {
  const { id } = after.period;
  const target = (text: string | undefined): string => (text === undefined ? 'none' : shownTarget(text, measure));
  const value = (text: DecimalText | undefined): string => (text === undefined ? 'none' : valueText(text, measure));
  const isRetargeted = before.target !== after.target;
  // A rule is another one for every period where a target was added for a later one: only with nothing else it is what counted.
  const isRuled = before.ruleVersion !== after.ruleVersion && !isRetargeted && before.value === after.value;
  return [
    ...(before.value === after.value
      ? []
      : [`its value was changed from ${value(before.value)} to ${value(after.value)}`]),
    ...(isRetargeted
      ? [`the target of ${id} was changed from ${target(before.target)} to ${target(after.target)}`]
      : []),
    ...(isRuled ? ['its bands or the rule of its score were changed'] : []),
  ];
}

function inWords(status: Status): string {
  return status.replace('_', ' ');
}
