import {
  count,
  day,
  exactDecimal,
  flag,
  instant,
  KEY_WIDTH,
  key,
  longText,
  nullable,
  shortText,
} from '../schema/columns.js';
import { createTable, type Dialect, type TableDefinition } from '../schema/create-table.js';

const period = [
  key('period_id', KEY_WIDTH.period),
  key('frequency', KEY_WIDTH.kind),
  day('period_start'),
  day('period_end'),
];

const configuration: readonly TableDefinition[] = [
  {
    name: 'config_revision',
    columns: [key('revision', KEY_WIDTH.digest), longText('document'), instant('applied_at'), count('apply_order')],
    primaryKey: ['revision'],
    indexes: [['apply_order']],
  },
  {
    name: 'dim_node',
    columns: [
      key('node', KEY_WIDTH.id),
      key('kind', KEY_WIDTH.kind),
      shortText('name'),
      nullable(key('parent', KEY_WIDTH.id)),
      key('owner_id', KEY_WIDTH.id),
      ...exactDecimal('weight'),
      count('position'),
    ],
    primaryKey: ['node'],
  },
  {
    name: 'dim_measure',
    columns: [
      key('measure', KEY_WIDTH.id),
      nullable(shortText('unit')),
      nullable(key('direction', KEY_WIDTH.kind)),
      nullable(key('frequency', KEY_WIDTH.kind)),
      nullable(count('decimals')),
      nullable(key('extract_id', KEY_WIDTH.extract)),
    ],
    primaryKey: ['measure'],
  },
  {
    name: 'dim_person',
    columns: [
      key('person', KEY_WIDTH.id),
      shortText('name'),
      nullable(shortText('email')),
      nullable(key('manager', KEY_WIDTH.id)),
    ],
    primaryKey: ['person'],
  },
  { name: 'dim_period', columns: period, primaryKey: ['period_id'] },
];

const runs: readonly TableDefinition[] = [
  {
    name: 'run',
    columns: [
      key('run_id', KEY_WIDTH.id),
      key('pull_group', KEY_WIDTH.id),
      instant('logical_time'),
      key('run_trigger', KEY_WIDTH.kind),
      key('config_revision', KEY_WIDTH.digest),
      key('state', KEY_WIDTH.kind),
      instant('started_at'),
      nullable(instant('finished_at')),
    ],
    primaryKey: ['run_id'],
    indexes: [['logical_time']],
  },
  {
    name: 'run_pull',
    columns: [
      key('run_id', KEY_WIDTH.id),
      key('extract_id', KEY_WIDTH.extract),
      instant('logical_time'),
      instant('pulled_at'),
      key('outcome', KEY_WIDTH.kind),
      nullable(count('rows_seen')),
      nullable(count('rows_used')),
      nullable(count('rows_rejected')),
      nullable(longText('rows_skipped')),
      nullable(key('digest', KEY_WIDTH.digest)),
      nullable(longText('description')),
      nullable(key('failure_kind', KEY_WIDTH.kind)),
      nullable(shortText('failure_code')),
      nullable(longText('failure_message')),
      nullable(longText('failure_remedy')),
    ],
    primaryKey: ['run_id', 'extract_id'],
    indexes: [['extract_id', 'logical_time'], ['logical_time']],
  },
  {
    name: 'reject',
    columns: [
      key('run_id', KEY_WIDTH.id),
      key('extract_id', KEY_WIDTH.extract),
      count('ordinal'),
      longText('locator'),
      nullable(longText('column_name')),
      longText('raw'),
      key('rule', KEY_WIDTH.period),
      longText('message'),
      longText('remedy'),
      nullable(day('row_date')),
    ],
    primaryKey: ['run_id', 'extract_id', 'ordinal'],
  },
];

