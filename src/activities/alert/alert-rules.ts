import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import type { AlertCondition, AlertRecord } from '#src/domain/alert/types.js';
import type { FollowUpRules } from '#src/domain/policy/follow-up.js';
import { policyFor } from '#src/domain/policy/pick-policy.js';
import type { Colleague, Parties, Staff } from '#src/domain/policy/types.js';
import type { StoreReader } from '#src/store/types.js';

/** Whether there is a note on the period of an alert. */
export type HasNote = FollowUpRules['hasNote'];

/** By what an alert is told and followed up. */
export type AlertRules = (about: Pick<AlertCondition, 'kind' | 'subject' | 'owner'>) => FollowUpRules;

/** What a subject is, for policies and their roles. */
interface Known {
  readonly measure?: string;
  readonly connection?: string;
  /** Of a measure. */
  readonly owner?: string;
  readonly objectiveOwner?: string;
}

/** The rules of every alert of a configuration. */
export function alertRules(config: ResolvedConfig, hasNote: HasNote): AlertRules {
  const { site } = config;
  const policies = site.alertPolicies ?? [];
  const staff = staffOf(config);
  const days = { timeZone: site.timeZone, calendar: site.calendar };
  let subjects: ReadonlyMap<string, Known> | undefined;
  return ({ kind, subject, owner }) => {
    subjects ??= subjectsOf(config);
    const { owner: answers = owner, objectiveOwner, ...about } = subjects.get(subject) ?? {};
    const parties: Parties = {
      actor: owner,
      owner: answers,
      ...(objectiveOwner === undefined ? {} : { objectiveOwner }),
    };
    return { policy: policyFor(policies, { kind, ...about }), parties, staff, days, hasNote };
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

/**
 * Whether somebody has written a note on the measure of an alert, in its period or a later one: an alert of three red months is
 * about all of them. Notes are read only where a policy asks for them.
 */
export async function notesOnAlerts(
  { site }: Pick<ResolvedConfig, 'site'>,
  alerts: readonly AlertRecord[],
  reader: Pick<StoreReader, 'notes'>,
): Promise<HasNote> {
  const isAsked = site.alertPolicies?.some(({ remind }) => remind?.stopAtNote) ?? false;
  const nodes = alerts.flatMap(({ state, subject }) => (state === 'open' ? (nodeOf(subject) ?? []) : []));
  if (!isAsked || nodes.length === 0) return withoutNotes;
  const notes = await reader.notes([...new Set(nodes)]);
  return ({ subject, period }) => notes.some(({ node, periodId }) => node === nodeOf(subject) && periodId >= period);
}

/** Of alerts that are about no measure. */
export const withoutNotes: HasNote = () => false;

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
    ...measures.map(({ address, owner, objective }) => {
      const objectiveOwner = owners.get(objective);
      const known = { measure: address, owner, ...(objectiveOwner === undefined ? {} : { objectiveOwner }) };
      return [alertSubject('measure', address), known] as const;
    }),
    ...connections.map(({ id }) => [alertSubject('connection', id), { connection: id }] as const),
    ...extracts.map(({ id, connection }) => [alertSubject('extract', id), { connection }] as const),
  ]);
}
