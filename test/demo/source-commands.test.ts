// `plumbline source …` over the demo's sheet: the commands, the example configuration, Google's client, the local stand-in.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { printError } from '#src/cli/print-error.js';
import { createProgram } from '#src/cli/program.js';
import { LEVELS } from '../../demo/company/levels.js';
import { PEOPLE_PLAN_ID } from '../../demo/company/people-plan.js';
import { createDemoSite, type DemoSite } from '../support/demo-site.js';

const NOW = '2026-11-23T09:30:00Z';
let site: DemoSite;
/** All that a test's commands have written. */
let written = '';

beforeAll(async () => {
  site = await createDemoSite({ today: NOW.slice(0, 10) });
});
afterAll(() => site.dispose());

async function plumbline(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const context = {
    stdout: { write: (text: string) => out.push(text), columns: 160 },
    stderr: { write: (text: string) => err.push(text) },
    env: {},
    cwd: site.folder,
    now: () => NOW,
    signal: new AbortController().signal,
  };
  const work = createProgram(context)([...args, '--config', site.configFolder]);
  const code = await work.catch((error: unknown) => printError(context, error));
  written += [...out, ...err].join('');
  return { code, out: out.join(''), err: err.join('') };
}

describe("over the demo's sheet", () => {
  afterEach(() => {
    const { accounts } = site.sheets;
    const key = JSON.parse(accounts.keyFile) as { readonly private_key: string };
    const secrets = [...key.private_key.split('\n').filter((line) => line.length > 20), ...accounts.issuedTokens];
    expect(secrets.length).toBeGreaterThan(10);
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
    written = '';
  });

  it('"source check" names the address to share with, and each probe is ok', async () => {
    const { code, out } = await plumbline('source', 'check', 'people-plan');
    expect(code).toBe(0);
    expect(out.match(/^\w+/gm)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(out).toContain(`Share each spreadsheet with ${site.sheets.accounts.email} as Viewer`);
  });

  it('"source discover" finds the types of the table below its title, with the evidence', async () => {
    const stream = `${PEOPLE_PLAN_ID}/certificates`;
    const { code, out } = await plumbline('source', 'discover', 'people-plan', '--stream', stream);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}Examined on +date +– +195 of 200 are ISO dates, 5 are not: '\d\d\.\d\d\.\d{4}'/m);
    expect(out).toMatch(/^ {2}Passed +boolean +– +200 of 200 are words for true and false/m);
    expect(out).toContain('examined_on: { type: "date", from: "Examined on" }');
  });

  it('"source preview" types dates and yes or no, and names the cell and reason of each reject', async () => {
    const { code, out } = await plumbline('source', 'preview', 'certificates', '--rows', '3');
    expect(code).toBe(0);
    expect(out).toBe(
      `certificates: examined_on date, passed boolean
PLACE              examined_on  passed
Certificates!B5 *  2024-10-03   true
Certificates!B6 *  2024-10-03   true
Certificates!B7 *  2024-10-03   false
rejected Certificates!E249: "#N/A" – Column "Passed": the formula of the cell failed with #N/A (error_token)
     → correct the formula, or leave the cell blank if there is no value
rejected Certificates!B260, Examined on: "31.02.2026" – the calendar has no such day (impossible_date)
     → a day that exists, in the years 0001 to 9999
263 rows seen, in all; 2 rows rejected; skipped 2 blank_line, 9 outside_window
9 of 263 rows are outside (marked *) the days a first run reads, from 2024-11-01 until before 2026-12-01
spreadsheet "People plan (local stand-in, not Google)" (1Northwi…), certificates: 264 rows from Certificates!B4, zone Europe/Berlin
watermark (as of cell): 2026-11-22
`,
    );
  });

  it('"source preview --json" has every row: those of last month that passed are as many as the story says', async () => {
    const { out } = await plumbline('source', 'preview', 'certificates', '--rows', '1000', '--json');
    const { rows } = JSON.parse(out) as { readonly rows: readonly { readonly cells: readonly unknown[] }[] };
    expect(rows).toHaveLength(259);
    const passed = rows.filter(({ cells: [day, yes] }) => String(day).startsWith('2026-10') && yes === true);
    expect(passed.length).toBeGreaterThanOrEqual(LEVELS.certificates(1));
    expect(passed.length).toBeLessThanOrEqual(LEVELS.certificates(1) + 2);
  });

  it('a preview costs Google two reads, and a token', async () => {
    const before = site.sheets.requests.length;
    await plumbline('source', 'preview', 'certificates');
    expect(site.sheets.requests.slice(before).map(({ kind }) => kind)).toEqual(['token', 'metadata', 'values']);
  });
});

describe("without the demo's stand-in", () => {
  beforeAll(() => site.sheets.close());

  it('the configuration is in order all the same', async () => {
    const { code, out } = await plumbline('check');
    expect(code).toBe(0);
    expect(out).toContain('people-plan-day-0545: certificates');
  });

  it('a look at the sheet says which file is not there, with exit code 2', async () => {
    const { code, err } = await plumbline('source', 'preview', 'certificates');
    expect(code).toBe(2);
    expect(err).toContain('google-sheets-stand-in/address}: the file cannot be read');
    expect(err).toContain('→ ');
  });

  it('a round reports the sheet as failing, with what to do, and collects everything else', async () => {
    const { out } = await plumbline('run', '--once', '--json');
    const { runs } = JSON.parse(out) as {
      readonly runs: readonly { readonly runId: string; readonly state: string }[];
    };
    expect(Object.fromEntries(runs.map(({ runId, state }) => [runId.split('@')[0], state]))).toEqual({
      'finance-day-0700': 'done',
      'operations-day-0630': 'done',
      'people-plan-day-0545': 'failed',
      'training-day-0545': 'done',
    });
    const stored = await site.store.models.latestRuns(10);
    const failures = stored.flatMap(({ pulls }) => pulls.flatMap((pull) => (pull.outcome === 'failed' ? [pull] : [])));
    expect(failures.map(({ extract, failure }) => [extract, failure.code, failure.remedy])).toEqual([
      ['certificates', 'CONFIG_SECRET_MISSING', expect.stringContaining('create the file')],
    ]);
    const alerts = await site.store.models.openAlerts();
    expect(alerts.filter(({ kind }) => kind === 'source_failed').map(({ subject }) => subject)).toEqual([
      'extract/certificates',
    ]);
  });
});