const facts: readonly TableDefinition[] = [
  {
    name: 'actual',
    columns: [
      key('measure', KEY_WIDTH.id),
      ...period,
      count('revision'),
      ...exactDecimal('value'),
      key('reason', KEY_WIDTH.kind),
      longText('evidence'),
      count('rejects'),
      flag('period_closed'),
      key('extract_id', KEY_WIDTH.extract),
      key('source_digest', KEY_WIDTH.digest),
      key('run_id', KEY_WIDTH.id),
      instant('recorded_at'),
    ],
    primaryKey: ['measure', 'period_id', 'revision'],
  },
  {
    name: 'actual_current',
    columns: [key('measure', KEY_WIDTH.id), key('period_id', KEY_WIDTH.period), count('revision')],
    primaryKey: ['measure', 'period_id'],
  },
  {
    name: 'no_value',
    columns: [
      key('measure', KEY_WIDTH.id),
      ...period,
      key('reason', KEY_WIDTH.kind),
      key('run_id', KEY_WIDTH.id),
      instant('recorded_at'),
    ],
    primaryKey: ['measure', 'period_id'],
  },
  {
    name: 'measure_progress',
    columns: [
      key('measure', KEY_WIDTH.id),
      key('value_digest', KEY_WIDTH.digest),
      day('collected_from'),
      day('collected_to'),
      key('run_id', KEY_WIDTH.id),
      nullable(longText('before_run')),
    ],
    primaryKey: ['measure'],
  },
  {
    name: 'score',
    columns: [
      key('node', KEY_WIDTH.id),
      key('kind', KEY_WIDTH.kind),
      ...period,
      key('status', KEY_WIDTH.kind),
      ...exactDecimal('score'),
      ...exactDecimal('unclamped'),
      ...exactDecimal('value'),
      nullable(longText('target')),
      ...exactDecimal('coverage'),
      nullable(day('oldest_data')),
      nullable(longText('reason')),
      key('rule_version', KEY_WIDTH.digest),
      key('inputs_digest', KEY_WIDTH.digest),
      key('run_id', KEY_WIDTH.id),
      instant('scored_at'),
    ],
    primaryKey: ['node', 'period_id', 'inputs_digest'],
  },
  {
    name: 'score_current',
    columns: [key('node', KEY_WIDTH.id), key('period_id', KEY_WIDTH.period), key('inputs_digest', KEY_WIDTH.digest)],
    primaryKey: ['node', 'period_id'],
  },
];

const alertKey = [key('kind', KEY_WIDTH.kind), key('subject', KEY_WIDTH.id), key('period', KEY_WIDTH.period)];
const condition = [key('owner_id', KEY_WIDTH.id), longText('summary'), longText('details')];

const alerts: readonly TableDefinition[] = [
  {
    name: 'alert',
    columns: [
      ...alertKey,
      ...condition,
      key('state', KEY_WIDTH.kind),
      instant('opened_at'),
      nullable(instant('resolved_at')),
      instant('changed_at'),
      count('events'),
    ],
    primaryKey: ['kind', 'subject', 'period'],
    indexes: [['state'], ['changed_at'], ['subject']],
  },
  {
    name: 'alert_event',
    columns: [
      ...alertKey,
      count('sequence'),
      key('transition', KEY_WIDTH.kind),
      instant('happened_at'),
      longText('reason'),
      ...condition,
      key('run_id', KEY_WIDTH.id),
    ],
    primaryKey: ['kind', 'subject', 'period', 'sequence'],
  },
  {
    name: 'outbox',
    columns: [
      key('message_id', KEY_WIDTH.message),
      key('thread_id', KEY_WIDTH.message),
      key('channel', KEY_WIDTH.id),
      key('recipient_id', KEY_WIDTH.id),
      shortText('recipient_name'),
      nullable(shortText('recipient_address')),
      longText('subject'),
      longText('body'),
      instant('created_at'),
      key('state', KEY_WIDTH.kind),
      count('attempts'),
      instant('next_attempt_at'),
      nullable(longText('detail')),
      nullable(instant('sent_at')),
    ],
    primaryKey: ['message_id'],
    indexes: [['state', 'created_at'], ['created_at']],
  },
];

/**
 * `store_lock` has one row. On SQLite each write transaction begins by an update of another one, which is not there: so it
 * holds the write lock before it reads anything, and has changed nothing.
 */
const lock: TableDefinition = {
  name: 'store_lock',
  columns: [count('id'), count('turn')],
  primaryKey: ['id'],
};

export const tables: readonly TableDefinition[] = [...configuration, ...runs, ...facts, ...alerts, lock];

export function statements(dialect: Dialect): string[] {
  const fill = 'insert into store_lock (id, turn) select 1, 0 where not exists (select 1 from store_lock)';
  return [...tables.flatMap((table) => createTable(dialect, table)), fill];
}
