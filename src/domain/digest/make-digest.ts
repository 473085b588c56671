import { ALERT_KIND_NAMES, ALERT_KINDS, kindInWords, quietAfterDays } from '../alert/kinds.js';
import { isStanding } from '../alert/transitions.js';
import { figureLine } from '../message/figure-words.js';
import type { MessageSection, PeriodFigures } from '../message/types.js';
import { addMilliseconds, compareInstants, dateInZone, isInstant } from '../period/period-instants.js';
import type { Digest, DigestAlert, DigestInput, DigestMeasure } from './types.js';

/** Lines of a section: a page is not read. */
const MOST_LINES = 10;

const RANKS: readonly string[] = ['off_track', 'at_risk', 'on_track'];

/**
 * What a person has to know since the last time: what is open, the worst first; what has changed; what stands badly and has
 * no alert of its own; what is due next, and from whom. No line says what another has said.
 *
 * What is new is seen by what the last one told of, and not by times alone: a run may note at nine what was so at seven, after a
 * digest at eight.
 */
export function makeDigest(input: DigestInput): Digest {
  const { alerts, measures, since, timeZone } = input;
  const open = alerts.filter(({ state }) => isStanding(state)).toSorted(worstFirst);
  const over = alerts.filter((alert) => isOver(alert, input) && !isMissingNow(alert, alerts)).toSorted(worstFirst);
  const alerted = new Set(open.map(({ subject }) => subject));
  const untold = measures.filter((measure) => isBad(measure) && !alerted.has(measure.subject)).toSorted(worseFirst);
  const listed = new Set([...alerted, ...untold.map(({ subject }) => subject)]);
  const turned = measures.filter((measure) => hasTurned(measure, input) && !listed.has(measure.subject));
  const day = dateInZone(since, timeZone);
  const sections = [
    section(
      'Open, the worst first',
      open.map((alert) => openLine(alert, input)),
    ),
    section(`Changed since ${day}`, [...over.map(overLine), ...turned.map(turnedLine)]),
    section(
      'Without an alert of its own',
      untold.map((measure) => untoldLine(measure, input)),
    ),
    section('Due by', dueLines(input)),
  ].filter(({ lines }) => lines.length > 0);
  const fresh = open.filter((alert) => isNewAlert(alert, input));
  const counts = { open: open.length, fresh: fresh.length, over: over.length, untold: untold.length };
  const hasNews =
    fresh.length + over.length + turned.length > 0 || untold.some((measure) => isNewlyBad(measure, input));
  const isEmpty = open.length + over.length + untold.length + turned.length === 0;
  return {
    summary: isEmpty ? `${ALL_WELL} since ${day}.` : summaryOf(counts, hasNews, day),
    sections,
    isEmpty,
    hasNews,
    isWorthRepeating: untold.length > 0 || open.some(({ state }) => state !== 'snoozed'),
    // Those with an alert too: they stand as badly when it is over before them.
    standing: [...open.map(standingAlert), ...measures.filter(isBad).map(standingMeasure)],
  };
}

const ALL_WELL = 'All is well: nothing is late, missing or off track, and nothing has changed';

interface Counts {
  readonly open: number;
  readonly fresh: number;
  readonly over: number;
  readonly untold: number;
}

