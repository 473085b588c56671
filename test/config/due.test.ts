import { describe, expect, it } from 'vitest';
import { changed, configOf, problemsAfter, SOUND } from './support/config-folder.js';

const SITE = 'site.yaml';
const CARD = 'scorecards/company.yaml';
const AFTER = 'frequency: monthly\n';

const dueOf = async (site: string, measure: string) => {
  const withSite = site === '' ? SOUND : changed(SITE, 'operator: omar\n', `operator: omar\n${site}\n`);
  const files = measure === '' ? withSite : changed(CARD, AFTER, `${AFTER}    ${measure}\n`, withSite);
  return (await configOf(files)).measures[0]?.due;
};

describe('the due rule of a measure', () => {
  it('has only what is written beside its two numbers', async () => {
    expect(await dueOf('', '')).toEqual({ businessDays: 5, graceDays: 3 });
  });

  it('takes each part from the site that the measure does not write itself', async () => {
    const site = 'due: { lock_days: 30, remind: { before_days: 5 }, escalate: { every_days: 3, times: 2 } }';
    expect(await dueOf(site, '')).toEqual({
      businessDays: 5,
      graceDays: 3,
      lockDays: 30,
      remind: { beforeDays: 5 },
      escalate: { everyDays: 3, times: 2 },
    });
    expect(await dueOf(site, 'due: { grace_days: 0, lock_days: 10, remind: { after_days: 1 } }')).toEqual({
      businessDays: 5,
      graceDays: 0,
      lockDays: 10,
      remind: { afterDays: 1 },
      escalate: { everyDays: 3, times: 2 },
    });
  });

  it('goes by what is said nearest: measure, scorecard, connection, site', async () => {
    const rules: readonly (readonly [string, string, string, string])[] = [
      [SITE, 'operator: omar\n', 'operator: omar\ndue: { business_days: 9, grace_days: 7, lock_days: 90 }\n', 'site'],
      ['connections.yaml', 'owner: omar\n', 'owner: omar\n    due: { hours: 30, grace_days: 2 }\n', 'connection'],
      [CARD, 'name: Company, owner: omar }', 'name: Company, owner: omar, due: { day_of_month: 12 } }', 'scorecard'],
      [CARD, AFTER, `${AFTER}    due: { business_days: 1 }\n`, 'measure'],
    ];
    let files = SOUND;
    const found: unknown[] = [];
    for (const [file, from, to] of rules) {
      files = changed(file, from, to, files);
      found.push((await configOf(files)).measures[0]?.due);
    }
    expect(found).toEqual([
      { businessDays: 9, graceDays: 7, lockDays: 90 },
      { businessDays: 0, hours: 30, graceDays: 2, lockDays: 90 },
      { businessDays: 0, dayOfMonth: 12, graceDays: 2, lockDays: 90 },
      { businessDays: 1, graceDays: 2, lockDays: 90 },
    ]);
  });

  describe('by the "as of" of its source', () => {
    const EXTRACT = 'extracts/contracts.yaml';
    const CONNECTION = 'connections.yaml';
    const judged = changed(EXTRACT, '    time: ended_on\n', '    time: ended_on\n    evidence: as_of\n');
    const due = (rule: string) => `${AFTER}    due: { ${rule} }\n`;

    it('stands beside the latest time, its own or one said further away', async () => {
      const own = await configOf(changed(CARD, AFTER, due('as_of: true, day_of_month: 12'), judged));
      expect(own.measures[0]?.due).toEqual({ businessDays: 0, dayOfMonth: 12, graceDays: 3, asOf: true });
      const usual = await configOf(changed(CARD, AFTER, due('as_of: true'), judged));
      expect(usual.measures[0]?.due).toEqual({ businessDays: 5, graceDays: 3, asOf: true });
    });

    it('can be said further away for all whose source can say it, and taken back nearer', async () => {
      const site = changed(SITE, 'operator: omar\n', 'operator: omar\ndue: { as_of: true }\n', judged);
      expect((await configOf(site)).measures[0]?.due.asOf).toBe(true);
      const taken = await configOf(changed(CARD, AFTER, due('as_of: false'), site));
      expect(taken.measures[0]?.due).toEqual({ businessDays: 5, graceDays: 3 });
      const other = changed(SITE, 'operator: omar\n', 'operator: omar\ndue: { as_of: true }\n');
      expect((await configOf(other)).measures[0]?.due).toEqual({ businessDays: 5, graceDays: 3 });
    });

    it.each([
      ['a measure', CARD, AFTER, due('as_of: true'), 'measures.0.due.as_of'],
      [
        'a connection',
        CONNECTION,
        'owner: omar\n',
        'owner: omar\n    due: { as_of: true }\n',
        'connections.operations.due.as_of',
      ],
    ])('is refused of %s without such a source', async (_, file, from, to, path) => {
      expect(await problemsAfter(file, from, to)).toEqual([
        expect.objectContaining({ code: 'CONFIG_DUE_AS_OF', path: expect.stringContaining(path) }),
      ]);
    });

    it('is right at a connection one of whose extracts is judged by it', async () => {
      const files = changed(CONNECTION, 'owner: omar\n', 'owner: omar\n    due: { as_of: true }\n', judged);
      expect((await configOf(files)).measures[0]?.due.asOf).toBe(true);
    });
  });

  it('is refused where it says twice when a value is due', async () => {
    const problems = await problemsAfter(CARD, AFTER, `${AFTER}    due: { business_days: 1, hours: 6 }\n`);
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'CONFIG_DUE_TWICE',
        path: expect.stringContaining('measures.0.due.hours'),
        message: expect.stringContaining('business_days and hours'),
      }),
    ]);
  });

  it.each([
    ['remind: {}', 'measures.0.due.remind'],
    ['remind: { after_days: 0 }', 'measures.0.due.remind.after_days'],
    ['escalate: { every_days: 3 }', 'measures.0.due.escalate'],
    ['escalate: { every_days: 0, times: 2 }', 'measures.0.due.escalate.every_days'],
    ['lock_days: -1', 'measures.0.due.lock_days'],
  ])('is refused with its place: %s', async (part, path) => {
    const problems = await problemsAfter(CARD, AFTER, `${AFTER}    due: { ${part} }\n`);
    expect(problems.map((problem) => [problem.severity, problem.path])).toEqual([
      ['error', expect.stringContaining(path)],
    ]);
  });
});

