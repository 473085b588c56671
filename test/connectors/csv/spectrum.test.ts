import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { readBytes } from './read-bytes.js';

// The cases of the package csv-spectrum, each with the JSON that its author says a parser must give. The JSON has no
// null: an unquoted empty field is compared as empty text.
//
// Strict reading rejects one of them: location_coordinates has quotes inside an unquoted field (37°36'37.8"N), which
// RFC 4180 does not allow. An extract must allow the repair that takes them as text, and the repair is counted. The
// JSON of that case has another telephone number than its CSV; the one of the CSV is right.

const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum'));
const cases = readdirSync(join(folder, 'csvs')).map((name) => name.replace(/\.csv$/, ''));

it('knows all cases', () => {
  expect(cases).toHaveLength(12);
});

it('rejects quotes inside an unquoted field until their repair is allowed', async () => {
  const read = await readBytes(readFileSync(join(folder, 'csvs', 'location_coordinates.csv')));
  expect(read.rows).toEqual([]);
  expect(read.rejects).toMatchObject([
    { locator: 'a.csv:2', rule: 'broken_quote', remedy: expect.stringContaining('stray_quote') },
  ]);
});

it.each(cases)('reads %s', async (name) => {
  const isCoordinates = name === 'location_coordinates';
  const options = isCoordinates ? { repairs: ['stray_quote' as const] } : {};
  const read = await readBytes(readFileSync(join(folder, 'csvs', `${name}.csv`)), [], options);
  const { header } = read.summary;
  const records = read.rows.map((row) => Object.fromEntries(row.map((cell, index) => [header[index], cell ?? ''])));
  const json = readFileSync(join(folder, 'json', `${name}.json`), 'utf8').replace('1234567890', '2095257564');
  expect(records).toEqual([JSON.parse(json)].flat());
  expect(read.rejects).toEqual([]);
  expect(read.repaired).toEqual(isCoordinates ? { stray_quote: 1 } : {});
});
