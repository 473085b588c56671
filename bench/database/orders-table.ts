import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';

/** Where bare drivers and Plumbline find the table. */
export interface OrdersAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Exact sums of one month of the made-up table. */
export interface MonthTotal {
  readonly amountCents: bigint;
  readonly costCents: bigint;
  readonly rows: bigint;
}

export const ORDERS_YEAR = 2025;

/** Both use the same arithmetic: products stay below 2^53. Hundredths; the days of a year in no order. */
const DAY = { factor: 7_919, modulus: 365 };
const AMOUNT = { factor: 48_271, modulus: 1_000_003, less: 1_000 };
const COST = { factor: 69_621, modulus: 100_003 };

/** Makes the table on the server itself, by its sequence engine, and an account that may read it. */
export async function createOrders(url: string, rows: number): Promise<OrdersAddress> {
  const { hostname: host, port, username, password: adminPassword } = new URL(url);
  const database = 'bench';
  const [user, password] = ['bench_reader', randomBytes(12).toString('hex')];
  const admin = await createConnection({ host, port: Number(port), user: username, password: adminPassword });
  try {
    await admin.query(`create database ${database}`);
    await admin.query(`create user ${user}@'%' identified by '${password}'`);
    await admin.query(`grant select on ${database}.* to ${user}@'%'`);
    await admin.query(`use ${database}`);
    await admin.query(
      'create table orders (id int primary key, booked_on date not null, amount decimal(12,2) not null, cost decimal(12,2) not null, note varchar(40) not null)',
    );
    await admin.query(
      `insert into orders select seq,
         date '${ORDERS_YEAR}-01-01' + interval (seq * ${DAY.factor} % ${DAY.modulus}) day,
         (cast(seq * ${AMOUNT.factor} % ${AMOUNT.modulus} as signed) - ${AMOUNT.less}) / 100,
         (seq * ${COST.factor} % ${COST.modulus}) / 100,
         concat('order ', seq)
       from seq_1_to_${rows}`,
    );
    await admin.query('analyze table orders');
  } finally {
    await admin.end();
  }
  return { host, port: Number(port), user, password, database };
}

/** What the table holds, by month (`2025-01`), worked out without the server. */
export function totalsOf(rows: number): ReadonlyMap<string, MonthTotal> {
  const firstDay = Date.UTC(ORDERS_YEAR, 0, 1);
  const months = Array.from({ length: DAY.modulus }, (_, day) =>
    new Date(firstDay + day * 86_400_000).toISOString().slice(0, 7),
  );
  const totals = new Map<string, { amountCents: bigint; costCents: bigint; rows: bigint }>();
  for (let seq = 1; seq <= rows; seq += 1) {
    const month = months[(seq * DAY.factor) % DAY.modulus] ?? '';
    const total = totals.get(month) ?? { amountCents: 0n, costCents: 0n, rows: 0n };
    total.amountCents += BigInt(((seq * AMOUNT.factor) % AMOUNT.modulus) - AMOUNT.less);
    total.costCents += BigInt((seq * COST.factor) % COST.modulus);
    total.rows += 1n;
    totals.set(month, total);
  }
  return totals;
}
