import { isDerived, type Measure } from '#src/domain/measure/types.js';
import type { ActualRevision, WithdrawnActual } from '#src/store/types.js';
import type { ExplainedValue } from './explanation.js';
import { exactFigure, valueFigure } from './figures.js';
import { localTime } from './time-words.js';

const REASONS = {
  first: 'first reported',
  updated: 'updated while the period was open',
  restated: 'restated',
} as const;

/** `2. As restated: 5,400 EUR, recorded … by run ….`: what was reported, and what has changed since the revision before. */
export function revisionSentence(
  revision: ActualRevision | WithdrawnActual,
  before: ActualRevision | WithdrawnActual | undefined,
  { measure, config }: ExplainedValue,
): string {
  const at = localTime(revision.recordedAt, config.site.timeZone);
  const closed = revision.periodClosed ? '' : ', the period still open';
  const since = childrenChange(revision, before, measure);
  const recorded = `recorded ${at} by run ${revision.runId}${closed}${since === undefined ? '' : `; ${since}`}.`;
  if (revision.value === undefined)
    return `${revision.revision}. As ${REASONS[revision.reason]}: taken back, ${recorded}`;
  const shown = valueFigure(revision.value, measure);
  if (before?.value === revision.value) {
    return `${revision.revision}. The same value, ${shown}, made of other figures${partsOf(revision)}, ${recorded}`;
  }
  const looksSame = before?.value !== undefined && valueFigure(before.value, measure) === shown;
  const unrounded = looksSame ? `, unrounded ${exactFigure(revision.value)} after ${exactFigure(before.value)}` : '';
  return `${revision.revision}. As ${REASONS[revision.reason]}: ${shown}${unrounded}, ${recorded}`;
}

/** ` (14 ÷ 16)` where the sides are kept. */
function partsOf({ evidence: { numerator, denominator } }: ActualRevision): string {
  if (numerator === undefined || denominator === undefined) return '';
  return ` (${exactFigure(numerator)} ÷ ${exactFigure(denominator)})`;
}

/** Which units or scorecards have come below a measure made of theirs, and which have left it; all inputs must be kept. */
function childrenChange(
  revision: ActualRevision | WithdrawnActual,
  before: ActualRevision | WithdrawnActual | undefined,
  measure: Measure,
): string | undefined {
  if (!isDerived(measure) || measure.derivation.kind !== 'children') return undefined;
  const [now, then] = [revision.evidence.derived, before?.evidence.derived];
  if (now === undefined || then === undefined || now.more !== undefined || then.more !== undefined) return undefined;
  const without = (some: typeof now, others: typeof now): readonly string[] => {
    const names = new Set(others.inputs.map(({ name }) => name));
    return some.inputs.map(({ name }) => name).filter((name) => !names.has(name));
  };
  const [come, left] = [without(now, then), without(then, now)];
  const words = [
    ...(come.length === 0 ? [] : [`${come.join(', ')} ${come.length === 1 ? 'has' : 'have'} come below it`]),
    ...(left.length === 0 ? [] : [`${left.join(', ')} ${left.length === 1 ? 'has' : 'have'} left it`]),
  ];
  return words.length === 0 ? undefined : words.join(' and ');
}
