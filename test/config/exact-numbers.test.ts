import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changed, configOf, read } from './support/config-folder.js';

const CARD = 'scorecards/company.yaml';

async function targetWritten(text: string): Promise<unknown> {
  return (await configOf(changed(CARD, 'value: 85', `value: ${text}`))).measures[0]?.targets[0]?.target;
}

it.each([
  ['0.1', '0.1'],
  ['12345678901234567890.123456789012345678', '12345678901234567890.123456789012345678'],
  ['9007199254740993', '9007199254740993'],
  ['0.30000000000000004', '0.30000000000000004'],
  ['85.50', '85.5'],
  ["'85.0'", '85'],
  ['0085', '85'],
])('keeps the target %s exactly, as %s', async (written, value) => {
  expect(await targetWritten(written)).toEqual({ kind: 'value', value });
});

it('keeps weights, knots, scales and roll-up limits exactly', async () => {
  const big = '12345678901234567890.123456789';
  let files = changed(
    CARD,
    'unit: percent',
    `unit: percent\n    weight: ${big}\n    score: { basis: value, knots: [[0.1, 0], [${big}, 0.10]] }`,
  );
  files = changed(CARD, 'extract: contracts', `extract: contracts\n      scale: ${big}`, files);
  files = changed(
    'site.yaml',
    'operator: omar',
    'operator: omar\nroll_up: { on_track_from: 0.12345678901234567891 , at_risk_from: 0.1 }',
    files,
  );
  const { measures, site } = await configOf(files);
  expect(measures[0]).toMatchObject({
    weight: big,
    scale: big,
    scoreMap: {
      knots: [
        { at: '0.1', score: '0' },
        { at: big, score: '0.1' },
      ],
    },
  });
  expect(site.rollUp).toMatchObject({ onTrackFrom: '0.12345678901234567891', atRiskFrom: '0.1' });
});

it.each([
  '1e3',
  '1E+3',
  '.inf',
  '-.Inf',
  '.nan',
  '0x10',
  '0o17',
  '1_000',
  '1,5',
  '+5',
  '.5',
  '5.',
  '85 %',
  'true',
  '~',
  '"\u0661"',
])('takes %s for no number', async (written) => {
  const { config, problems } = await read(
    changed(CARD, '- { from: 2025-01, value: 85 }', `- from: 2025-01\n        value: ${written}`),
  );
  expect(config).toBeUndefined();
  expect(problems[0]).toMatchObject({ file: CARD, line: 19, column: 16, path: 'measures.0.targets.0.value' });
});

it('keeps any plain decimal, whatever its length', async () => {
  const digits = fc.stringMatching(/^[1-9][0-9]{0,24}(\.[0-9]{0,24}[1-9])?$/);
  await fc.assert(
    fc.asyncProperty(digits, async (text) => {
      expect(await targetWritten(text)).toEqual({ kind: 'value', value: text });
    }),
    { numRuns: 20 },
  );
});

it('hands numbers below options and source to the connector as numbers, and text as text', async () => {
  const { connections, extracts } = await configOf(
    changed('extracts/contracts.yaml', '{ query: select 1 }', `{ query: '17', top: 12.5 }`),
  );
  expect(connections[0]?.options).toMatchObject({ port: 3306 });
  expect(extracts[0]?.source).toEqual({ query: '17', top: 12.5 });
});

it('does not round a whole number below options that is too large to be exact', async () => {
  const { problems } = await read(changed('connections.yaml', 'port: 3306', 'port: 9007199254740993'));
  expect(problems).toMatchObject([
    { code: 'CONFIG_WRONG_TYPE', message: expect.stringContaining('"9007199254740993"') },
  ]);
});
