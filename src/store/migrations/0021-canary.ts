import { createView, type Dialect } from '../schema/create-table.js';

/** What people have been told of and is not over, without the alerts that only test whether they arrive. */
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
  where alert.state in ('open', 'acknowledged', 'snoozed') and alert.subject <> 'measure/_canary/canary'`;

export function statements(dialect: Dialect): string[] {
  return createView(dialect, 'v_alerts_open', alertsOpen);
}
