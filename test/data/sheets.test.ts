// Answers of Google itself, recorded by others, against the local stand-in that all other tests of Sheets speak to: the
// stand-in says nothing that Google does not, and what Google said is read as the cells it held.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { ColumnSpec } from '#src/domain/value/types.js';
import { metadataAnswer, valuesAnswer } from '../../demo/sheets-server/answers.js';
import { refusal } from '../../demo/sheets-server/faults.js';
import { extract, ID, spreadsheet, tab, withSite } from '../connectors/google-sheets/sheets-site.js';
import { readAll, request } from '../connectors/read-all.js';

const data = process.env['PLUMBLINE_TEST_DATA'];
if (data === undefined) process.stderr.write('PLUMBLINE_TEST_DATA names no folder: tests on real data are left out.\n');

const Recording = z.object({
  interactions: z.array(
    z.object({
      request: z.object({ method: z.string(), uri: z.string() }),
      response: z.object({
        status: z.object({ code: z.number() }),
        headers: z.record(z.string(), z.array(z.string())),
        body: z.object({ string: z.string() }),
      }),
    }),
  ),
});

/** The whole answers to GET requests whose address matches, each once. */
function recorded(address: RegExp): readonly string[] {
  const file = join(data ?? '', 'sheets', 'CellTest.test_numeric_value.json');
  const { interactions } = Recording.parse(JSON.parse(readFileSync(file, 'utf8')));
  const bodies = interactions
    .filter(({ request: { method, uri } }) => method === 'GET' && address.test(uri))
    .map(({ response }) => response.body.string);
  return [...new Set(bodies)];
}

const METADATA = /\/v4\/spreadsheets\/[^/]+\?includeGridData=false$/;
const VALUES = /\/values\//;
const DRIVE = /\/drive\/v3\/files\//;

/** Every place of a JSON value with its type: `sheets[].properties.index number`. What an empty list holds is not known. */
function shapeOf(value: unknown, place = ''): readonly string[] {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return [`${place} list`, ...items.flatMap((item) => shapeOf(item, `${place}[]`))];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => shapeOf(inner, `${place}.${key}`));
  }
  return [`${place} ${typeof value}`];
}

const shapeOfJson = (json: string): Set<string> => new Set(shapeOf(JSON.parse(json)));
const SHEET = spreadsheet([tab([['x']], { title: 'Sheet1' })]);

describe.skipIf(data === undefined)('the stand-in', () => {
  it('describes a spreadsheet in places and types that Google has too', () => {
    const google = shapeOfJson(recorded(METADATA)[0] ?? '{}');
    // Google leaves a list out that is empty; the stand-in sends it.
    const ours = [...shapeOfJson(metadataAnswer(SHEET))].filter((place) => place !== '.namedRanges list');
    expect(ours.filter((place) => !google.has(place))).toEqual([]);
    expect(ours).toEqual(
      expect.arrayContaining([
        '.properties.timeZone string',
        '.sheets[].properties.sheetId number',
        '.sheets[].properties.gridProperties.rowCount number',
      ]),
    );
  });

  it('answers each range as Google answers one', () => {
    const query = new URLSearchParams({ ranges: "'Sheet1'!A1" });
    const ours = shapeOfJson(valuesAnswer(SHEET, query));
    const google = new Set(recorded(VALUES).flatMap((body) => [...shapeOfJson(body)]));
    const inBatch = [...google].map((place) => `.valueRanges[]${place}`);
    expect(ours).toEqual(new Set(['.spreadsheetId string', '.valueRanges list', ...inBatch]));
  });

  it('refuses in the documented form of errors, of which none was recorded', () => {
    const shape = shapeOfJson(refusal(404, 'NOT_FOUND', 'Requested entity was not found.').body);
    expect(shape).toEqual(new Set(['.error.code number', '.error.message string', '.error.status string']));
  });
});

describe.skipIf(data === undefined)('what Google answered', () => {
  const spec: ColumnSpec = {
    name: 'A',
    sourceName: 'A',
    type: 'decimal',
    locale: 'en-US',
    timeZone: 'UTC',
    required: true,
  };
  const cases = [
    ['0.0009765625', { ok: true, value: '0.0009765625' }],
    ['2,000,000.01', { ok: true, value: '2000000.01' }],
    ['Non-numeric value', { ok: false, problem: { rule: 'number_grammar' } }],
  ] as const;

  it('has these cells and no others', () => {
    const cells = recorded(VALUES).map((body): unknown => JSON.parse(body));
    expect(cells).toEqual(cases.map(([cell]) => ({ range: 'Sheet1!A1', majorDimension: 'ROWS', values: [[cell]] })));
  });

  it('of Drive is the watermark', async () => {
    const [body = ''] = recorded(DRIVE);
    const work = withSite(
      SHEET,
      async ({ server, source }) => {
        server.misbehave(({ kind }) => (kind === 'drive' ? { kind: 'answer', status: 200, body } : undefined));
        return readAll(source, request(extract({ tab: 'Sheet1', header_rows: 0 }), ['A']));
      },
      { drive_modified_time: true },
    );
    expect((await work).summary.watermark).toMatchObject({
      evidence: 'modified_time',
      at: expect.stringMatching(/^2023-07-20T08:48:08(\.584)?Z$/),
    });
  });

  it.each(cases)('is read by the connector as the cell %s', async (cell, typed) => {
    const [metadata = ''] = recorded(METADATA);
    const [values = ''] = recorded(VALUES).filter((body) => body.includes(JSON.stringify(cell)));
    await withSite(SHEET, async ({ server, source }) => {
      server.misbehave(({ kind }) => {
        if (kind === 'metadata') return { kind: 'answer', status: 200, body: metadata };
        const body = `{"spreadsheetId":"${ID}","valueRanges":[${values}]}`;
        return kind === 'values' ? { kind: 'answer', status: 200, body } : undefined;
      });
      const options = extract({ tab: 'Sheet1', range: 'A1', header_rows: 0 });
      const read = await readAll(source, request(options, ['A'], { columnSpecs: [spec] }));
      expect([read.rows, read.rejects]).toEqual([[[cell]], []]);
      expect(read.places).toEqual(['Sheet1!A1']);
      expect(createCellReader(spec)(read.rows[0]?.[0] ?? null)).toMatchObject(typed);
    });
  });
});
