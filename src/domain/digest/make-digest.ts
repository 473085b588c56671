import { ALERT_KIND_NAMES, ALERT_KINDS, quietAfterDays } from '../alert/kinds.js';
import { isStanding } from '../alert/transitions.js';
import { figureLine } from '../message/figure-words.js';
import type { MessageSection, PeriodFigures } from '../message/types.js';
import { addMilliseconds, compareInstants, dateInZone, isInstant } from '../period/period-instants.js';
import type { Instant } from '../period/types.js';
import type { Digest, DigestAlert, DigestInput, DigestMeasure } from './types.js';

/** Lines of a section: a page is not read. */
const MOST_LINES = 10;

const RANKS: readonly string[] = ['off_track', 'at_risk', 'on_track'];

/**
 * What a person has to know since the last time: what is open, the worst first; what has changed; what stands badly and has
 * no alert of its own; what is due next, and from whom. No line says what another has said.
 */
export function makeDigest(input: DigestInput): Digest {
  const { alerts, since, timeZone } = input;
  const open = alerts.filter(({ state }) => isStanding(state)).toSorted(worstFirst);
  const over = alerts.filter((alert) => isOverSince(alert, since)).toSorted(worstFirst);
  const told = new Set(open.map(({ subject }) => subject));
  const untold = input.measures.filter((measure) => isBad(measure) && !told.has(measure.subject));
  const listed = new Set([...told, ...untold.map(({ subject }) => subject)]);
  const turned = input.measures.filter((measure) => hasTurned(measure, since) && !listed.has(measure.subject));
  const day = dateInZone(since, timeZone);
  const sections = [
    section(
      'Open, the worst first',
      open.map((alert) => openLine(alert, input)),
    ),
    section(`Changed since ${day}`, [...over.map(overLine), ...turned.map(turnedLine)]),
    section(
      'Without an alert of its own',
      untold.toSorted(worseFirst).map((measure) => untoldLine(measure, since)),
    ),
    section('Due by', dueLines(input)),
  ].filter(({ lines }) => lines.length > 0);
  const isEmpty = open.length + over.length + untold.length + turned.length === 0;
  const fresh = open.filter(({ openedAt }) => compareInstants(openedAt, since) > 0).length;
  return { summary: summaryOf({ open: open.length, fresh, over: over.length, isEmpty, day }), sections, isEmpty };
}

function summaryOf(of: {
  readonly open: number;
  readonly fresh: number;
  readonly over: number;
  readonly isEmpty: boolean;
  readonly day: string;
}): string {
  const { open, fresh, over, isEmpty, day } = of;
  if (isEmpty) return `All is well: nothing is late, missing or off track, and nothing has changed since ${day}.`;
  const openWords = open === 0 ? 'No alert is open' : open === 1 ? '1 alert is open' : `${open} alerts are open`;
  const freshWords = fresh === 0 ? '' : `, ${fresh} new since ${day}`;
  const overWords = over === 0 ? '' : `; ${over} over since ${day}`;
  return `${openWords}${freshWords}${overWords}.`;
}

function section(heading: string, lines: readonly string[]): MessageSection {
  const left = lines.length - MOST_LINES;
  return { heading, lines: left > 0 ? [...lines.slice(0, MOST_LINES), `and ${left} more`] : lines };
}

function worstFirst(a: DigestAlert, b: DigestAlert): number {
  return (
    ALERT_KIND_NAMES.indexOf(a.kind) - ALERT_KIND_NAMES.indexOf(b.kind) ||
    compareInstants(a.openedAt, b.openedAt) ||
    compareTexts(a.subject, b.subject)
  );
}

function worseFirst(a: DigestMeasure, b: DigestMeasure): number {
  return rank(a.newest?.status) - rank(b.newest?.status) || compareTexts(a.subject, b.subject);
}

function rank(status: string | undefined): number {
  return RANKS.indexOf(status ?? '');
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isOverSince({ kind, state, resolvedAt }: DigestAlert, since: Instant): boolean {
  return (
    quietAfterDays(kind) === undefined &&
    state === 'resolved' &&
    resolvedAt !== undefined &&
    compareInstants(resolvedAt, since) > 0
  );
}

function isBad({ newest }: DigestMeasure): boolean {
  return newest?.status === 'at_risk' || newest?.status === 'off_track';
}

/** Whether a value that has come since then has another status than the one before it. */
function hasTurned({ newest, before }: DigestMeasure, since: Instant): boolean {
  if (newest === undefined || before === undefined || compareInstants(newest.knownAt, since) <= 0) return false;
  return rank(newest.status) >= 0 && rank(before.status) >= 0 && newest.status !== before.status;
}

function openLine(alert: DigestAlert, { since, timeZone, measures, reader, nameOf }: DigestInput): string {
  const { kind, name, period, subject, openedAt, state, snoozedUntil, owner, handledBy } = alert;
  const began = isInstant(period) ? dateInZone(period, timeZone) : period;
  const isNew = compareInstants(openedAt, since) > 0 ? ', new' : '';
  const newest = measures.find((each) => each.subject === subject)?.newest;
  const gap = kind === 'off_track' && newest?.gap !== undefined ? `; ${newest.gap.words} in ${newest.period}` : '';
  const from = owner === reader ? '' : `; from ${nameOf(owner)}`;
  const hand =
    state === 'acknowledged'
      ? `; ${handledBy === undefined ? 'taken over' : `${nameOf(handledBy)} has it in hand`}`
      : state === 'snoozed' && snoozedUntil !== undefined
        ? `; silent until ${dateInZone(snoozedUntil, timeZone)}`
        : '';
  return `${ALERT_KINDS[kind].label}${isNew}: ${name}, since ${began}${gap}${from}${hand}`;
}

function overLine({ kind, name }: DigestAlert): string {
  return `Over: ${name} is no longer ${ALERT_KINDS[kind].label.toLowerCase()}`;
}

function turnedLine(measure: DigestMeasure): string {
  const { name, newest, before } = measure;
  if (newest === undefined || before === undefined) return name;
  return `${rank(newest.status) > rank(before.status) ? 'Better' : 'Worse'}: ${standing(name, newest)}; ${wordsBefore(before)}`;
}

function untoldLine(measure: DigestMeasure, since: Instant): string {
  const { name, newest, before } = measure;
  if (newest === undefined || before === undefined || !hasTurned(measure, since)) return standing(name, newest);
  return `${standing(name, newest)}; ${wordsBefore(before)}`;
}

function standing(name: string, newest: PeriodFigures | undefined): string {
  return newest === undefined ? name : `${name}, ${figureLine(newest)}`;
}

function wordsBefore({ status }: PeriodFigures): string {
  return `${status.replaceAll('_', ' ')} before`;
}

function dueLines({ measures, now, dueUntil, timeZone, reader, nameOf }: DigestInput): readonly string[] {
  return measures
    .flatMap(({ next, ...measure }) => (next === undefined ? [] : [{ ...measure, next }]))
    .filter(({ next }) => compareInstants(next.due, now) > 0 && compareInstants(next.due, dueUntil) <= 0)
    .toSorted((a, b) => compareInstants(a.next.due, b.next.due) || compareTexts(a.subject, b.subject))
    .map(({ name, owner, next }) => {
      const from = owner === reader ? 'you' : nameOf(owner);
      // The last day on which it is on time: most values are due at the midnight after it.
      return `${dateInZone(addMilliseconds(next.due, -1), timeZone)}: ${name} for ${next.period}, from ${from}`;
    });
}
