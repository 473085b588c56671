// `plumbline test`: examples beside definitions, tried through the real fold and the real scoring.
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { init } from '#src/cli/commands/init.js';
import { test } from '#src/cli/commands/test.js';
import { type WorkingFolder, withWorkingFolder } from './working-folder.js';

const CARD = 'acme/scorecards/company.yaml';

/** A new config folder whose scorecard has these examples, beside measures of its own kind. */
async function withExamples(
  examples: string,
  work: (folder: WorkingFolder) => Promise<void>,
  measures = '',
): Promise<void> {
  await withWorkingFolder(async (folder) => {
    await folder.run((context) => init(context, 'acme'));
    await folder.edit(CARD, /\n# What comes of given rows[\s\S]*$/, `\n${measures}`);
    if (examples !== '') await appendFile(join(folder.path, CARD), `\nexamples:\n${examples}`);
    await work(folder);
  });
}

async function tried(folder: WorkingFolder, names: readonly string[] = [], json?: true) {
  let code = -1;
  const { out, err } = await folder.run(
    async (context) => {
      code = await test(context, names, { config: 'acme', ...(json === undefined ? {} : { json }) });
      return code;
    },
    { columns: 80 },
  );
  return { code, out, err };
}

const unwrapped = (text: string): string => text.replace(/\s+/g, ' ');

const onTime = (rows: string, expected: string, more = ''): string =>
  `  - { measure: on-time-delivery, period: 2026-10, rows: [${rows}], expect: { ${expected} }${more} }\n`;
const order = (cells: string): string => `{ ordered_on: 2026-10-05, ${cells} }`;
const TWO_OF_THREE = [order('on_time: yes'), order('on_time: yes'), order('on_time: no')].join(', ');

describe('plumbline test', () => {
  it('passes the example of a new config folder', async () => {
    await withWorkingFolder(async (folder) => {
      await folder.run((context) => init(context, 'acme'));
      expect(await tried(folder)).toEqual({ code: 0, out: '1 example passed.\n', err: '' });
    });
  });

  it('says what was expected, what came of it and of how many rows, and where it stands', async () => {
    await withExamples(onTime(TWO_OF_THREE, 'value: 50, status: on_track, score: 0'), async (folder) => {
      const { code, out } = await tried(folder);
      expect(code).toBe(2);
      expect(out).toMatchInlineSnapshot(`
        "✖ company/on-time-delivery, 2026-10: expected value 50, got 66.7 (2 ÷ 3, 3
            of 3 rows)
            expected status on_track, got off_track
            scorecards/company.yaml:57

        0 of 1 example passed.
        "
      `);
    });
  });

  it('tells of a rejected row with its place and what would be right', async () => {
    await withExamples(
      onTime([order('on_time: yes'), order('on_time: perhaps')].join(', '), 'value: 50'),
      async (folder) => {
        const { out } = await tried(folder);
        expect(unwrapped(out)).toContain('expected value 50, got 100 (1 ÷ 1, 1 of 2 rows)');
        expect(unwrapped(out)).toContain('Rejected: row 2, on_time, "perhaps": the text');
      },
    );
  });

  it('does not say that there are no rows where all were rejected', async () => {
    const bad = order('on_time: perhaps');
    const good = '{ ordered_on: 2026-11-05, on_time: yes }';
    const examples = [[bad], [bad, bad], [bad, good]].map((rows) => onTime(rows.join(', '), 'value: 50')).join('');
    await withExamples(examples, async (folder) => {
      const out = unwrapped((await tried(folder)).out);
      expect(out).toContain('past due date and grace: its only row was rejected.');
      expect(out).toContain('past due date and grace: all of its 2 rows were rejected.');
      expect(out).toContain(
        'past due date and grace: 1 of its 2 rows was rejected, and no other is left for the period.',
      );
      expect(out).not.toContain('has no rows');
    });
  });

  it('compares as closely as a number is written, and never more loosely than it is shown', async () => {
    const rows = (expected: string): string => onTime(TWO_OF_THREE, expected);
    const all = [rows('value: 66.7'), rows('value: 66.667'), rows('value: 67'), rows('value: 66.6666')].join('');
    await withExamples(all, async (folder) => {
      const { out } = await tried(folder, [], true);
      expect(JSON.parse(out).examples.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, true, false, false]);
    });
  });

  it('knows no value from 0, and says why there is none', async () => {
    const examples = [
      onTime('', 'value: 0'),
      onTime('', 'value: none, status: missing, reason: no rows'),
      `  - { measure: client-rating, period: 2026-10, rows: [{ ordered_on: 2026-10-05, rating: }], expect: { value: none, reason: blank } }\n`,
    ].join('');
    await withExamples(examples, async (folder) => {
      const { code, out } = await tried(folder);
      expect(code).toBe(2);
      expect(unwrapped(out)).toContain('expected value 0, got none (0 of 0 rows)');
      expect(unwrapped(out)).toContain('It has no score: no value, past due date and grace: the source has no rows');
      expect(out).toContain('2 of 3 examples passed.');
    });
  });

  it('leaves rows of other periods and of other kinds out, and counts them', async () => {
    const rows = `${order('on_time: yes')}, { ordered_on: 2026-11-01, on_time: no }`;
    await withExamples(onTime(rows, 'value: 100, status: on_track') + onTime(rows, 'value: 50'), async (folder) => {
      const { out } = await tried(folder);
      expect(out).toContain('Rows left out: 1 (outside window).');
      expect(out).toContain('1 of 2 examples passed.');
    });
  });

  it('puts in a target that is given, and leaves the rest of the measure as it is', async () => {
    const more = ', target: 60';
    await withExamples(onTime(TWO_OF_THREE, 'status: on_track, score: 100', more), async (folder) => {
      expect((await tried(folder)).out).toBe('1 example passed.\n');
    });
  });

  it('tells a short number in full, so that nobody has to guess how it was rounded', async () => {
    const example = `  - { measure: sales, period: 2026-10, rows: [{ ordered_on: 2026-10-05, amount: "1,250.50" }], expect: { value: 1251 } }\n`;
    await withExamples(example, async (folder) => {
      expect((await tried(folder)).out).toContain('expected value 1251, got 1250.5 (1 of 1 row)');
    });
  });

  it('has no target before the first version, which an example can say', async () => {
    await withExamples(
      onTime(TWO_OF_THREE, 'value: 66.7, status: no_target').replaceAll('2026-10', '2019-10'),
      async (folder) => {
        expect((await tried(folder)).out).toBe('1 example passed.\n');
      },
    );
  });

  it('tries only what is named, and knows what was probably meant', async () => {
    const examples =
      onTime(TWO_OF_THREE, 'value: 1').replace('{ measure', '{ name: wrong on purpose, measure') +
      `  - { measure: sales, period: 2026-10, rows: [{ ordered_on: 2026-10-05, amount: "1,250.50" }], expect: { value: 1250 } }\n`;
    await withExamples(examples, async (folder) => {
      expect((await tried(folder, ['sales'])).out).toBe('1 example passed.\n');
      expect((await tried(folder, ['company/sales'])).code).toBe(0);
      expect((await tried(folder, ['wrong on purpose'])).code).toBe(2);
      await expect(tried(folder, ['salse'])).rejects.toMatchObject({
        code: 'CLI_UNKNOWN_EXAMPLE',
        remedy: 'Did you mean "sales"?',
      });
    });
  });

  it('says so when there are none', async () => {
    await withExamples('', async (folder) => {
      const { code, out } = await tried(folder);
      expect([code, out]).toEqual([0, expect.stringContaining('There are no examples')]);
    });
  });

  it('refuses a folder with errors as every command does', async () => {
    await withExamples(onTime(TWO_OF_THREE, 'value: 50').replace('on-time-delivery', 'on-time'), async (folder) => {
      await expect(tried(folder)).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        message: expect.stringContaining('CONFIG_UNKNOWN_MEASURE'),
      });
    });
  });

  it('writes JSON with every key, rejects and inputs', async () => {
    await withExamples(onTime(TWO_OF_THREE, 'value: 50'), async (folder) => {
      const { code, out } = await tried(folder, [], true);
      expect(code).toBe(2);
      expect(JSON.parse(out)).toMatchObject({
        ok: false,
        passed: 0,
        failed: 1,
        examples: [
          {
            name: null,
            measure: 'company/on-time-delivery',
            period: '2026-10',
            file: 'scorecards/company.yaml',
            ok: false,
            differences: [{ what: 'value', expected: '50', got: '66.7' }],
            value: '66.666666666666666667',
            status: 'off_track',
            score: '0',
            rows: { given: 3, used: 3, filtered: 0, blank: 0, rejected: 0, skipped: {} },
            rejects: [],
            inputs: null,
          },
        ],
      });
    });
  });
});

