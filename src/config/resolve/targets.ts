import type { Direction } from '#src/domain/measure/types.js';
import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { Target, TargetVersion } from '#src/domain/target/types.js';
import { decimal } from '#src/domain/value/decimal.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { TargetSpec } from '../spec/measure-spec.js';

/** The versions of a target, ascending; what is wrong with one leaves it out. */
export function resolveTargets(
  specs: readonly TargetSpec[],
  direction: Direction,
  place: Place,
  problems: ProblemList,
): readonly TargetVersion[] {
  const versions: TargetVersion[] = [];
  let last: CalendarDate | undefined;
  for (const [index, spec] of specs.entries()) {
    const at = below(place, index);
    const from = firstDay(spec.from);
    const target = resolveTarget(spec, direction, at, problems);
    if (from === undefined) {
      const message = `the calendar has no "${spec.from}"`;
      problems.error(
        'CONFIG_INVALID_DATE',
        below(at, 'from'),
        message,
        'write YYYY, YYYY-MM or YYYY-MM-DD of a day that exists',
      );
    } else if (last !== undefined && from <= last) {
      const message =
        from === last ? `two targets hold from ${from}` : `the target from ${from} stands after the one from ${last}`;
      const remedy = from === last ? 'keep one of the two' : 'put targets in the order of their dates';
      problems.error('CONFIG_TARGET_ORDER', below(at, 'from'), message, remedy);
    } else {
      last = from;
      if (target !== undefined) versions.push({ from, target });
    }
  }
  return versions;
}

function resolveTarget(
  { value, low, high }: TargetSpec,
  direction: Direction,
  place: Place,
  problems: ProblemList,
): Target | undefined {
  if (value !== undefined) {
    if (direction !== 'in-band') return { kind: 'value', value };
    const message = 'an in-band measure has one value as target';
    problems.error(
      'CONFIG_TARGET_KIND',
      below(place, 'value'),
      message,
      'give the range that is good: low: 72, high: 82',
    );
  } else if (low !== undefined && high !== undefined) {
    if (direction !== 'in-band') {
      const message = `a range ${low} to ${high} is no target for ${direction}`;
      problems.error('CONFIG_TARGET_KIND', place, message, 'give one value:, or make the direction in-band');
    } else if (decimal(low).lessThan(high)) {
      return { kind: 'range', low, high };
    } else {
      const message = `low ${low} is not below high ${high}`;
      problems.error(
        'CONFIG_TARGET_RANGE',
        below(place, 'low'),
        message,
        'let low be the smaller number; for one value use exact',
      );
    }
  }
  return undefined;
}

/** `2025` and `2025-01` begin on `2025-01-01`. */
function firstDay(text: string): CalendarDate | undefined {
  const [year = '', month = '01', day = '01'] = text.split('-');
  const date = `${year}-${month}-${day}`;
  return isCalendarDate(date) ? date : undefined;
}
