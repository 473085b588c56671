import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeShopSite } from '../shop/shop-site.js';
import { ORDERS_YEAR, type OrdersAddress } from './orders-table.js';

/** After the year, so that all its months are read. */
export const ORDERS_LOGICAL_TIME = `${ORDERS_YEAR + 1}-01-10T06:30:00Z`;

const connection = ({ host, port, user, database }: OrdersAddress): string =>
  `{ connector: database, owner: ada, options: { client: mysql, host: '${host}', port: ${port}, user: ${user}, password: '\${env:BENCH_PASSWORD}', database: ${database} } }`;

/** Writes a config folder of four monthly measures over the table. Returns its path. */
export function writeOrdersSite(parent: string, address: OrdersAddress, pushDown: boolean): string {
  const folder = join(parent, pushDown ? 'pushed' : 'local', 'config');
  writeShopSite(folder, connection(address), ['source: { table: orders }', `push_down: ${pushDown}`]);
  return folder;
}

/** So that the next collection is a first one. */
export function forgetStore(folder: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `../store.sqlite${suffix}`), { force: true });
}
