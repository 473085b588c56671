import type { Aggregation } from '#src/domain/measure/types.js';
import { FREQUENCIES } from '#src/domain/period/period.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { Extract } from '../types.js';

/** A running total is told from the one of the period before, which every read has to give. */
export function checkCumulative(
  spec: Pick<MeasureSpec, 'id' | 'frequency'>,
  aggregation: Aggregation,
  extract: Extract | undefined,
  place: Place,
  problems: ProblemList,
): void {
  if (aggregation.kind !== 'cumulative') return;
  const { resets } = aggregation;
  const at = below(place, 'from', 'cumulative', 'resets');
  if (resets !== 'never' && FREQUENCIES.indexOf(resets) < FREQUENCIES.indexOf(spec.frequency)) {
    const message = `measure "${spec.id}" is ${spec.frequency}, but its running total starts anew inside each period: ${resets}`;
    problems.error('CONFIG_CUMULATIVE_RESET', at, message, 'report as often as it starts anew, or more often');
  } else if (spec.frequency === 'weekly' && resets !== 'never' && resets !== 'weekly') {
    const message = `measure "${spec.id}" is weekly: a week in which its running total starts anew (${resets}) has no value`;
    problems.warn('CONFIG_CUMULATIVE_RESET', at, message, 'report daily or monthly, or expect those weeks to be empty');
  }
  const refuse = (code: string, why: string): void =>
    problems.error(
      code,
      below(place, 'from', 'cumulative'),
      `measure "${spec.id}" is told from the running total of the period before, but ${why}`,
      'read an extract that gives both periods, with a time column and without :since',
    );
  if (extract?.snapshot !== undefined) {
    refuse('CONFIG_SNAPSHOT_SETTING', `its extract "${extract.id}" is a snapshot, which gives today's rows alone`);
  }
  if (extract?.since !== undefined) {
    refuse('CONFIG_SINCE_PART_OF_PERIOD', `its extract "${extract.id}" uses :since, which leaves periods out`);
  }
}