function summaryOf({ open, fresh, over, untold }: Counts, hasNews: boolean, day: string): string {
  const openWords = open === 0 ? 'No alert is open' : open === 1 ? '1 alert is open' : `${open} alerts are open`;
  if (!hasNews) {
    const bad = untold === 1 ? '1 measure stands badly' : `${untold} measures stand badly`;
    return `${openWords}${untold === 0 ? '' : `, ${bad}`}; nothing is new since ${day}.`;
  }
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

/** What a digest that tells of an alert keeps of it: another opening is another. */
function standingAlert({ kind, subject, period, openedAt }: DigestAlert): string {
  return [kind, subject, period, openedAt].join(' ');
}

function standingMeasure({ subject, newest }: DigestMeasure): string {
  return [newest?.status, subject].join(' ');
}

function isNewAlert(alert: DigestAlert, { since, toldThen }: DigestInput): boolean {
  return toldThen === undefined ? compareInstants(alert.openedAt, since) > 0 : !toldThen.has(standingAlert(alert));
}

function isNewlyBad(measure: DigestMeasure, input: DigestInput): boolean {
  return input.toldThen === undefined ? hasTurned(measure, input) : !input.toldThen.has(standingMeasure(measure));
}

function isOver(alert: DigestAlert, { since, toldThen }: DigestInput): boolean {
  const { kind, state, resolvedAt } = alert;
  if (quietAfterDays(kind) !== undefined || state !== 'resolved' || resolvedAt === undefined) return false;
  return compareInstants(resolvedAt, since) > 0 || toldThen?.has(standingAlert(alert)) === true;
}

/** Whether it ended because the value was missing from then on: nothing is over, and of that there is an alert. */
function isMissingNow({ kind, subject, resolvedAt }: DigestAlert, alerts: readonly DigestAlert[]): boolean {
  if (kind !== 'late') return false;
  return alerts.some((each) => each.kind === 'missing' && each.subject === subject && each.openedAt === resolvedAt);
}

function isBad({ newest }: DigestMeasure): boolean {
  return newest?.status === 'at_risk' || newest?.status === 'off_track';
}

/** Whether a value that has come since then has another status than the one before it, or than the last digest told of. */
function hasTurned(measure: DigestMeasure, { since, toldThen }: DigestInput): boolean {
  const { newest, before } = measure;
  if (newest === undefined || before === undefined || rank(newest.status) < 0 || rank(before.status) < 0) return false;
  if (newest.status === before.status) return false;
  const wasTold = toldThen?.has(standingMeasure({ ...measure, newest: { ...newest, status: before.status } })) === true;
  return wasTold || compareInstants(newest.knownAt, since) > 0;
}

function openLine(alert: DigestAlert, input: DigestInput): string {
  const { timeZone, measures, reader, standsInFor, nameOf } = input;
  const { kind, name, period, subject, state, snoozedUntil, owner, handledBy } = alert;
  const began = isInstant(period) ? dateInZone(period, timeZone) : period;
  const isNew = isNewAlert(alert, input) ? ', new' : '';
  const newest = measures.find((each) => each.subject === subject)?.newest;
  const gap = kind === 'off_track' && newest?.gap !== undefined ? `; ${newest.gap.words} in ${newest.period}` : '';
  const from = owner === reader ? '' : `; ${standsInFor.includes(owner) ? 'for' : 'from'} ${nameOf(owner)}`;
  const hand =
    state === 'acknowledged'
      ? `; ${handledBy === undefined ? 'taken over' : `${nameOf(handledBy)} has it in hand`}`
      : state === 'snoozed' && snoozedUntil !== undefined
        ? `; silent until ${dateInZone(snoozedUntil, timeZone)}`
        : '';
  return `${ALERT_KINDS[kind].label}${isNew}: ${name}, since ${began}${gap}${from}${hand}`;
}

function overLine({ kind, name }: DigestAlert): string {
  const words = kindInWords(kind, 'no longer');
  return words.startsWith('no longer') ? `Over: ${name} is ${words}` : `Over: ${name}: ${words}`;
}

function turnedLine(measure: DigestMeasure): string {
  const { name, newest, before } = measure;
  if (newest === undefined || before === undefined) return name;
  return `${rank(newest.status) > rank(before.status) ? 'Better' : 'Worse'}: ${standing(name, newest)}; ${wordsBefore(before)}`;
}

function untoldLine(measure: DigestMeasure, input: DigestInput): string {
  const { name, owner, newest, before } = measure;
  const of = input.standsInFor.includes(owner) ? `; for ${input.nameOf(owner)}` : '';
  if (newest === undefined || before === undefined || !hasTurned(measure, input))
    return `${standing(name, newest)}${of}`;
  return `${standing(name, newest)}; ${wordsBefore(before)}${of}`;
}

function standing(name: string, newest: PeriodFigures | undefined): string {
  return newest === undefined ? name : `${name}, ${figureLine(newest)}`;
}

function wordsBefore({ status }: PeriodFigures): string {
  return `${status.replaceAll('_', ' ')} before`;
}

function dueLines({ measures, now, dueUntil, timeZone, reader, standsInFor, nameOf }: DigestInput): readonly string[] {
  return measures
    .flatMap(({ next, ...measure }) => (next === undefined ? [] : [{ ...measure, next }]))
    .filter(({ next }) => compareInstants(next.due, now) > 0 && compareInstants(next.due, dueUntil) <= 0)
    .toSorted((a, b) => compareInstants(a.next.due, b.next.due) || compareTexts(a.subject, b.subject))
    .map(({ name, owner, next }) => {
      const from = owner === reader ? 'you' : standsInFor.includes(owner) ? `you, for ${nameOf(owner)}` : nameOf(owner);
      // The last day on which it is on time: most values are due at the midnight after it.
      return `${dateInZone(addMilliseconds(next.due, -1), timeZone)}: ${name} for ${next.period}, from ${from}`;
    });
}
