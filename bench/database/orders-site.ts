import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORDERS_YEAR, type OrdersAddress } from './orders-table.js';

/** After the year, so that all its months are read. */
export const ORDERS_LOGICAL_TIME = `${ORDERS_YEAR + 1}-01-10T06:30:00Z`;

const SITE = `id: bench
name: Bench
time_zone: UTC
history_months: 14
store: { client: sqlite, file: ../store.sqlite }
operator: ada
channels: { journal: { kind: file, path: ../alerts.log } }
`;
const PEOPLE = 'people:\n  ada: { name: Ada, email: ada@example.com }\n';

const connections = ({ host, port, user, database }: OrdersAddress): string => `connections:
  shop:
    connector: database
    owner: ada
    options: { client: mysql, host: '${host}', port: ${port}, user: ${user}, password: '\${env:BENCH_PASSWORD}', database: ${database} }
`;

const extract = (pushDown: boolean): string => `extracts:
  orders:
    connection: shop
    schedule: { every: day, at: "06:30" }
    source: { table: orders }
    push_down: ${pushDown}
    time: booked_on
    columns:
      booked_on: { type: date, required: true }
      amount: { type: decimal, required: true }
      cost: { type: decimal, required: true }
    limits: { rows: 100000000, megabytes: 10000, seconds: 3600 }
`;

const measure = (id: string, from: string): string => `  - id: ${id}
    name: ${id}
    objective: sell
    owner: ada
    unit: EUR
    direction: unscored
    frequency: monthly
    from: { extract: orders, ${from} }
`;

const SCORECARD = `scorecard: { id: shop, name: Shop, owner: ada, frequency: monthly }
perspectives: [{ id: money, name: Money }]
objectives: [{ id: sell, name: Sell, perspective: money, owner: ada }]
measures:
${measure('revenue', 'sum: amount')}${measure('average-order', 'avg: amount')}${measure('cost-share', 'ratio: { numerator: { sum: cost }, denominator: { sum: amount } }')}${measure('orders', 'count: all')}`;

/** Writes a config folder of four monthly measures over the table. Returns its path. */
export function writeOrdersSite(parent: string, address: OrdersAddress, pushDown: boolean): string {
  const folder = join(parent, pushDown ? 'pushed' : 'local', 'config');
  for (const each of ['extracts', 'scorecards']) mkdirSync(join(folder, each), { recursive: true });
  const files = {
    'site.yaml': SITE,
    'people.yaml': PEOPLE,
    'connections.yaml': connections(address),
    'extracts/orders.yaml': extract(pushDown),
    'scorecards/shop.yaml': SCORECARD,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** So that the next collection is a first one. */
export function forgetStore(folder: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `../store.sqlite${suffix}`), { force: true });
}
