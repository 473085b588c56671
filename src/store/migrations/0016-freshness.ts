import { day, instant, KEY_WIDTH, key, longText, nullable } from '../schema/columns.js';
import {
  type AddedColumn,
  createTable,
  createView,
  type Dialect,
  type TableDefinition,
} from '../schema/create-table.js';

/** How far the rows of a pull went, and the periods whose cells it found blank, as JSON; the due rule of a measure. */
export const columns: readonly AddedColumn[] = [
  { table: 'run_pull', column: nullable(day('newest_day')) },
  { table: 'run_pull', column: nullable(longText('blank_periods')) },
  { table: 'dim_measure', column: nullable(key('due_rule', KEY_WIDTH.digest)) },
];

/** Measures share rules and periods, so that there are few of them. */
const deadline: TableDefinition = {
  name: 'dim_deadline',
  columns: [
    key('due_rule', KEY_WIDTH.digest),
    key('period_id', KEY_WIDTH.period),
    instant('due_at'),
    instant('late_from'),
    instant('missing_from'),
    nullable(instant('locked_from')),
  ],
  primaryKey: ['due_rule', 'period_id'],
};

/** Why the newest overdue period of a measure has no value. */
const absence: TableDefinition = {
  name: 'absence',
  columns: [
    key('measure', KEY_WIDTH.id),
    key('period_id', KEY_WIDTH.period),
    key('reason', KEY_WIDTH.kind),
    longText('words'),
    key('person', KEY_WIDTH.id),
  ],
  primaryKey: ['measure'],
};

const freshness = `
  select
    score.node as measure, dim_node.name, score.period_id, score.period_start, score.period_end, score.status,
    dim_deadline.due_at, dim_deadline.late_from, dim_deadline.missing_from, dim_deadline.locked_from,
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
  return [
    ...createTable(dialect, deadline),
    ...createTable(dialect, absence),
    ...createView(dialect, 'v_freshness', freshness),
  ];
}
