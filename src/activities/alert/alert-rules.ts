import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { isStanding } from '#src/domain/alert/transitions.js';
import type { AlertCondition, AlertKind, AlertRecord } from '#src/domain/alert/types.js';
import type { DueRule } from '#src/domain/measure/types.js';
import { compareInstants } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { FollowUpRules } from '#src/domain/policy/follow-up.js';
import { policyFor } from '#src/domain/policy/pick-policy.js';
import type { Colleague, Parties, Staff } from '#src/domain/policy/types.js';
import type { StoreReader } from '#src/store/types.js';

/** What is known beside an alert of what follow-ups go by. */
export interface AlertFacts {
  /** Whether there is a note on the period of an alert. */
  readonly hasNote: FollowUpRules['hasNote'];
  /** When people were first told of what an alert is about. */
  readonly noticeAt: (record: AlertRecord) => Instant;
}

/** By what an alert is told and followed up. */
export type AlertRules = (about: Pick<AlertCondition, 'kind' | 'subject' | 'owner'>) => FollowUpRules;

/** What a subject is, for policies and their roles. */
interface Known {
  readonly measure?: string;
  readonly connection?: string;
  /** Of a measure. */
  readonly owner?: string;
  readonly objectiveOwner?: string;
  readonly escalate?: DueRule['escalate'];
}

/** Kinds of an overdue value, which its due rule follows up. */
const OVERDUE: readonly AlertKind[] = ['late', 'missing'];

/** The rules of every alert of a configuration. */
export function alertRules(config: ResolvedConfig, { hasNote, noticeAt }: AlertFacts): AlertRules {
  const { site } = config;
  const policies = site.alertPolicies ?? [];
  const staff = staffOf(config);
  const days = { timeZone: site.timeZone, calendar: site.calendar };
  let subjects: ReadonlyMap<string, Known> | undefined;
  return ({ kind, subject, owner }) => {
    subjects ??= subjectsOf(config);
    const { owner: answers = owner, objectiveOwner, escalate, ...about } = subjects.get(subject) ?? {};
    const parties: Parties = {
      actor: owner,
      owner: answers,
      ...(objectiveOwner === undefined ? {} : { objectiveOwner }),
    };
    const overdue = escalate === undefined || !OVERDUE.includes(kind) ? {} : { overdue: { escalate, noticeAt } };
    return { policy: policyFor(policies, { kind, ...about }), parties, staff, days, hasNote, ...overdue };
  };
}

/** The people of a configuration, as stand-ins go by them. */
export function staffOf({ people, site }: Pick<ResolvedConfig, 'people' | 'site'>): Staff {
  const colleagues = people.map(
    ({ id, manager, timeZone, absences }): Colleague => ({
      id,
      ...(manager === undefined ? {} : { manager }),
      timeZone: timeZone ?? site.timeZone,
      absences: absences ?? [],
    }),
  );
  return { people: new Map(colleagues.map((each) => [each.id, each])), operator: site.operator };
}

/** What is known beside alerts; read only where a policy or a due rule asks for it. */
export async function factsOfAlerts(
  config: ResolvedConfig,
  alerts: readonly AlertRecord[],
  reader: Pick<StoreReader, 'notes' | 'alerts'>,
): Promise<AlertFacts> {
  return { hasNote: await notesOn(config, alerts, reader), noticeAt: await noticesOf(config, alerts, reader) };
}

/** Of alerts that are about no measure. */
export const WITHOUT_FACTS: AlertFacts = { hasNote: () => false, noticeAt: ({ openedAt }) => openedAt };

/**
 * Whether somebody has written a note on the measure of an alert, in its period or a later one: an alert of three red months is
 * about all of them.
 */
async function notesOn(
  { site }: Pick<ResolvedConfig, 'site'>,
  alerts: readonly AlertRecord[],
  reader: Pick<StoreReader, 'notes'>,
): Promise<AlertFacts['hasNote']> {
  const isAsked = site.alertPolicies?.some(({ remind }) => remind?.stopAtNote) ?? false;
  const nodes = alerts.flatMap(({ state, subject }) => (state === 'open' ? (nodeOf(subject) ?? []) : []));
  if (!isAsked || nodes.length === 0) return WITHOUT_FACTS.hasNote;
  const notes = await reader.notes([...new Set(nodes)]);
  return ({ subject, period }) => notes.some(({ node, periodId }) => node === nodeOf(subject) && periodId >= period);
}

/**
 * When people were first told that a value is overdue: of one that is missing, when it was found to be late, if that alert
 * stood until this one took its place.
 */
async function noticesOf(
  { measures }: ResolvedConfig,
  alerts: readonly AlertRecord[],
  reader: Pick<StoreReader, 'alerts'>,
): Promise<AlertFacts['noticeAt']> {
  const followed = new Set(
    measures.flatMap(({ address, due }) => (due.escalate === undefined ? [] : [alertSubject('measure', address)])),
  );
  const asked = alerts.filter(
    ({ kind, state, subject }) => OVERDUE.includes(kind) && isStanding(state) && followed.has(subject),
  );
  if (asked.length === 0) return WITHOUT_FACTS.noticeAt;
  const late = new Map<string, AlertRecord[]>();
  for (const record of await reader.alerts({ subjects: [...new Set(asked.map(({ subject }) => subject))] })) {
    if (record.kind === 'late') late.set(record.subject, [...(late.get(record.subject) ?? []), record]);
  }
  return ({ kind, subject, openedAt }) => {
    if (kind !== 'missing') return openedAt;
    const before = late.get(subject)?.find((record) => isTakenOver(record, openedAt));
    return before?.openedAt ?? openedAt;
  };
}

/** Whether an alert ended as another one opened; in the evaluation that opens that one it still stands. */
function isTakenOver({ state, openedAt, resolvedAt }: AlertRecord, at: Instant): boolean {
  const stood = isStanding(state) || (resolvedAt !== undefined && compareInstants(resolvedAt, at) === 0);
  return stood && compareInstants(openedAt, at) < 0;
}

/** Address of the measure that an alert is about. */
function nodeOf(subject: string): string | undefined {
  const start = alertSubject('measure', '');
  return subject.startsWith(start) ? subject.slice(start.length) : undefined;
}

function subjectsOf({ measures, scorecards, connections, extracts }: ResolvedConfig): ReadonlyMap<string, Known> {
  const owners = new Map(
    scorecards.flatMap(({ objectives }) => objectives.map(({ address, owner }) => [address, owner])),
  );
  return new Map<string, Known>([
    ...measures.map(({ address, owner, objective, due }) => {
      const objectiveOwner = owners.get(objective);
      const known = {
        measure: address,
        owner,
        ...(objectiveOwner === undefined ? {} : { objectiveOwner }),
        ...(due.escalate === undefined ? {} : { escalate: due.escalate }),
      };
      return [alertSubject('measure', address), known] as const;
    }),
    ...connections.map(({ id }) => [alertSubject('connection', id), { connection: id }] as const),
    ...extracts.map(({ id, connection }) => [alertSubject('extract', id), { connection }] as const),
  ]);
}
