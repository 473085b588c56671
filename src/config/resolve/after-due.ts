import type { DueRule } from '#src/domain/measure/types.js';
import type { DueSpec } from '../spec/site-spec.js';

/** What a due rule says beside when a value is due; each absent where it is not written. */
export function afterDue(due: DueSpec | undefined): Pick<DueRule, 'lockDays' | 'remind' | 'escalate'> {
  const { lock_days: lockDays, remind, escalate } = due ?? {};
  return {
    ...(lockDays === undefined ? {} : { lockDays }),
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
