import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SITE = `id: bench
name: Bench
time_zone: UTC
history_months: 14
store: { client: sqlite, file: ../store.sqlite }
operator: ada
channels: { journal: { kind: file, path: ../alerts.log } }
`;
const PEOPLE = 'people:\n  ada: { name: Ada, email: ada@example.com }\n';

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

const extract = (lines: readonly string[]): string => `extracts:
  orders:
    connection: shop
    schedule: { every: day, at: "06:30" }
${lines.map((line) => `    ${line}\n`).join('')}    time: booked_on
    columns:
      booked_on: { type: date, required: true }
      amount: { type: decimal, required: true }
      cost: { type: decimal, required: true }
    limits: { rows: 100000000, megabytes: 10000, seconds: 3600 }
`;

/**
 * Writes a config folder of four monthly measures (sum, average, ratio, count) over one extract. Its store lies beside it.
 *
 * @param connection the connection, below its name
 * @param source lines of the extract that say what is read
 */
export function writeShopSite(folder: string, connection: string, source: readonly string[]): void {
  for (const each of ['extracts', 'scorecards']) mkdirSync(join(folder, each), { recursive: true });
  const files = {
    'site.yaml': SITE,
    'people.yaml': PEOPLE,
    'connections.yaml': `connections:\n  shop: ${connection}\n`,
    'extracts/orders.yaml': extract(source),
    'scorecards/shop.yaml': SCORECARD,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
