import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateSources, laterFile } from '../../demo/company/generate-sources.js';
import { operationsTables } from '../../demo/company/operations-tables.js';
import { createTableSql } from '../../demo/company/table.js';

const TODAY = '2026-11-23';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-demo-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function digests(root: string): Promise<Record<string, string>> {
  const result: Record<string, string> = {};
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    result[path.slice(root.length + 1)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return result;
}

describe('generateSources()', () => {
  it('writes the same bytes for the same day and seed, also over older exports', async () => {
    await generateSources({ folder, today: TODAY });
    const first = await digests(folder);
    await generateSources({ folder, today: '2026-06-01' });
    await laterFile({ folder, today: '2026-06-01' });
    await generateSources({ folder, today: TODAY });
    expect(await digests(folder)).toEqual(first);
  });

  it('writes other data for another seed', async () => {
    await generateSources({ folder, today: TODAY });
    const first = await digests(folder);
    await generateSources({ folder, today: TODAY, seed: 7 });
    const second = await digests(folder);
    expect(Object.keys(second)).toEqual(Object.keys(first));
    expect(Object.keys(second).filter((path) => second[path] === first[path])).toEqual([]);
  });

  it('writes 30 to 60 thousand rows and counts them', async () => {
    const { rows, files } = await generateSources({ folder, today: TODAY });
    expect(rows).toBeGreaterThan(30_000);
    expect(rows).toBeLessThan(60_000);
    expect(files.map(({ path }) => path).sort()).toEqual(Object.keys(await digests(folder)).sort());
  });

  it('leaves files alone that are no exports', async () => {
    await generateSources({ folder, today: TODAY });
    await writeFile(join(folder, 'finance', 'notes.txt'), 'kept');
    await generateSources({ folder, today: TODAY });
    expect(await readFile(join(folder, 'finance', 'notes.txt'), 'utf8')).toBe('kept');
  });

  it('writes finance in windows-1252 with Windows line ends', async () => {
    await generateSources({ folder, today: TODAY });
    const bytes = await readFile(join(folder, 'finance', 'ergebnis-2026-10-v1.csv'));
    // "Geschäftsbereich;Umsatz (€)": ä is E4 and € is 80, each one byte.
    expect(bytes.includes(Buffer.from('Gesch\xe4ftsbereich;Umsatz (\x80)', 'latin1'))).toBe(true);
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    expect(bytes.toString('latin1').split('\r\n')).toHaveLength(5);
  });

  it('writes training in UTF-8 with a byte-order mark', async () => {
    await generateSources({ folder, today: TODAY });
    const bytes = await readFile(join(folder, 'training', 'lernplattform-2026-10.csv'));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toMatch(/^Datum;[\s\S]*Führungskräfte/);
  });

  it('puts a faulty record on each promised line', async () => {
    const { badRows } = await generateSources({ folder, today: TODAY });
    const found = [];
    for (const { file, line, rule } of badRows) {
      const lines = (await readFile(join(folder, file), 'latin1')).split('\r\n');
      found.push([rule, lines[line - 1]?.replace(/^[^;]*;/, '')]);
      expect(lines[line - 1], `${file}:${line}`).toMatch(/;R-9000\d;/);
    }
    expect(found).toEqual([
      ['blank_required', 'R-90004;Fjordline Logistik AG;;0,00'],
      ['error_token', 'R-90005;Zephyr Energie AG;#DIV/0!;0,00'],
      ['impossible_date', 'R-90001;Tannhof Kliniken;1.250,00;0,00'],
      ['number_grammar', 'R-90002;Hafenkontor Ost;2,480.50;0,00'],
      ['column_count', 'R-90003;Gro\xdf; S\xf6hne GmbH;890,00;0,00'],
    ]);
  });

  it('stores decimals, dates and blanks in SQLite as they are', async () => {
    await generateSources({ folder, today: TODAY });
    const database = new Database(join(folder, 'operations.sqlite'), { readonly: true });
    const types = (table: string, column: string) =>
      database.prepare(`select distinct typeof(${column}) as kind from ${table} order by kind`).pluck().all();
    expect(types('contracts', 'annual_value')).toEqual(['text']);
    expect(types('time_sheets', 'billable_hours')).toEqual(['text']);
    expect(types('contracts', 'signed_on')).toEqual(['text']);
    expect(types('projects', 'finished_on')).toEqual(['null', 'text']);
    expect(types('tickets', 'rating')).toEqual(['integer', 'null']);
    database.close();
  });
});

describe('laterFile()', () => {
  it('adds one file that sorts behind the one it corrects and lowers one line of profit', async () => {
    await generateSources({ folder, today: TODAY });
    const before = await digests(folder);
    const correction = await laterFile({ folder, today: TODAY });
    const after = await digests(folder);
    expect(Object.keys(after).filter((path) => !(path in before))).toEqual([correction.file]);
    expect(correction).toEqual({
      file: 'finance/ergebnis-2026-09-v2-korrektur.csv',
      measure: 'company/profit-margin',
      period: '2026-09',
      before: 'on_track',
      after: 'at_risk',
    });

    const original = correction.file.replace('v2-korrektur', 'v1');
    expect([correction.file, original].sort()).toEqual([original, correction.file]);
    expect(original.localeCompare(correction.file)).toBe(-1);

    const margin = async (corrected: boolean): Promise<number> => {
      const lines = new Map<string, readonly number[]>();
      for (const path of corrected ? [original, correction.file] : [original]) {
        const records = (await readFile(join(folder, path), 'latin1')).trim().split('\r\n').slice(1);
        for (const record of records) {
          const [, line = '', ...amounts] = record.split(';');
          lines.set(
            line,
            amounts.map((amount) => Number.parseInt(amount.replaceAll(/[.,]/g, ''), 10)),
          );
        }
      }
      const total = (index: number) => [...lines.values()].reduce((sum, amounts) => sum + (amounts[index] ?? 0), 0);
      return (100 * total(3)) / total(0);
    };
    expect(await margin(false)).toBeGreaterThanOrEqual(18);
    expect(await margin(true)).toBeLessThan(18);
    expect(await margin(true)).toBeGreaterThanOrEqual(18 * 0.9);
  });
});

describe('createTableSql()', () => {
  it('gives decimals, dates and flags their own types in MySQL', () => {
    const contracts = operationsTables(TODAY, 1).find((table) => table.name === 'contracts');
    expect(contracts && createTableSql(contracts, 'mysql')).toBe(
      [
        'create table contracts (',
        '  contract_no varchar(20) not null,',
        '  client varchar(80),',
        '  signed_on date,',
        '  ended_on date,',
        '  annual_value decimal(12,2),',
        '  renewed tinyint(1),',
        '  primary key (contract_no)',
        ') default character set utf8mb4',
      ].join('\n'),
    );
  });
});
