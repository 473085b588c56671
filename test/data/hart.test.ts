// The 45 indicators of a district council, from the file it publishes, against the colours it publishes.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '#src/cli/commands/explain.js';
import { status } from '#src/cli/commands/status.js';
import type { CommandContext } from '#src/cli/context.js';
import { readConfig } from '#src/config/index.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { runOnce } from '#src/worker/run-once.js';
import { createServices, openSiteStore } from '#src/worker/services.js';

const data = process.env['PLUMBLINE_TEST_DATA'];
const QUARTER = 'FY2014-Q2';
/** The last evening of the quarter, and a day after its values were due. */
const ROUNDS = ['2014-09-30T20:00:00Z', '2014-10-20T06:00:00Z'];

/** The colours that stand for a judgement; two others say that there is none. */
const PUBLISHED: Readonly<Record<string, string>> = { lg: 'on_track', la: 'at_risk', lr: 'off_track' };

if (data === undefined) process.stderr.write('PLUMBLINE_TEST_DATA names no folder: tests on real data are left out.\n');

describe.skipIf(data === undefined)('the indicators of Hart District Council', () => {
  let folder: string;
  let published: readonly Readonly<Record<string, string>>[];

  const written = async (command: (context: CommandContext) => Promise<number>): Promise<string> => {
    const out: string[] = [];
    await command({
      stdout: { write: (text) => out.push(text), columns: 400 },
      stderr: { write: () => undefined },
      env: {},
      cwd: folder,
      now: () => '2014-10-20T07:00:00Z',
      signal: new AbortController().signal,
    });
    return out.join('');
  };
  const explained = async (code: string): Promise<string> =>
    (await written((context) => explain(context, code.toLowerCase(), QUARTER, { config: 'config' }))).replace(
      /\s+/g,
      ' ',
    );
  const standing = async (code: string) => {
    const text = await written((context) =>
      explain(context, code.toLowerCase(), QUARTER, { config: 'config', json: true }),
    );
    return JSON.parse(text) as { value: string | null; score: { status: string; target?: string; reason?: string } };
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-hart-'));
    cpSync(join(import.meta.dirname, 'hart', 'config'), join(folder, 'config'), { recursive: true });
    const file = join(data ?? '', 'hart', 'kpis.csv');
    cpSync(file, join(folder, 'published', 'kpis.csv'));
    published = parse(readFileSync(file, 'utf8'), { columns: true });
    const { config, problems } = await readConfig(join(folder, 'config'), builtInConnectors);
    if (config === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
    const store = await openSiteStore(config.site.store, config.folder, {});
    await applyToStore(store, config, ROUNDS[0] ?? '');
    for (const at of ROUNDS) {
      // As `run --once`, but for the clock: today's state of a file is not captured for a quarter that is over.
      const services = createServices(store, { env: {}, logLevel: 'silent', folder: config.folder });
      const groups = config.pullGroups.map(({ id }) => id);
      const signal = new AbortController().signal;
      const { runs } = await runOnce({ ...services, now: () => at }, config, { groups, logicalTime: at, signal });
      expect(runs.map(({ state, seen, used, rejected }) => [state, seen, used, rejected])).toEqual([
        ['done', 45, 45, 0],
      ]);
    }
    await store.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('have the published colour in 35 of 41 cases, and six known differences', async () => {
    const differences: string[] = [];
    let judged = 0;
    for (const { code = '', status: colour = '' } of published) {
      const { score } = await standing(code);
      const expected = PUBLISHED[colour];
      if (expected === undefined) expect(score.status).toBe('unscored');
      else judged++;
      if (expected !== undefined && score.status !== expected) differences.push(`${code} ${expected} ${score.status}`);
    }
    expect(judged).toBe(41);
    expect(differences.sort()).toEqual([
      'ETS01 off_track missing',
      'FI06 at_risk on_track',
      'HR11 off_track on_track',
      'HS16 on_track off_track',
      'IT06 on_track missing',
      'PS05 on_track missing',
    ]);
  });

  it.each(['ETS01', 'IT06', 'PS05'])('have no value where 0 stands for "not reported yet": %s', async (code) => {
    const { value, score } = await standing(code);
    expect(value).toBeNull();
    expect(score).toMatchObject({ status: 'missing' });
    const text = await explained(code);
    expect(text).toContain('In "this_quarter" a cell of "0" is blank.');
    expect(text).toContain('There is no value for it. Its status is');
  });

  it.each([
    ['FI06', 'The value is 97.0 %.', 'The target is 97 %, collected for FY2014-Q2.', 'on track at ">= 100% of target"'],
    [
      'HR11',
      'The value is 2.7 days.',
      'The target is 3.15 days, collected for FY2014-Q2.',
      'on track at "<= 100% of target"',
    ],
    [
      'HS16',
      'The value is 28.0 cases.',
      'The target is 40 cases, collected for FY2014-Q2.',
      'On percent of target it stands at 70.',
    ],
  ])('say why they differ otherwise: %s', async (code, ...sentences) => {
    const text = await explained(code);
    for (const sentence of sentences) expect(text).toContain(sentence);
  });

  it('have 0 as a target where the council means it', async () => {
    expect(await standing('LS05')).toMatchObject({ value: '-28', score: { status: 'off_track', target: '0' } });
  });

  it('stand in the table of the scorecard by service', async () => {
    const table = await written((context) => status(context, { config: 'config' }));
    for (const service of ['Customer Services', 'Planning Services', 'Safer North Hants'])
      expect(table).toContain(service);
  });
});
