import { day, instant, KEY_WIDTH, key, nullable } from '../schema/columns.js';
import {
  type AddedColumn,
  createTable,
  createView,
  type Dialect,
  type TableDefinition,
} from '../schema/create-table.js';

/** Of deadlines by the "as of" of a source: by its word, or the latest that the rule allows. */
export const columns: readonly AddedColumn[] = [
  { table: 'dim_deadline', column: nullable(key('as_of', KEY_WIDTH.kind)) },
];

/** Days that sources said they stand at, each later than any before it, and when they first said so. */
const stand: TableDefinition = {
  name: 'source_stand',
  columns: [key('extract_id', KEY_WIDTH.extract), day('through_day'), instant('said_at')],
  primaryKey: ['extract_id', 'through_day'],
};

const freshness = `
  select
    score.node as measure, dim_node.name, score.period_id, score.period_start, score.period_end, score.status,
    dim_deadline.due_at, dim_deadline.late_from, dim_deadline.missing_from, dim_deadline.locked_from, dim_deadline.as_of,
    coalesce(run.logical_time, arrival.recorded_at) as arrived_at,
    absence.reason, absence.words, absence.person as person_id,
    coalesce(dim_person.name, absence.person) as person_name
  from score_current
  join score on score.node = score_current.node and score.period_id = score_current.period_id
    and score.inputs_digest = score_current.inputs_digest
  join dim_measure on dim_measure.measure = score.node and dim_measure.frequency = score.frequency
  join dim_node on dim_node.node = score.node
  left join dim_deadline on dim_deadline.due_rule = dim_measure.due_rule
    and dim_deadline.period_id = score.period_id
  left join actual arrival on arrival.measure = score.node and arrival.period_id = score.period_id
    and arrival.revision = 1
  left join run on run.run_id = arrival.run_id
  left join absence on absence.measure = score.node and absence.period_id = score.period_id
  left join dim_person on dim_person.person = absence.person`;

export function statements(dialect: Dialect): string[] {
  return [...createTable(dialect, stand), ...createView(dialect, 'v_freshness', freshness)];
}