const DERIVED = `  - id: sales-per-star
    name: Sales per star
    objective: grow-sales
    owner: robin
    unit: EUR
    direction: unscored
    frequency: monthly
    from: { formula: sales / client_rating }
`;

describe('plumbline test of a derived measure', () => {
  const derived = (given: string, expected: string): string =>
    `  - { measure: sales-per-star, period: 2026-10, given: { ${given} }, expect: { ${expected} } }\n`;

  it('computes it from the values that are given', async () => {
    await withExamples(
      derived('sales: { 2026-10: 100 }, client-rating: { 2026-10: 4 }', 'value: 25, status: unscored'),
      async (folder) => {
        expect((await tried(folder)).out).toBe('1 example passed.\n');
      },
      DERIVED,
    );
  });

  it('has none where an input is absent or 0 below the line, and shows the inputs', async () => {
    await withExamples(
      derived('sales: { 2026-10: 100 }', 'value: 25') +
        derived('sales: { 2026-10: 100 }, client-rating: { 2026-10: 0 }', 'value: none, status: insufficient_data'),
      async (folder) => {
        const { out } = await tried(folder);
        expect(out).toContain('expected value 25, got none');
        expect(unwrapped(out)).toContain('sales, which is company/sales in 2026-10 is 100.');
        expect(unwrapped(out)).toContain(
          'client_rating, which is company/client-rating in 2026-10 has no value: nothing',
        );
        expect(out).toContain('1 of 2 examples passed.');
      },
      DERIVED,
    );
  });

  it('tells a window as one, and not as the value of its last period', async () => {
    const given =
      'on-time-delivery: { 2026-01: { numerator: 1, denominator: 4 }, 2026-02: { numerator: 3, denominator: 4 } }';
    const example = `  - { measure: on-time-so-far, period: 2026-02, given: { ${given} }, expect: { value: 75 } }\n`;
    const measure = `  - id: on-time-so-far
    name: On time so far
    objective: please-clients
    owner: robin
    unit: percent
    direction: unscored
    frequency: monthly
    from: { measure: on-time-delivery, over: year_to_date }
`;
    await withExamples(
      example,
      async (folder) => {
        const { out } = await tried(folder);
        expect(unwrapped(out)).toContain('expected value 75, got 50 (4 ÷ 8)');
        expect(unwrapped(out)).toContain('company/on-time-delivery, 2 periods to 2026-02, is 50.');
        expect(out).not.toContain('in 2026-02 is 50');
      },
      measure,
    );
  });
});

