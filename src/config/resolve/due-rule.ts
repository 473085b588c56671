import type { DueRule } from '#src/domain/measure/types.js';
import { below, type Place } from '../problem-list.js';
import type { DueSpec } from '../spec/due-spec.js';
import { checkReference, type ResolveContext } from './context.js';

/** A due rule where it is written; absent where it is not. */
export interface WrittenDue {
  readonly spec: DueSpec | undefined;
  /** Of what the rule is a part. */
  readonly place: Place;
  /** Of a measure or connection: whether an "as of" is the evidence of its source, or of any of its sources. */
  readonly goesByAsOf?: boolean;
}

const USUAL: DueRule = { businessDays: 5, graceDays: 3 };

/**
 * The rule of something: of each setting what is said nearest to it counts.
 *
 * @param written from the furthest to the nearest
 * @param goesByAsOf whether the evidence of its source is an "as of"
 */
export function dueRuleOf(written: readonly (DueSpec | undefined)[], goesByAsOf: boolean): DueRule {
  const rule = written.reduce<DueRule>(
    (rule, spec) => (spec === undefined ? rule : { ...withoutOther(withoutAsOf(rule, spec), spec), ...said(spec) }),
    USUAL,
  );
  // Said further away it is for those whose source can say it.
  return goesByAsOf ? rule : withoutAsOf(rule, { as_of: false });
}

/** A rule without what another one says in its own way: hours take the place of working days, and the other way round. */
function withoutOther(rule: DueRule, spec: DueSpec): DueRule {
  if (spec.business_days === undefined && spec.hours === undefined && spec.day_of_month === undefined) return rule;
  const { hours: _hours, dayOfMonth: _dayOfMonth, ...rest } = rule;
  return { ...rest, businessDays: 0 };
}

function withoutAsOf(rule: DueRule, { as_of }: DueSpec): DueRule {
  if (as_of !== false) return rule;
  const { asOf: _asOf, ...rest } = rule;
  return rest;
}

function said(spec: DueSpec): Partial<DueRule> {
  const { business_days, hours, day_of_month, grace_days, calendar, lock_days, remind, escalate, as_of } = spec;
  return {
    ...(business_days === undefined ? {} : { businessDays: business_days }),
    ...(hours === undefined ? {} : { hours }),
    ...(day_of_month === undefined ? {} : { dayOfMonth: day_of_month }),
    ...(as_of === true ? { asOf: true as const } : {}),
    ...(grace_days === undefined ? {} : { graceDays: grace_days }),
    ...(calendar === undefined ? {} : { calendar }),
    ...(lock_days === undefined ? {} : { lockDays: lock_days }),
    ...(remind === undefined
      ? {}
      : {
          remind: {
            ...(remind.before_days === undefined ? {} : { beforeDays: remind.before_days }),
            ...(remind.after_days === undefined ? {} : { afterDays: remind.after_days }),
          },
        }),
    ...(escalate === undefined ? {} : { escalate: { everyDays: escalate.every_days, times: escalate.times } }),
  };
}

/** Tells of a working calendar that is not there, and of a rule that says twice when a value is due. */
export function checkDue({ spec, place, goesByAsOf }: WrittenDue, { specs, problems }: ResolveContext): void {
  if (spec === undefined) return;
  const site = specs.site?.spec;
  if (spec.calendar !== undefined) {
    const ids = site && new Set(Object.keys(site.working_calendars));
    checkReference('working calendar', spec.calendar, ids, below(place, 'due', 'calendar'), problems);
  }
  if (spec.as_of === true && goesByAsOf === false) {
    const message = 'due goes by what the source says ("as of"), but no source of it is declared to be judged by that';
    const remedy = 'write evidence: as_of at the extract or connection, and as_of in its source; or remove as_of here';
    problems.error('CONFIG_DUE_AS_OF', below(place, 'due', 'as_of'), message, remedy);
  }
  const ways = (['business_days', 'hours', 'day_of_month'] as const).filter((way) => spec[way] !== undefined);
  const [, second] = ways;
  if (second === undefined) return;
  const message = `due says it ${ways.length === 2 ? 'twice' : 'three times'}: ${ways.join(' and ')}`;
  problems.error('CONFIG_DUE_TWICE', below(place, 'due', second), message, `keep one of ${ways.join(', ')}`);
}
