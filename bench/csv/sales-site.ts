import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeShopSite } from '../shop/shop-site.js';

/** Writes a config folder of four monthly measures over `exports/sales.csv` of the same folder. Returns its path. */
export function writeSalesSite(parent: string): string {
  const folder = join(parent, 'config');
  mkdirSync(join(folder, 'exports'), { recursive: true });
  const source = ['source: { files: sales.csv, delimiter: "," }'];
  writeShopSite(folder, '{ connector: csv, owner: ada, options: { folder: exports } }', source);
  return folder;
}
