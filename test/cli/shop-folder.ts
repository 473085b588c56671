// A small shop for command-line tests: one CSV, measures as a test writes them.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runCommand } from '#src/cli/commands/run.js';
import { type WorkingFolder, withWorkingFolder } from './working-folder.js';

export const SHOP = { config: 'acme' } as const;

/** A measure of the shop; `more` are its other lines. */
export const shopMeasure = (id: string, from: string, more = TARGET): string => `  - id: ${id}
    name: ${id.slice(0, 1).toUpperCase()}${id.slice(1)}
    objective: sell
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: monthly
    from: ${from}
${more}`;

const TARGET = '    targets: [{ from: 2020-01, value: 100 }]\n';

/** The average of the rows of a code: without rows there is none. */
export const averageOf = (code: string): string => `{ extract: sales, avg: amount, where: code = '${code}' }`;

/** A scorecard of the shop: one perspective, one objective. */
export const shopCard = (
  measures: readonly string[],
  head = '',
): string => `scorecard: { id: company, name: Company, owner: robin${head} }
perspectives: [{ id: money, name: Money }]
objectives: [{ id: sell, name: Sell, perspective: money, owner: robin }]
measures:
${measures.join('')}`;

/** All files of the shop; `rows` are `day,code,amount`, `more` are written beside or in place of the usual ones. */
export function shopFiles(
  card: string,
  rows: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    'acme/site.yaml': `id: acme
name: Acme
time_zone: Europe/Berlin
store: { client: sqlite, file: ../store.sqlite }
operator: robin
due: { business_days: 5, grace_days: 3 }
channels: { journal: { kind: file, path: ../alerts.log } }
`,
    'acme/people.yaml': 'people: { robin: { name: Robin } }\n',
    'acme/connections.yaml': 'connections: { files: { connector: csv, owner: robin, options: { folder: ../in } } }\n',
    'acme/extracts/sales.yaml': `extracts:
  sales:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: sales.csv }
    time: day
    columns: { day: date, code: text, amount: { type: decimal, locale: en-US } }
`,
    'acme/scorecards/company.yaml': card,
    'in/sales.csv': salesOf(rows),
    ...more,
  };
}

const salesOf = (rows: readonly string[]): string => `day,code,amount\n${rows.join('\n')}\n`;

export async function writeFiles({ path }: WorkingFolder, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
}

/** A working folder with these files, collected once. */
export function withShop(
  files: Readonly<Record<string, string>>,
  work: (folder: WorkingFolder) => Promise<void>,
): Promise<void> {
  return withWorkingFolder(async (folder) => {
    await writeFiles(folder, files);
    await folder.run((context) => runCommand(context, SHOP));
    await work(folder);
  });
}
