import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PHONE_LINES } from './company-sources.js';

/** What the simulation has beside the configuration of the demo. */
const WATCH = `watch: { silent_after_minutes: 600 }
`;

const HOURS = `working_hours: { from: '07:00', to: '19:00' }`;

/** The extra source with twelve measures of the same cadence: calls answered, line by line. */
const PHONES = `scorecard: { id: phones, name: Telephone lines, owner: amara, frequency: daily }
perspectives: [{ id: lines, name: Lines }]
objectives: [{ id: answer-calls, name: Answer calls, perspective: lines, owner: amara }]
measures:
${PHONE_LINES.map(
  (line, index) => `  - id: ${line.replace('_', '-')}
    name: Calls on line ${index + 1}
    objective: answer-calls
    owner: jonas
    unit: calls
    direction: higher-is-better
    frequency: daily
    from: { extract: calls, sum: ${line} }
    targets: [{ from: 2020-01, value: 40 }]
    due: { business_days: 1, grace_days: 2 }
    expects: { observations: working_days, minimum: 1 }
`,
).join('')}`;

const CALLS = `extracts:
  calls:
    connection: phones
    schedule: { every: day, at: "06:30" }
    source: { query: "select * from calls where day >= :period_start and day < :period_end" }
    time: day
    columns: { day: date, ${PHONE_LINES.map((line) => `${line}: integer`).join(', ')} }
`;

/** Turns a copy of `config/` into that of the simulated year. Each part that is replaced must be there. */
export function makeYearConfig(folder: string, smtpPort: number): void {
  const edit = (file: string, ...changes: readonly (readonly [RegExp, string])[]): void => {
    let text = readFileSync(join(folder, file), 'utf8');
    for (const [what, by] of changes) {
      if (!what.test(text)) throw new Error(`${file} has nothing like ${String(what)} to replace`);
      text = text.replace(what, by);
    }
    writeFileSync(join(folder, file), text);
  };
  edit(
    'site.yaml',
    [/ {2}- 2026-12-25\n/, '  - 2026-12-24..2026-12-31\n'],
    [/history_months: 24/, 'history_months: 3'],
    [/(digest: .*\n)/, `$1${WATCH}`],
    [
      /channels:[\s\S]*$/,
      `channels: { mail: { kind: email, url: 'smtp://127.0.0.1:${smtpPort}', from: Plumbline <plumbline@example.com> } }\n`,
    ],
  );
  edit(
    'people.yaml',
    [/^( {2}mei: .*) \}$/m, `$1, absent: [{ from: 2026-08-03, to: 2026-08-21, stand_in: priya }] }`],
    [/ \}$/gm, `, ${HOURS} }`],
  );
  edit('connections.yaml', [
    /$/,
    '\n  phones:\n    connector: database\n    owner: omar\n    options: { client: sqlite, file: ../sources/phones.sqlite }\n',
  ]);
  // The desk is shut on days that nobody works; the article target is agreed for half a year at a time.
  edit(
    'scorecards/company.yaml',
    [/(id: first-response-time[\s\S]*?due: .*\n)/, '$1    expects: { observations: working_days, minimum: 1 }\n'],
    [/(id: training-hours[\s\S]*?due: .*\n)/, '$1    expects: { observations: working_days, minimum: 1 }\n'],
    [/(id: solved-with-knowledge[\s\S]*?from: 2020-01), value: 40/, '$1, until: 2026-08, value: 40'],
  );
  writeFileSync(join(folder, 'extracts/phones.yaml'), CALLS);
  writeFileSync(join(folder, 'scorecards/phones.yaml'), PHONES);
}

/** The board agrees on the article target until the end of the next year. */
export function renewTarget(folder: string): void {
  const file = join(folder, 'scorecards/company.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('until: 2026-08, value: 40', 'until: 2027-12, value: 40'));
}
