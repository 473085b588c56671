import { expect, it } from 'vitest';
import { parseResolvedConfig, serialiseConfig } from '#src/config/revision.js';
import { changed, configOf, type Files, SOUND } from './support/config-folder.js';

const SITE = 'site.yaml';
const EXTRACTS = 'extracts/contracts.yaml';
const CARD = 'scorecards/company.yaml';

async function digestsOf(files: Files) {
  const { revision, measures } = await configOf(files);
  return { revision, value: measures[0]?.valueDigest, score: measures[0]?.scoreDigest };
}

it('keeps the digests of configurations from before: a new setting must not collect every history anew', async () => {
  expect(await digestsOf(SOUND)).toEqual({
    revision: 'd8ae6f069a379e4c',
    value: 'e0c4f9e389953302',
    score: expect.any(String),
  });
});

it('gives digests of 16 hex digits', async () => {
  for (const digest of Object.values(await digestsOf(SOUND))) expect(digest).toMatch(/^[0-9a-f]{16}$/);
});

const SAME: readonly (readonly [what: string, file: string, from: string, to: string])[] = [
  ['a comment', CARD, 'unit: percent', 'unit: percent # of all'],
  [
    'the order of keys',
    CARD,
    'numerator: { count: renewed = true }, denominator: { count: all }',
    'denominator: { count: all }, numerator: { count: renewed = true }',
  ],
  ['the way a number is written', CARD, 'value: 85', "value: '85.00'"],
  ['a default that is written out', CARD, 'unit: percent', 'unit: percent\n    decimals: 1\n    weight: 1.0'],
  ['the path of the store', SITE, '../acme.sqlite', '../other.sqlite'],
  ['the order of options', 'connections.yaml', 'host: db.example.com, port: 3306', 'port: 3306, host: db.example.com'],
];

it.each(SAME)('does not change a digest for %s', async (_what, file, from, to) => {
  expect(await digestsOf(changed(file, from, to))).toEqual(await digestsOf(SOUND));
});

const DIFFERENT: readonly (readonly [what: string, file: string, from: string, to: string, changes: string])[] = [
  ['a filter', CARD, 'renewed = true', 'renewed = false', 'value'],
  ['a frequency', CARD, 'frequency: monthly', 'frequency: yearly', 'value'],
  ['a scale', CARD, 'unit: percent', 'unit: share', 'value'],
  ['an empty period', CARD, 'unit: percent', 'unit: percent\n    empty_means_zero: true', 'value'],
  ['a zone', SITE, 'Europe/Berlin', 'Europe/Vienna', 'value'],
  ['a query', EXTRACTS, 'select 1', 'select 2', 'value'],
  ['a column', EXTRACTS, 'required: true', 'required: false', 'value'],
  [
    'a duplicate policy',
    EXTRACTS,
    'time: ended_on',
    'time: ended_on\n    duplicates: { keep: last, key: [amount] }',
    'value',
  ],
  ['a target', CARD, 'value: 85', 'value: 85.01', 'score'],
  ['a band', CARD, '>= 92%', '>= 91%', 'score'],
  ['a due rule', CARD, 'unit: percent', 'unit: percent\n    due: { grace_days: 4 }', 'score'],
  [
    'a score map',
    CARD,
    'unit: percent',
    'unit: percent\n    score: { basis: value, knots: [[1, 0], [2, 1]] }',
    'score',
  ],
  ['a name', CARD, 'name: Renewal rate', 'name: Rate of renewal', 'neither'],
  ['a snapshot', EXTRACTS, 'time: ended_on', 'snapshot: { takes: last }', 'value'],
  ['which capture stands', EXTRACTS, 'time: ended_on', 'snapshot: { takes: first }', 'value'],
  ['a push-down', EXTRACTS, 'time: ended_on', 'time: ended_on\n    push_down: false', 'neither'],
  ['a limit of rejects', EXTRACTS, 'time: ended_on', 'time: ended_on\n    limits: { rejected_percent: 9 }', 'neither'],
  ['a schedule', EXTRACTS, '06:30', '06:45', 'neither'],
  ['a limit', EXTRACTS, 'time: ended_on', 'time: ended_on\n    limits: { rows: 9 }', 'neither'],
  ['a manager', 'people.yaml', ', manager: omar', '', 'neither'],
];

it.each(DIFFERENT)(
  'makes a new revision for %s, and changes of a measure what it decides',
  async (_what, file, from, to, changes) => {
    const before = await digestsOf(SOUND);
    const after = await digestsOf(changed(file, from, to));
    expect(after.revision).not.toBe(before.revision);
    expect(after.value !== before.value).toBe(changes === 'value');
    expect(after.score !== before.score).toBe(changes === 'score');
  },
);

it('gives the same revision wherever the folder lies', async () => {
  const [first, second] = [await configOf(SOUND), await configOf(SOUND)];
  expect(first.folder).not.toBe(second.folder);
  expect(first.revision).toBe(second.revision);
});

it('reads back what it wrote', async () => {
  const config = await configOf(SOUND);
  expect(parseResolvedConfig(serialiseConfig(config))).toEqual(config);
});

it('refuses a stored configuration that was changed, or is none', async () => {
  const text = serialiseConfig(await configOf(SOUND));
  for (const other of [
    text.replace('"85"', '"84"'),
    '{}',
    'null',
    '[]',
    '{"revision":"x","site":{}}',
    '{"revision":"x","site":null}',
    text.slice(1),
  ]) {
    expect(() => parseResolvedConfig(other)).toThrow(expect.objectContaining({ code: 'CONFIG_REVISION_BROKEN' }));
  }
});
