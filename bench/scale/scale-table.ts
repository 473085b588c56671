import Database from 'better-sqlite3';
import { DATA_COLUMNS, dataRows, MEASURES, type ScaleShape } from './scale-data.js';

/** Hundredths are kept as whole numbers, which a database adds up exactly. */
const cents = (text: string): number => Number.parseInt(text.replace('.', ''), 10);

/** Writes the same rows into the table `sales` of a new SQLite file, values in hundredths. */
export function writeScaleTable(file: string, shape: ScaleShape): void {
  const db = new Database(file);
  try {
    const columns = DATA_COLUMNS.map((name) => `${name} ${name === 'shop' || name === 'day' ? 'text' : 'integer'}`);
    db.exec(`create table sales (${columns.join(' not null, ')} not null)`);
    const insert = db.prepare(
      `insert into sales values (${Array(MEASURES + 2)
        .fill('?')
        .join(', ')})`,
    );
    db.transaction(() => {
      for (const [shop, day, ...values] of dataRows(shape)) insert.run(shop, day, ...values.map(cents));
    })();
  } finally {
    db.close();
  }
}
