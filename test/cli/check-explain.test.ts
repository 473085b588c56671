// `plumbline check --explain`: one node in full words, from the configuration alone.
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkExplain } from '#src/cli/commands/check-explain.js';
import { init } from '#src/cli/commands/init.js';
import { type WorkingFolder, withWorkingFolder } from './working-folder.js';

const CARD = 'acme/scorecards/company.yaml';

const withInit = (work: (folder: WorkingFolder) => Promise<void>): Promise<void> =>
  withWorkingFolder(async (folder) => {
    await folder.run((context) => init(context, 'acme'));
    await work(folder);
  });

async function explained(folder: WorkingFolder, address: string): Promise<string> {
  const { out } = await folder.run((context) => checkExplain(context, address, { config: 'acme' }), { columns: 80 });
  return out;
}

const flat = async (folder: WorkingFolder, address: string): Promise<string> =>
  (await explained(folder, address)).replace(/\s+/g, ' ');

async function asJson(folder: WorkingFolder, address: string) {
  const { out } = await folder.run((context) => checkExplain(context, address, { config: 'acme', json: true }));
  return JSON.parse(out);
}

const addMeasure = (folder: WorkingFolder, yaml: string): Promise<void> =>
  folder.edit(CARD, '\n# What comes of given rows', `\n${yaml}\n# What comes of given rows`);