const shopOf = (id: string, frequency: string, from: string, more = ''): string => `  - id: ${id}
    name: Shop
    objective: grow-sales
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: ${frequency}
    from: ${from}
    targets: [{ from: 2025, value: 10 }]
${more}`;

describe('plumbline test of a day on which nothing is expected', () => {
  const measures =
    shopOf(
      'shop',
      'daily',
      '{ extract: orders, sum: amount }',
      '    expects: { observations: working_days, minimum: 1 }\n',
    ) + shopOf('shop-week', 'weekly', '{ measure: shop }');
  // 10 and 11 October 2026 are a weekend.
  const days = ['05', '06', '07', '08', '09'].map((day) => `2026-10-${day}: 2`).join(', ');

  it('agrees with a run: it is not missing, and no week lacks it', async () => {
    await withExamples(
      '  - { measure: shop, period: 2026-10-11, rows: [], expect: { value: none, status: not_expected } }\n' +
        '  - { measure: shop, period: 2026-10-09, rows: [], expect: { value: none, status: missing } }\n' +
        `  - { measure: shop-week, period: 2026-W41, given: { shop: { ${days} } }, expect: { value: 10, status: on_track } }\n`,
      async (folder) => expect((await tried(folder)).out).toBe('3 examples passed.\n'),
      measures,
    );
  });
});

const SHOPS = `scorecard: { id: shops, name: Shops, owner: robin, for_each: shops }
perspectives: [{ id: financial, name: Financial }]
objectives: [{ id: sell, name: Sell, perspective: financial, owner: robin }]
measures:
  - id: takings
    name: Takings
    objective: sell
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: monthly
    from: { extract: tills, sum: amount, unit: { column: shop } }
    targets: { attribute: goal }
examples:
  - measure: takings
    unit: north
    rows:
      - { sold_on: 2026-10-05, shop: N1, amount: 60 }
      - { sold_on: 2026-10-06, shop: S1, amount: 999 }
      - { sold_on: 2026-10-07, amount: 40 }
    period: 2026-10
    expect: { value: 100, status: on_track }
  - measure: takings
    rows: [{ sold_on: 2026-10-05, amount: 60 }]
    period: 2026-10
    expect: { value: 60, status: off_track }
`;

describe('plumbline test of a definition for many units', () => {
  it('tries it on the unit that is named, whose rows and targets count', async () => {
    await withExamples('', async (folder) => {
      const write = (file: string, text: string): Promise<void> => appendFile(join(folder.path, 'acme', file), text);
      await write('scorecards/shops.yaml', SHOPS);
      await write(
        'units.yaml',
        'units:\n  shops:\n    list:\n      - { id: north, key: N1, attributes: { goal: 100 } }\n      - { id: south, key: S1, attributes: { goal: 200 } }\n',
      );
      await write(
        'extracts/orders.yaml',
        `  tills:\n    connection: sample\n    schedule: { every: day, at: '06:30' }\n    source: { files: 'tills*.csv' }\n    time: sold_on\n    columns: { sold_on: date, shop: text, amount: decimal }\n`,
      );
      const { out } = await tried(folder);
      expect(out).toBe('2 examples passed.\n');
    });
  });
});
