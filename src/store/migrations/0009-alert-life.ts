import { instant, KEY_WIDTH, key, nullable } from '../schema/columns.js';
import { type AddedColumn, type AddedIndex, createView, type Dialect } from '../schema/create-table.js';

const until = nullable(instant('snoozed_until'));
const dismissed = nullable(key('dismissed_through', KEY_WIDTH.period));

/** What people do to alerts, and the times that holding back and waiting go by. */
export const columns: readonly AddedColumn[] = [
  ...[nullable(key('author', KEY_WIDTH.id)), until, dismissed].map((column) => ({ table: 'alert_event', column })),
  ...[
    until,
    nullable(instant('eased_at')),
    dismissed,
    nullable(key('handled_by', KEY_WIDTH.id)),
    nullable(instant('judged_at')),
  ].map((column) => ({ table: 'alert', column })),
];

/** The second for what was restated of late, of however long a history. */
export const indexes: readonly AddedIndex[] = [
  { table: 'alert', columns: ['judged_at'] },
  { table: 'actual', columns: ['reason', 'recorded_at'] },
];

/** What people have been told of and is not over: what is held back is nobody's business yet. */
const alertsOpen = `
  select
    alert.kind, alert.subject, alert.period, alert.owner_id,
    coalesce(dim_person.name, alert.owner_id) as owner_name, dim_node.name as node_name,
    alert.summary, alert.details, alert.state, alert.opened_at, alert.resolved_at, alert.changed_at, alert.events,
    alert.snoozed_until, alert.eased_at, alert.dismissed_through, alert.judged_at,
    alert.handled_by, coalesce(handled.name, alert.handled_by) as handled_by_name
  from alert
  left join dim_person on dim_person.person = alert.owner_id
  left join dim_person handled on handled.person = alert.handled_by
  left join dim_node on alert.subject like 'measure/%' and dim_node.node = substr(alert.subject, 9)
  where alert.state in ('open', 'acknowledged', 'snoozed')`;

export function statements(dialect: Dialect): string[] {
  return [
    // Until now evaluations alone changed alerts.
    'update alert set judged_at = changed_at where judged_at is null',
    ...createView(dialect, 'v_alerts_open', alertsOpen),
  ];
}
