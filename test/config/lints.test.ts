// What the lints say of whole folders; each case changes a scorecard that keeps to the practice.
import { describe, expect, it } from 'vitest';
import { readConfig } from '#src/config/read-config.js';
import type { ConfigProblem } from '#src/config/types.js';
import { type Files, registry, SOUND, withFolder } from './support/config-folder.js';

interface Shape {
  /** Objectives of each perspective, top first. */
  readonly perPerspective: readonly number[];
  readonly measures: number;
  readonly maxPerObjective: number;
  readonly practice?: string;
  readonly lints?: string;
}

/** As many measures as may be on the first objective, the rest on the others in turn. */
function objectiveOf(index: number, maxPerObjective: number, objectives: number): number {
  return index < maxPerObjective ? 0 : 1 + ((index - maxPerObjective) % (objectives - 1));
}

function folderOf(shape: Shape): Files {
  const objectives = shape.perPerspective.flatMap((count, level) => Array.from({ length: count }, () => level));
  const first = (level: number): number => objectives.indexOf(level);
  const lines = [
    `scorecard: { id: company, name: Company, owner: omar${shape.practice === undefined ? '' : `, practice: ${shape.practice}`} }`,
    'perspectives:',
    ...shape.perPerspective.map((_, level) => `  - { id: p${level}, name: P${level} }`),
    'objectives:',
    ...objectives.map((level, index) => {
      const drives = level === 0 ? (index === 0 ? '[]' : '[o0]') : `[o${first(level - 1)}]`;
      return `  - { id: o${index}, name: O${index}, perspective: p${level}, owner: omar, drives: ${drives} }`;
    }),
    'measures:',
    ...Array.from({ length: shape.measures }, (_, index) =>
      [
        `  - { id: m${index}, name: M${index}, objective: o${objectiveOf(index, shape.maxPerObjective, objectives.length)}`,
        'owner: omar, unit: contracts, direction: higher-is-better, frequency: monthly',
        'from: { extract: contracts, count: all }',
        'targets: [{ from: 2025-01, value: 1 }, { from: 2026-01, value: 2 }] }',
      ].join(', '),
    ),
  ];
  const site = `${SOUND['site.yaml']}${shape.lints === undefined ? '' : `lints: ${shape.lints}\n`}`;
  return { ...SOUND, 'site.yaml': site, 'scorecards/company.yaml': `${lines.join('\n')}\n` };
}

const problemsOf = (files: Files, today?: string): Promise<readonly ConfigProblem[]> =>
  withFolder(files, async (folder) => {
    const reading = await readConfig(folder, registry, today === undefined ? {} : { today });
    return reading.problems.filter(({ code }) => code !== 'CONFIG_OBJECTIVE_WITHOUT_MEASURE');
  });

const BALANCED: Shape = {
  perPerspective: [4, 4, 4, 4],
  measures: 19,
  maxPerObjective: 2,
  practice: 'balanced-scorecard',
};
const UNBALANCED: Shape = { ...BALANCED, perPerspective: [2, 3, 3, 3], measures: 20, maxPerObjective: 3 };

describe('lints of the practice', () => {
  it.each<[string, Shape, readonly string[]]>([
    ['W59', BALANCED, []],
    ['W60', UNBALANCED, ['measures_per_objective_2', 'measures_under_20', 'objectives_12_18', 'perspective_3_5']],
  ])('find what the worked case %s says', async (_, shape, rules) => {
    const problems = await problemsOf(folderOf(shape));
    expect([...new Set(problems.map(({ rule }) => rule))].sort()).toEqual(rules);
    expect(new Set(problems.map(({ severity, code }) => `${severity} ${code}`)).size).toBe(rules.length === 0 ? 0 : 1);
  });

  it('say nothing to a small scorecard that does not follow the practice', async () => {
    const { practice: _, ...small } = UNBALANCED;
    expect(await problemsOf(folderOf(small))).toEqual([]);
    expect(await problemsOf(folderOf({ ...small, lints: '{ practice: warning }' }))).not.toEqual([]);
    expect(await problemsOf(folderOf({ ...small, practice: 'none', lints: '{ practice: warning }' }))).toEqual([]);
  });

  it('stop a configuration whose rules are errors, each with its place, rule and remedy', async () => {
    const files = folderOf({ ...UNBALANCED, lints: '{ objectives_12_18: error, measures_per_objective_2: "off" }' });
    const problems = await problemsOf(files);
    expect(problems[0]).toEqual({
      severity: 'error',
      code: 'CONFIG_LINT',
      rule: 'objectives_12_18',
      file: 'scorecards/company.yaml',
      line: 1,
      column: 12,
      path: 'scorecard',
      message: 'company: 11 objectives; practice has 12 to 18',
      remedy: 'see which causes and effects are not told yet',
    });
    expect(problems.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
      'error objectives_12_18',
      'warning measures_under_20',
      'warning perspective_3_5',
    ]);
    await withFolder(files, async (folder) => expect((await readConfig(folder, registry)).config).toBeUndefined());
  });

  it('say nothing while the configuration has errors, since what is malformed is not counted', async () => {
    const files = folderOf(UNBALANCED);
    const broken = { ...files, 'scorecards/company.yaml': `${files['scorecards/company.yaml']}  - { id: m99 }\n` };
    expect((await problemsOf(broken)).filter(({ code }) => code === 'CONFIG_LINT')).toEqual([]);
  });

  it('do not count operational measures', async () => {
    const files = folderOf({ ...BALANCED, measures: 20 });
    const text = files['scorecards/company.yaml'] ?? '';
    const operational = text.replace('name: M19', 'name: M19, role: operational');
    expect((await problemsOf(files)).map(({ rule }) => rule)).toEqual(['measures_under_20']);
    expect(await problemsOf({ ...files, 'scorecards/company.yaml': operational })).toEqual([]);
  });

  it('point at the link that runs down, and at an owner whom no message reaches', async () => {
    const files = folderOf(BALANCED);
    const text = files['scorecards/company.yaml'] ?? '';
    const changed = text
      .replace('drives: [] }', 'drives: [o15] }')
      .replace('name: M3', 'name: M3, description: x')
      .replace(/(id: m3,.*?)owner: omar/, '$1owner: amara');
    const problems = await problemsOf({
      ...files,
      'scorecards/company.yaml': changed.replace(
        'id: o15, name: O15, perspective: p3, owner: omar, drives: [o8]',
        'id: o15, name: O15, perspective: p3, owner: omar',
      ),
    });
    expect(problems.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
      'link_top_down objectives.0.drives.0',
      'owner_without_address measures.3.owner',
    ]);
  });
});

