// Values, targets and limits of words in an order are shown by the words, wherever somebody reads them.
import { expect, it } from 'vitest';
import { alerts } from '#src/cli/commands/alerts.js';
import { checkExplain } from '#src/cli/commands/check-explain.js';
import { explain } from '#src/cli/commands/explain.js';
import { status } from '#src/cli/commands/status.js';
import { SHOP, shopCard, shopFiles, shopMeasure, withShop } from './shop-folder.js';
import type { WorkingFolder } from './working-folder.js';

const CARD = shopCard([
  shopMeasure('answer', '{ extract: sales, last: answer }', '    score: { preset: yes_no }\n'),
  shopMeasure('grade', '{ extract: sales, last: grade }', '    score: { preset: ordinal, goal: A, red: B }\n'),
  shopMeasure(
    'held',
    '{ extract: sales, last: grade }',
    "    targets: [{ from: 2020-01, value: B }]\n    bands: { on_track: '>= target', at_risk: '>= target - 1' }\n    off_track_after: 1\n",
  ),
]);

const EXTRACT = `extracts:
  sales:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: sales.csv }
    time: day
    columns:
      day: date
      answer: { type: ordinal, order: ['No', 'Yes'] }
      grade: { type: ordinal, order: [D, C, B, A] }
`;

const FILES = shopFiles(CARD, [], {
  'acme/extracts/sales.yaml': EXTRACT,
  'in/sales.csv': 'day,answer,grade\n2026-09-30,Yes,B\n2026-10-30,No,D\n',
});

const flat = async ({ run }: WorkingFolder, command: Parameters<WorkingFolder['run']>[0]): Promise<string> =>
  (await run(command, { columns: 200 })).out.replace(/\s+/g, ' ');

it('status, explain, alerts and check --explain show words in an order as words', async () => {
  await withShop(FILES, async (folder) => {
    const table = (await folder.run((context) => status(context, SHOP), { columns: 200 })).out;
    expect(table).toMatch(/Answer +✖ off track +0\.0 +No +2026-10 /);
    expect(table).toMatch(/Held +✖ off track +0\.0 +D +B +2026-10 /);

    const answer = await flat(folder, (context) => explain(context, 'answer', '2026-10', SHOP));
    expect(answer).toContain('The value is No. ');
    expect(answer).toContain('on track at ">= Yes", else off track');
    expect(answer).toContain('On the value itself it stands at No.');
    expect(answer).toContain('The score map: No gives 0.0, Yes gives 100.0;');
    expect(answer).toContain(': No, recorded');

    const grade = await flat(folder, (context) => explain(context, 'grade', '2026-09', SHOP));
    expect(grade).toContain('The value is B. ');
    expect(grade).toContain('on track at ">= A", at risk at ">= B", else off track');

    const held = await flat(folder, (context) => explain(context, 'held', '2026-10', SHOP));
    expect(held).toContain('The target is B, in force since 2020-01-01.');
    expect(held).toContain('on track at ">= target", at risk at ">= target - 1"');

    const told = await flat(folder, (context) => alerts(context, SHOP));
    expect(told).toContain('2026-10: D against a target of B');

    const spelled = await flat(folder, (context) => checkExplain(context, 'company/grade', SHOP));
    expect(spelled).toContain(`bands: on_track: ">= 'A'" at_risk: ">= 'B'" score:`);
    const defined = await flat(folder, (context) => checkExplain(context, 'company/held', SHOP));
    expect(defined).toContain(': B, in force since 2020-01-01');
  });
});
