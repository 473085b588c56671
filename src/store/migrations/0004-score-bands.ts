import { exactDecimal, nullable, shortText } from '../schema/columns.js';
import { type AddedColumn, createView, type Dialect } from '../schema/create-table.js';

/** What a score is called beside its status, and the points it is made of. */
export const columns: readonly AddedColumn[] = [
  nullable(shortText('band')),
  ...exactDecimal('points'),
  ...exactDecimal('possible'),
].map((column) => ({ table: 'score', column }));

/**
 * The newest period that says something: `not_due` stands only where a node has no other state yet. Two periods may
 * end on one day; then the one scored last stands. Periods of a frequency that a measure had before do not stand.
 */
export const scorecardCurrent = `
  select
    dim_node.node, dim_node.kind, dim_node.name, dim_node.parent, dim_node.position,
    dim_node.weight, dim_node.weight_number,
    dim_node.owner_id, coalesce(dim_person.name, dim_node.owner_id) as owner_name,
    dim_measure.unit, dim_measure.direction, dim_measure.frequency, dim_measure.decimals,
    standing.period_id, standing.period_start, standing.period_end, standing.status,
    standing.score, standing.score_number,
    standing.band, standing.points, standing.points_number, standing.possible, standing.possible_number,
    standing.value, standing.value_number, standing.target,
    standing.coverage, standing.coverage_number, standing.oldest_data, standing.reason,
    standing.scored_at, standing.run_id
  from dim_node
  left join dim_measure on dim_measure.measure = dim_node.node
  left join dim_person on dim_person.person = dim_node.owner_id
  left join (
    select
      score.*,
      row_number() over (
        partition by score.node
        order by case when score.status = 'not_due' then 1 else 0 end,
          score.period_end desc, score.scored_at desc, score.period_id
      ) as place
    from score_current
    join score on score.node = score_current.node and score.period_id = score_current.period_id
      and score.inputs_digest = score_current.inputs_digest
    left join dim_measure on dim_measure.measure = score.node
    where dim_measure.frequency is null or dim_measure.frequency = score.frequency
  ) standing on standing.node = dim_node.node and standing.place = 1`;

export function statements(dialect: Dialect): string[] {
  return createView(dialect, 'v_scorecard_current', scorecardCurrent);
}
