import { MISSING_NOW } from '#src/domain/alert/assess.js';
import { isAlertKind, kindInWords } from '#src/domain/alert/kinds.js';
import { figureLine, figureWords } from '#src/domain/message/figure-words.js';
import type { MessageFacts } from '#src/domain/message/types.js';
import { readableInstant, readableInstants } from '../readable-instant.js';

/** `off track`; with how it stands: `still off track`, `rows no longer rejected` */
export function kindWords(kind: string, how = ''): string {
  return isAlertKind(kind) ? kindInWords(kind, how) : `${how} ${kind.replaceAll('_', ' ')}`.trim();
}

/** How the subject stands: `Rating by clients: no longer off track`. */
export function standingWords({ subject, kind, transition, stillHolds, reason }: MessageFacts): string {
  if (reason === MISSING_NOW) return `${subject.name}: missing now`;
  const how =
    transition === 'reopened'
      ? 'again'
      : transition === 'resolved' && stillHolds !== true
        ? 'no longer'
        : ['woken', 'reminded', 'escalated', 'acknowledged', 'snoozed', 'resolved'].includes(transition)
          ? 'still'
          : '';
  return `${subject.name}: ${kindWords(kind, how)}`;
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
      if (facts.reason === MISSING_NOW) return `${asSentence(MISSING_NOW)} It was: ${asSentence(what)}`;
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
  const since = readableInstant(period, timeZone);
  const then = readableInstant(at, timeZone);
  if (transition === 'resolved' && stillHolds !== true) return `${since}, until ${then}`;
  // What is told again was noted before; of a source, what it is since is when it was noted.
  return ['opened', 'reopened'].includes(transition) && then !== since ? `${since}, noted ${then}` : since;
}

/** How bad it is, as label and words; nothing where there are no numbers, and of what is over, where the lead says it. */
export function howBad({ kind, transition, figures }: MessageFacts): readonly (readonly [string, string])[] {
  const current = figures?.current;
  if (current === undefined || transition === 'resolved') return [];
  if (kind === 'late' || kind === 'missing') return [['Last value', figureLine(current)]];
  if (current.gap === undefined) return [];
  const isGood = kind === 'improved' || current.status === 'on_track';
  return [[isGood ? 'How good' : 'How bad', `${current.gap.words} in ${current.period}`]];
}

/** Why it is told now; nothing where the lead has said it: that it holds, or how it came to its end by itself. */
export function whyWords(facts: MessageFacts): readonly (readonly [string, string])[] {
  const { reason, period, timeZone, transition, by } = facts;
  if (reason === `it holds since ${period}` || (transition === 'resolved' && by === undefined)) return [];
  return [['Why', readableInstants(reason, timeZone)]];
}

/** The details that neither lead nor bars have said; none of what is over by itself, since they tell of how it was. */
export function otherDetails(facts: MessageFacts): readonly string[] {
  const { details, figures, summary, timeZone, transition, by, joint } = facts;
  if (transition === 'resolved' && by === undefined) return [];
  const said = joint === undefined ? [summary] : joint.alerts.map(({ line }) => line);
  const shown = new Set((figures?.recent ?? []).map(figureLine));
  const isSaid = (detail: string): boolean =>
    shown.has(detail) || said.every((each) => each.includes(detail.replace(/^(\S+): late, was due /, '$1 was due ')));
  return details.filter((detail) => !isSaid(detail)).map((detail) => readableInstants(detail, timeZone));
}
