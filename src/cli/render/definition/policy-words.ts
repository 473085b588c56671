import { alertRules, WITHOUT_FACTS } from '#src/activities/alert/alert-rules.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import { ALERT_KIND_NAMES, ALERT_KINDS, type AlertKind } from '#src/domain/alert/kinds.js';
import { settingsInForce } from '#src/domain/alert/settings.js';
import type { Measure } from '#src/domain/measure/types.js';
import { durationInWords } from '#src/domain/period/duration.js';
import type { FollowUpRules } from '#src/domain/policy/follow-up.js';
import { allSubjects, BUILT_IN_POLICY } from '#src/domain/policy/pick-policy.js';
import type { AlertPolicy, Parties, Recipient } from '#src/domain/policy/types.js';

/** Who is told of a measure's alerts and when: a sentence a policy, with the kinds that it decides on and that are told. */
export function policySentences(measure: Measure, config: ResolvedConfig): readonly string[] {
  const rules = alertRules(config, WITHOUT_FACTS);
  const subject = alertSubject('measure', measure.address);
  const kinds = allSubjects([measure.address], []).flatMap((each) => (each.measure === undefined ? [] : [each.kind]));
  const byPolicy = new Map<AlertPolicy, { readonly rules: FollowUpRules; readonly kinds: AlertKind[] }>();
  const { isOn } = settingsInForce(measure.alertSettings, config.site.alertSettings);
  for (const kind of ALERT_KIND_NAMES.filter((each) => kinds.includes(each) && isOn(each))) {
    const own = rules({ kind, subject, owner: measure.owner });
    const known = byPolicy.get(own.policy);
    if (known === undefined) byPolicy.set(own.policy, { rules: own, kinds: [kind] });
    else known.kinds.push(kind);
  }
  if (byPolicy.size === 0) return ['Nobody: all kinds of alert are turned off.'];
  const isOnly = byPolicy.size === 1;
  return [...byPolicy.values()].map((each) => sentence(each.rules, isOnly ? [] : each.kinds, config));
}

function sentence({ policy, parties }: FollowUpRules, kinds: readonly AlertKind[], config: ResolvedConfig): string {
  const { id, tell, channels, severity, urgent } = policy;
  const who = namesOf(parties, config);
  const about = kinds.length === 0 ? 'any alert' : listed(kinds.map((kind) => ALERT_KINDS[kind].label.toLowerCase()));
  const over = `${channels === undefined ? '' : ` by ${listed(channels)}`}${urgent ? ' at any hour' : ''}`;
  const grave = severity === undefined ? '' : `, as ${severity}`;
  const later = [
    ...reminderWords(policy),
    ...policy.escalate.map((step) => `${who(step.tell)} after ${durationInWords(step.after)}`),
  ];
  const unless = later.length === 0 ? '' : `; unless somebody acknowledges it, ${later.join('; ')}`;
  const by = id === BUILT_IN_POLICY.id ? '' : ` (policy "${id}")`;
  return `${who(tell)} ${tell.length === 1 ? 'is' : 'are'} told of ${about}${over}${grave}${unless}${by}.`;
}

function reminderWords({ remind }: AlertPolicy): readonly string[] {
  if (remind === undefined) return [];
  const { gaps, repeat, most, stopAtNote } = remind;
  return [
    [
      `once more after ${gaps.map(durationInWords).join(', then ')}`,
      ...(repeat ? [' and so on'] : []),
      ...(most === undefined ? [] : [`, at most ${most} times`]),
      ...(stopAtNote ? [', until there is a note'] : []),
    ].join(''),
  ];
}

/** Recipients by name, with what they are. */
function namesOf({ owner, objectiveOwner }: Parties, { people }: ResolvedConfig) {
  const person = (id: string | undefined) => people.find((each) => each.id === id);
  const nameOf = (id: string | undefined): string => person(id)?.name ?? id ?? 'nobody';
  const name = (recipient: Recipient): string => {
    switch (recipient) {
      case 'who_can_act':
        return `${nameOf(owner)} (owner), or who can act,`;
      case 'owner':
        return `${nameOf(owner)} (owner)`;
      case 'objective_owner':
        return `${nameOf(objectiveOwner)} (owner of the objective)`;
      case 'manager':
        return `${nameOf(person(owner)?.manager)} (manager)`;
      default:
        return nameOf(recipient);
    }
  };
  return (recipients: readonly Recipient[]): string => listed(recipients.map(name));
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
