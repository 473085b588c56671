import type { DigestRule } from '#src/domain/digest/types.js';
import type { DigestSpec } from '../spec/digest-spec.js';

/** A digest's time as hours and minutes of a zone. */
export function digestRule(spec: DigestSpec, timeZone: string): DigestRule {
  const [hour = 0, minute = 0] = spec.at.split(':').map((part) => Number.parseInt(part, 10));
  const { repeat_days: repeatDays } = spec;
  const repeat = repeatDays === undefined ? {} : { repeatDays };
  const at = { hour, minute, timeZone, saysWhenEmpty: spec.when_empty === 'line', ...repeat };
  switch (spec.every) {
    case 'day':
      return { every: 'day', ...at };
    case 'week':
      return { every: 'week', weekday: spec.on, ...at };
    case 'month':
      return { every: 'month', day: spec.day, ...at };
  }
}
