import { ALERT_KINDS, isAlertKind } from '#src/domain/alert/kinds.js';
import { figureLine, figureWords } from '#src/domain/message/figure-words.js';
import type { MessageFacts } from '#src/domain/message/types.js';
import { readableInstant, readableInstants } from '../readable-instant.js';

/** `off track` */
export function kindWords(kind: string): string {
  return (isAlertKind(kind) ? ALERT_KINDS[kind].label : kind.replaceAll('_', ' ')).toLowerCase();
}

/** How the subject stands: `Rating by clients: no longer off track`. */
export function standingWords({ subject, kind, transition, stillHolds }: MessageFacts): string {
  const before =
    transition === 'reopened'
      ? 'again '
      : transition === 'resolved' && stillHolds !== true
        ? 'no longer '
        : ['woken', 'reminded', 'escalated', 'acknowledged', 'snoozed', 'resolved'].includes(transition)
          ? 'still '
          : '';
  return `${subject.name}: ${before}${kindWords(kind)}`;
}

/** The first sentence: what is news. */
export function leadWords(facts: MessageFacts): string {
  const { transition, by = 'Somebody', until = '', timeZone, stillHolds } = facts;
  const what = ownWords(facts);
  switch (transition) {
    case 'acknowledged':
      return `${by} has taken this over: ${what}`;
    case 'snoozed':
      return `${by} has asked for silence until ${readableInstant(until, timeZone)} about this: ${what}`;
    case 'resolved': {
      if (stillHolds === true)
        return `${by} has resolved this as it stands, and you hear of it when it goes further: ${what}`;
      const ended = endingWords(facts);
      if (facts.by !== undefined) return `${by} has resolved this${ended === undefined ? `: ${what}` : `. ${ended}`}`;
      if (ended !== undefined) return `This is over. ${ended}`;
      return `${asSentence(`This is over: ${readableInstants(facts.reason, timeZone)}`)} It was: ${asSentence(what)}`;
    }
    default:
      return asSentence(what);
  }
}

/** The value that ended it: `2026-10 has come: 4.6 stars against a target of 4.5, on track`. */
export function endingWords({ kind, figures }: MessageFacts): string | undefined {
  const { current, recent = [] } = figures ?? {};
  if (current === undefined) return undefined;
  if (kind !== 'late' && kind !== 'missing') return `${figureLine(current)}.`;
  // Of what ended because it is missing by now there is no value to tell of.
  return current.period === recent[0]?.period ? `${current.period} has come: ${figureWords(current)}.` : undefined;
}

/** The summary without the name of the measure before it, which stands above. */
function ownWords({ summary, subject, timeZone }: MessageFacts): string {
  const rest = summary.startsWith(`${subject.name} (`) ? summary.slice(subject.name.length) : '';
  const own = /^ \([a-z-]+\): /.test(rest) ? rest.replace(/^ \([a-z-]+\): /, '') : summary;
  return readableInstants(own, timeZone);
}

/** A line about each alert of a joint message. */
export function jointLines({ joint, timeZone }: MessageFacts): readonly string[] {
  if (joint === undefined) return [];
  const more = joint.count - joint.alerts.length;
  return [
    ...joint.alerts.map(({ line }) => readableInstants(line, timeZone)),
    ...(more > 0 ? [`and ${more} more, see "plumbline alerts"`] : []),
  ];
}

function asSentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(upper) ? upper : `${upper}.`;
}

/** Since when, and when it was noted, or was over. */
export function sinceWords({ period, at, timeZone, transition, stillHolds }: MessageFacts): string {
  const isOver = transition === 'resolved' && stillHolds !== true;
  return `${readableInstant(period, timeZone)}, ${isOver ? 'until' : 'noted'} ${readableInstant(at, timeZone)}`;
}

/** How bad it is, as label and words; nothing where there are no numbers, and of what is over, where the lead says it. */
export function howBad({ kind, transition, figures }: MessageFacts): readonly (readonly [string, string])[] {
  const current = figures?.current;
  if (current === undefined || transition === 'resolved') return [];
  if (kind === 'late' || kind === 'missing') return [['Last value', figureLine(current)]];
  if (current.gap === undefined) return [];
  return [[kind === 'improved' ? 'How good' : 'How bad', `${current.gap.words} in ${current.period}`]];
}

/** Why it is told now; nothing where the lead has said it: that it holds, or how it came to its end by itself. */
export function whyWords(facts: MessageFacts): readonly (readonly [string, string])[] {
  const { reason, period, timeZone, transition, by } = facts;
  if (reason === `it holds since ${period}` || (transition === 'resolved' && by === undefined)) return [];
  return [['Why', readableInstants(reason, timeZone)]];
}

/** The details that neither lead nor bars have said; none of what is over by itself, since they tell of how it was. */
export function otherDetails({ details, figures, summary, timeZone, transition, by }: MessageFacts): readonly string[] {
  if (transition === 'resolved' && by === undefined) return [];
  const shown = new Set((figures?.recent ?? []).map(figureLine));
  const isSaid = (detail: string): boolean =>
    shown.has(detail) || summary.includes(detail.replace(/^(\S+): late, was due /, '$1 was due '));
  return details.filter((detail) => !isSaid(detail)).map((detail) => readableInstants(detail, timeZone));
}