describe('lints of any scorecard', () => {
  const CARD = 'scorecards/company.yaml';
  const sound = SOUND[CARD] ?? '';

  it('tell of reviews only when a day is handed in', async () => {
    const site = `${SOUND['site.yaml']}lints: { one_channel: off }\n`;
    const files = {
      ...SOUND,
      'site.yaml': site,
      [CARD]: sound.replace('owner: omar }', 'owner: omar, review_by: 2026-06-30 }'),
    };
    expect(await problemsOf(files)).toEqual([]);
    expect(await problemsOf(files, '2026-06-30')).toEqual([]);
    expect(await problemsOf(files, '2026-07-01')).toMatchObject([
      {
        severity: 'warning',
        rule: 'review_overdue',
        path: 'scorecard.review_by',
        message: expect.stringContaining('2026-06-30'),
      },
    ]);
  });

  it('refuse a review date that the calendar does not have', async () => {
    const files = { ...SOUND, [CARD]: sound.replace('owner: omar }', 'owner: omar, review_by: 2026-06-31 }') };
    expect(await problemsOf(files)).toMatchObject([{ code: 'CONFIG_INVALID_DATE', path: 'scorecard.review_by' }]);
  });

  it('tell of a mean of percentages, and show the better spelling', async () => {
    const ratio = 'ratio: { numerator: { count: renewed = true }, denominator: { count: all } }';
    const files = { ...SOUND, [CARD]: sound.replace(ratio, 'avg: amount') };
    expect(await problemsOf(files)).toMatchObject([
      { rule: 'averaged_ratio', remedy: expect.stringContaining('ratio: {') },
    ]);
  });

  it.each([
    ['a lift of a ratio by its mean', '{ measure: MEASURE, over: { rolling: 3 }, combine: mean }', 'leave combine out'],
    [
      'a formula that is the average of ratios',
      '{ formula: (a + b) / 2, inputs: { a: { measure: MEASURE }, b: { measure: MEASURE, at: previous } } }',
      'one ratio',
    ],
  ])('tell of %s', async (_, from, remedy) => {
    const id = /- id: (\S+)/.exec(sound.slice(sound.lastIndexOf('- id:', sound.indexOf('ratio:'))))?.[1];
    const made = `  - id: made
    name: Made
    objective: ${/objective: (\S+)/.exec(sound)?.[1]}
    owner: omar
    unit: percent
    direction: unscored
    frequency: monthly
    from: ${from.replaceAll('MEASURE', id ?? '')}
`;
    expect(await problemsOf({ ...SOUND, [CARD]: `${sound.trimEnd()}\n${made}` })).toMatchObject([
      { rule: 'averaged_ratio', remedy: expect.stringContaining(remedy) },
    ]);
  });

  it('refuse a rule that there is not, with the one that was probably meant', async () => {
    const files = { ...SOUND, 'site.yaml': `${SOUND['site.yaml']}lints: { objectives_12_17: error }\n` };
    expect(await problemsOf(files)).toMatchObject([
      { code: 'CONFIG_UNKNOWN_KEY', remedy: expect.stringContaining('objectives_12_18') },
    ]);
  });
});

describe('the lint of a channel that is the only one', () => {
  const withChannels = (channels: string, lints = ''): Files => {
    const site = (SOUND['site.yaml'] ?? '').split('channels:')[0] ?? '';
    return { ...folderOf(BALANCED), 'site.yaml': `${site}channels: { ${channels} }\n${lints}` };
  };
  const mail = `mail: { kind: email, url: '\${env:SMTP_URL}', from: plumbline@example.com }`;
  const found = async (files: Files, today?: string) =>
    (await problemsOf(files, today)).map(({ severity, rule, message }) => [severity, rule, message]);

  it.each([
    ['warns', '', 'warning'],
    ['is as grave as it is set', 'lints: { one_channel: error }\n', 'error'],
  ])('%s', async (_how, lints, severity) => {
    expect(await found(withChannels(mail, lints), '2026-11-23')).toEqual([
      [severity, 'one_channel', '"mail" is the only channel: nobody could be told that its messages are lost'],
    ]);
  });

  it.each([
    ['beside another', `${mail}, journal: { kind: file, path: alerts.log }`],
    ['for a file alone', 'journal: { kind: file, path: alerts.log }'],
  ])('is silent %s', async (_where, channels) => {
    expect(await found(withChannels(channels), '2026-11-23')).toEqual([]);
  });

  it('is asked by check alone: a site that runs is not to stop by it', async () => {
    expect(await found(withChannels(mail))).toEqual([]);
  });
});
