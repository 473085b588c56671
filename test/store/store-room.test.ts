// What holds for the room as a whole: its list of migrations, its reference text, and what it loads.
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tables } from '#src/store/migrations/0001-tables.js';
import { migrations } from '#src/store/migrations/migrations.js';

const root = new URL('../../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

describe('the store room', () => {
  it('lists every migration file once, in order of name', async () => {
    const files = await readdir(new URL('src/store/migrations', root));
    const numbered = files.filter((file) => /^\d{4}-/.test(file)).map((file) => file.replace('.ts', ''));
    expect(migrations.map(({ name }) => name)).toEqual(numbered.sort());
  });

  it('keeps every key under the 3,072 bytes that InnoDB allows', () => {
    for (const table of tables) {
      for (const columns of [table.primaryKey, ...(table.indexes ?? [])]) {
        const bytes = columns.map((name) => {
          const type = table.columns.find((column) => column.name === name)?.mysql ?? '';
          return Number(/varchar\((\d+)\)/.exec(type)?.[1] ?? 2) * 4;
        });
        expect([table.name, columns, bytes.reduce((sum, each) => sum + each, 0) <= 3_072]).toEqual([
          table.name,
          columns,
          true,
        ]);
      }
    }
  });

  it('describes every table, view and column in docs/reference/store.md', async () => {
    const sections = new Map(
      (await read('docs/reference/store.md')).split(/^### /m).map((text) => [text.split('\n', 1)[0], text]),
    );
    const undocumented = tables
      .filter(({ name }) => name !== 'store_lock')
      .flatMap(({ name, columns }) => columns.map((column) => [name, column.name] as const))
      .filter(([table, column]) => !sections.get(`\`${table}\``)?.includes(`\`${column.replace(/_number$/, '')}\``));
    expect(undocumented).toEqual([]);
    for (const view of ['v_scorecard_current', 'v_alerts_open', 'v_freshness'])
      expect(sections.has(`\`${view}\``)).toBe(true);
  });

  it('loads knex and drivers only when a store is opened', async () => {
    const folder = fileURLToPath(new URL('src/store', root));
    const files = await readdir(folder, { recursive: true });
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      const text = await readFile(`${folder}/${file}`, 'utf8');
      expect([file, text.match(/^import (?!type\b).*'(knex|better-sqlite3|mysql2)[^']*';$/m)]).toEqual([file, null]);
    }
  });
});