describe('check --explain', () => {
  it('tells a measure in full words that fit a terminal of 80 columns', async () => {
    await withInit(async (folder) => {
      const out = await explained(folder, 'company/on-time-delivery');
      expect(out.split('\n').every((line) => line.length <= 80)).toBe(true);
      expect(out).toMatchInlineSnapshot(`
        "Orders delivered on time (company/on-time-delivery)

        What it is
          The value is the number of rows where on_time = true, divided by the number of
          rows, times 100, in percent.
          Its rows are those of the extract "orders" from the connection "sample" (csv),
          read every day at 06:30 Europe/Berlin; "ordered_on" says which period a row
          belongs to.
          It is reported monthly and higher is better. A value is due 5 working days
          after the end of the period and counts as missing 3 days later. Each run reads
          3 closed periods again.
          Kim Example owns it. It counts for the objective "Please our clients" with
          weight 2.

        When it is due
          Its periods are calendar months.
          Its working days are those of the site: every day but Saturday and Sunday.
          So the value of 2026-10 is due by the end of 2026-11-06, late until the end of
          2026-11-09, and missing from then on.

        Its target
          It is written in versions, each from a day on.
          - 2026-11 to 2027-02: 95 %, in force since 2026-05-01

        How it is scored
          Written out in full, with presets and what was left out:
            bands:
              on_track: '>= 100% of target'
              at_risk: '>= 90% of target'
            score:
              basis: percent_of_target
              knots: [[80, 0], [90, 0.5], [100, 1]]

        When it raises an alert
          Its owner is told after 3 off-track periods in a row.

        Who is told of its alerts
          Kim Example (owner), or who can act, is told of any alert.

        What it counts for
          - objective "Please our clients" (company/please-clients): weight 2, 66.7 % of
            it
          - perspective "Customer" (company/customer): weight 1, 100 % of it
          - scorecard "Company scorecard" (company): weight 1, 50 % of it
          - in all 33.3 % of "Company scorecard", where everything has a score
        "
      `);
    });
  });

  it.each([
    ['0', 'No number of off-track periods raises an alert.'],
    ['{ periods: 3, of: 5 }', 'Its owner is told when 3 of its last 5 periods with a score are off track.'],
  ])('says when off-track periods are told where off_track_after is %s', async (rule, sentence) => {
    await withInit(async (folder) => {
      await folder.edit('acme/site.yaml', 'operator: robin', `operator: robin\nalerts: { off_track_after: ${rule} }`);
      expect(await flat(folder, 'company/sales')).toContain(sentence);
    });
  });

  it('says which other alerts a measure raises, and which it does not', async () => {
    await withInit(async (folder) => {
      await folder.edit(
        'acme/site.yaml',
        'operator: robin',
        'operator: robin\nalerts: { at_risk_after: 2, kinds: { at_risk: on, note_missing: on, late: off, restated: off } }',
      );
      const text = await flat(folder, 'company/sales');
      expect(text).toContain('Its owner is told after 2 periods in a row at risk.');
      expect(text).toContain('A note on an off-track period is asked for 5 days after it was due.');
      expect(text).toContain('Nobody is told of it as: restated, late.');
    });
  });

  it('says in words who is told of its alerts and when, policy by policy', async () => {
    await withInit(async (folder) => {
      const policies = `
  policies:
    - id: values
      match: { kinds: [late, missing] }
      severity: critical
      tell: [owner, objective_owner]
      channels: [journal]
      remind: { gaps: [1d, 3wd], repeat: true, at_most: 5, stop_at_note: true }
      escalate: [{ after: 2d, tell: [robin] }]
      urgent: true
`;
      await folder.edit('acme/site.yaml', 'operator: robin', `operator: robin\nalerts:${policies}`);
      const text = await flat(folder, 'company/on-time-delivery');
      expect(text).toContain(
        'Kim Example (owner) and Kim Example (owner of the objective) are told of missing and late by journal at any hour, as critical; unless somebody acknowledges it, once more after 1 day, then 3 working days and so on, at most 5 times, until there is a note; Robin Example after 2 days (policy "values").',
      );
      // Kinds that are off are told to nobody.
      expect(text).toContain('Kim Example (owner), or who can act, is told of off track, restated and target missing.');
    });
  });

  it('says whom the due rule asks for a value, and on which days', async () => {
    await withInit(async (folder) => {
      await folder.edit('acme/site.yaml', 'grace_days: 3', 'grace_days: 3, remind: { before_days: 2, after_days: 2 }');
      await folder.edit(
        'acme/extracts/orders.yaml',
        '    connection: sample',
        '    connection: sample\n    kept_by: kim',
      );
      const text = await flat(folder, 'company/on-time-delivery');
      expect(text).toContain('Kim Example is asked for it on 2026-10-29 and 2026-11-02, if it is not there.');
    });
  });

  it('tells an objective with its children, their weights and its rule', async () => {
    await withInit(async (folder) => {
      expect(await explained(folder, 'please-clients')).toMatchInlineSnapshot(`
        "Please our clients (company/please-clients)

        What it is
          It is an objective. Kim Example owns it.
          It is believed to drive company/grow-sales.

        How its score is made
          Its score is the weighted mean of those below. What has no score is left out,
          and the weights of the others count alone.
          It needs 50 % of the weight below with a score; with less it has none.
          It is on track from 80.0 of 100, at risk from 50.0, else off track.

        What it is made of: 2
          - Orders delivered on time (company/on-time-delivery): weight 2, 66.7 %
          - Rating by clients (company/client-rating): weight 1, 33.3 %

        What it counts for
          - perspective "Customer" (company/customer): weight 1, 100 % of it
          - scorecard "Company scorecard" (company): weight 1, 50 % of it
          - in all 50 % of "Company scorecard", where everything has a score
        "
      `);
    });
  });

  it('says when nothing is left of a target, and why', async () => {
    await withInit(async (folder) => {
      await folder.edit(CARD, 'value: 95 }', 'value: 95, until: 2026-12 }');
      const text = await flat(folder, 'on-time-delivery');
      expect(text).toContain('- 2026-11 to 2026-12: 95 %, in force since 2026-05-01');
      expect(text).toContain('- 2027-01 to 2027-02: none, since the target from 2026-05-01 expired before 2027-01-01');
    });
  });

  it('spells every series with where it comes from, and values only where they are known', async () => {
    await withInit(async (folder) => {
      await folder.edit(
        CARD,
        /targets:\n {6}- \{ from: \S+, value: 4000 \}/,
        'targets: { better_than: baseline, by_percent: 10 }\n    series:\n      baseline: { per: day, value: 100 }\n      benchmark: { own: last_year }',
      );
      const { series } = await asJson(folder, 'sales');
      expect(series).toMatchObject([
        {
          name: 'target',
          source: '10 % better (higher) than baseline',
          next: [{ period: '2026-11', value: '3300' }, {}, {}, {}],
        },
        {
          name: 'baseline',
          source: '100 for each day',
          next: [{ period: '2026-11', value: '3000' }, { value: '3100' }, {}, {}],
        },
        { name: 'benchmark', source: "the measure's own value of the same period a year before", next: [] },
      ]);
    });
  });

  it('tells a derived measure by its formula and inputs, and what is made of those', async () => {
    await withInit(async (folder) => {
      await addMeasure(
        folder,
        `  - id: sales-per-star
    name: Sales per star
    objective: grow-sales
    owner: robin
    unit: EUR
    direction: unscored
    frequency: monthly
    from:
      formula: sold / client_rating
      inputs: { sold: { measure: sales, over: { rolling: 3 }, at: previous, missing: { carry_forward: 2 } } }
`,
      );
      const text = await flat(folder, 'sales-per-star');
      expect(text).toContain('The value is sold / client_rating, in EUR.');
      expect(text).toContain(
        'In it, sold is "Sales" (company/sales), the last 3 periods together, a period before; where it has no value, the latest of 2 periods before stands in.',
      );
      expect(text).toContain('In it, client_rating is "Rating by clients" (company/client-rating).');
      expect(text).toContain('It is shown and not scored.');
      expect(await flat(folder, 'sales')).toContain('What is made of it company/sales-per-star.');
    });
  });

  it('writes out a preset', async () => {
    await withInit(async (folder) => {
      await folder.edit(
        CARD,
        `    bands: { on_track: '>= 100% of target', at_risk: '>= 90% of target' }`,
        '    score: { preset: goal_red_flag, goal: 95, red: 80 }',
      );
      const { scoring } = await asJson(folder, 'on-time-delivery');
      expect(scoring.join('\n')).toContain('knots:');
      expect(scoring.join('\n')).not.toContain('preset');
    });
  });

  it('offers the name that was probably meant, among nodes of every kind', async () => {
    await withInit(async (folder) => {
      await expect(explained(folder, 'plase-clients')).rejects.toMatchObject({
        code: 'CLI_UNKNOWN_ADDRESS',
        remedy: 'Did you mean "please-clients"?',
      });
      await expect(explained(folder, 'nothing-like-it-at-all')).rejects.toMatchObject({
        remedy: expect.stringContaining('Use one of: company'),
      });
    });
  });

  it('asks for the whole address where two end alike', async () => {
    await withInit(async (folder) => {
      await writeFile(
        join(folder.path, 'acme/scorecards/other.yaml'),
        'scorecard: { id: other, name: Other, owner: robin }\nperspectives: [{ id: financial, name: F }]\nobjectives: [{ id: o, name: O, perspective: financial, owner: robin }]\n',
      );
      await expect(explained(folder, 'financial')).rejects.toMatchObject({
        code: 'CLI_AMBIGUOUS_ADDRESS',
        remedy: 'Use the whole address: company/financial, other/financial.',
      });
    });
  });

  it('refuses a folder with errors', async () => {
    await withInit(async (folder) => {
      await folder.edit(CARD, 'objective: grow-sales', 'objective: grow-sale');
      await expect(explained(folder, 'sales')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    });
  });

  it('tells a definition for many units once, and a unit by its whole address', async () => {
    await withInit(async (folder) => {
      await writeFile(
        join(folder.path, 'acme/scorecards/shops.yaml'),
        `scorecard: { id: shops, name: Shops, owner: robin, for_each: shops, parent: company, weight: 3 }
perspectives: [{ id: money, name: Money }]
objectives: [{ id: sell, name: Sell, perspective: money, owner: robin }]
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
`,
      );
      const list = Array.from(
        { length: 1200 },
        (_, index) => `      - { id: s${index}, attributes: { goal: ${index + 1} } }`,
      );
      await writeFile(join(folder.path, 'acme/units.yaml'), `units:\n  shops:\n    list:\n${list.join('\n')}\n`);
      await appendFile(
        join(folder.path, 'acme/extracts/orders.yaml'),
        "  tills:\n    connection: sample\n    schedule: { every: day, at: '06:30' }\n    source: { files: 'tills*.csv' }\n    time: sold_on\n    columns: { sold_on: date, shop: text, amount: decimal }\n",
      );
      const definition = await flat(folder, 'takings');
      expect(definition).toContain(
        'There is one for each of 1,200 units of "shops"; "shop" says which rows are whose.',
      );
      expect(definition).toContain('It is the number "goal" of each unit.');
      const unit = await flat(folder, 'shops/s41/takings');
      expect(unit).toContain('It is for the unit "s41"');
      expect(unit).toContain('- 2026-11 to 2027-02: 42 EUR, attribute goal');
      expect(unit).toContain('scorecard "Shops" (shops): weight 1, 0.1 % of it');
      expect(unit).toContain('scorecard "Company scorecard" (company): weight 3, 60 % of it');
      const card = await flat(folder, 'shops');
      expect(card).toContain('There is one below it for each of 1,200 units of "shops".');
      expect(card).toContain('and 1,180 more');
    });
  });
});