describe('blanks of a column', () => {
  const EXTRACT = 'extracts/contracts.yaml';

  it('stay as they are written, and change what its measures are', async () => {
    const plain = await configOf(SOUND);
    const declared = await configOf(
      changed(EXTRACT, 'renewed: boolean', "renewed: { type: boolean, blanks: ['?', 0] }"),
    );
    expect(declared.extracts[0]?.columns.find(({ name }) => name === 'renewed')?.blanks).toEqual(['?', '0']);
    expect(declared.measures[0]?.valueDigest).not.toBe(plain.measures[0]?.valueDigest);
  });

  it('are refused of a text column, and where there are none', async () => {
    const problems = (column: string) =>
      problemsAfter(EXTRACT, 'renewed: boolean', `renewed: boolean\n      note: ${column}`);
    expect(await problems("{ type: text, blanks: ['-'] }")).toMatchObject([
      { code: 'CONFIG_COLUMN_OPTION', path: 'extracts.contracts.columns.note.blanks' },
    ]);
    expect(await problems('{ type: decimal, blanks: [] }')).toMatchObject([
      { severity: 'error', path: 'extracts.contracts.columns.note.blanks' },
    ]);
  });
});

describe('what an extract says of its source', () => {
  const EXTRACT = 'extracts/contracts.yaml';
  const TIME = '    time: ended_on\n';
  const CONNECTION = 'connections.yaml';
  const ownedBy = '    owner: omar\n';

  it('is absent where nothing is written', async () => {
    const [extract] = (await configOf(SOUND)).extracts;
    expect(extract).not.toHaveProperty('evidence');
    expect(extract).not.toHaveProperty('keptBy');
  });

  it('is what its connection says, unless it says it itself', async () => {
    const connected = changed(CONNECTION, ownedBy, `${ownedBy}    evidence: as_of\n    kept_by: amara\n`);
    expect((await configOf(connected)).extracts[0]).toMatchObject({ evidence: 'as_of', keptBy: 'amara' });
    const own = changed(EXTRACT, TIME, `${TIME}    evidence: watermark\n    kept_by: omar\n`, connected);
    expect((await configOf(own)).extracts[0]).toMatchObject({ evidence: 'watermark', keptBy: 'omar' });
  });

  it.each([
    [EXTRACT, TIME, 'extracts.contracts.kept_by'],
    [CONNECTION, ownedBy, 'connections.operations.kept_by'],
  ])('is refused in %s with a keeper whom nobody knows', async (file, line, path) => {
    expect(await problemsAfter(file, line, `${line}    kept_by: kim\n`)).toEqual([
      expect.objectContaining({ code: 'CONFIG_UNKNOWN_OWNER', path, message: expect.stringContaining('"kim"') }),
    ]);
  });

  it('is refused where the rows of a snapshot are to show their age', async () => {
    const problems = await problemsAfter(EXTRACT, TIME, '    snapshot: { takes: last }\n    evidence: newest_row\n');
    expect(problems).toEqual([
      expect.objectContaining({ code: 'CONFIG_SNAPSHOT_SETTING', path: 'extracts.contracts.evidence' }),
    ]);
  });
});
