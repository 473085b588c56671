import type { Files } from '../support/config-folder.js';
import { SOUND } from '../support/config-folder.js';

/** A definition over three shops in two regions, with a group above it. Every test changes one thing. */
export const SHOPS: Files = {
  ...SOUND,
  'units.yaml': `units:
  shops:
    list:
      - { id: north, name: North, attributes: { target-2026: 300 } }
      - { id: south, name: South, attributes: { target-2026: 50 } }
      - { id: a, name: Shop A, parent: north, attributes: { target-2026: 100, base_line: 40 } }
      - { id: b, key: Shop B, parent: north, weight: 2, attributes: { target-2026: 200 } }
      - { id: '7', parent: south, owner: omar, attributes: { target-2026: 50 } }
`,
  'extracts/sales.yaml': `extracts:
  sales:
    connection: operations
    schedule: { every: day, at: '06:30' }
    source: { query: select 1 }
    time: day
    columns: { day: date, shop: text, amount: decimal, orders: integer }
  goals:
    connection: operations
    schedule: { every: day, at: '06:30' }
    source: { query: select 2 }
    time: month
    columns: { month: date, shop: text, goal: decimal }
`,
  'scorecards/shops.yaml': `scorecard: { id: shops, name: Shops, owner: omar, for_each: shops, parents_by: value, parent: company, weight: 3 }
perspectives: [{ id: money, name: Money }]
objectives:
  - { id: sell, name: Sell, perspective: money, owner: amara, drives: [grow] }
  - { id: grow, name: Grow, perspective: money, owner: amara }
measures:
  - id: revenue
    name: Revenue
    objective: sell
    owner: amara
    unit: EUR
    direction: higher-is-better
    frequency: monthly
    from: { extract: sales, sum: amount, unit: { column: shop } }
    targets: { attribute: target-2026 }
  - id: basket
    name: Basket
    objective: grow
    owner: amara
    unit: EUR
    direction: higher-is-better
    frequency: monthly
    from: { extract: sales, ratio: { numerator: { sum: amount }, denominator: { sum: orders } }, unit: { column: shop } }
    targets: { from: { extract: goals, last: goal, unit: { column: shop } } }
  - id: share
    name: Share
    objective: grow
    owner: amara
    unit: percent
    direction: unscored
    frequency: monthly
    from: { formula: 100 * basket / revenue }
`,
};
