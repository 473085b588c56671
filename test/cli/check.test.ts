// `plumbline check` as a pipeline of a config repository sees it.
import { describe, expect, it } from 'vitest';
import { check } from '#src/cli/commands/check.js';
import { init } from '#src/cli/commands/init.js';
import { type WorkingFolder, withWorkingFolder } from './working-folder.js';

const CARD = 'acme/scorecards/company.yaml';

async function checked(folder: WorkingFolder, flags: { readonly json?: true; readonly strict?: true } = {}) {
  let code = -1;
  const { out, err } = await folder.run(async (context) => {
    code = await check(context, { config: 'acme', ...flags });
    return code;
  });
  return { code, out, err };
}

const withInit = (work: (folder: WorkingFolder) => Promise<void>): Promise<void> =>
  withWorkingFolder(async (folder) => {
    await folder.run((context) => init(context, 'acme'));
    await work(folder);
  });

const overdue = (folder: WorkingFolder): Promise<void> =>
  folder.edit(CARD, 'frequency: monthly }', 'frequency: monthly, review_by: 2026-11-22 }');

describe('check', () => {
  it('writes JSON in which every key stands, also where there is nothing to tell', async () => {
    await withInit(async (folder) => {
      const { code, out } = await checked(folder, { json: true, strict: true });
      expect(code).toBe(0);
      expect(JSON.parse(out)).toEqual({
        ok: true,
        revision: expect.stringMatching(/^[0-9a-f]{16}$/),
        errors: 0,
        warnings: 0,
        problems: [],
      });
    });
  });

  it('names the rule of a lint, its place and what would be right', async () => {
    await withInit(async (folder) => {
      await overdue(folder);
      const { code, out } = await checked(folder, { json: true });
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({
        ok: true,
        warnings: 1,
        problems: [
          {
            severity: 'warning',
            code: 'CONFIG_LINT',
            rule: 'review_overdue',
            file: 'scorecards/company.yaml',
            line: 3,
            path: 'scorecard.review_by',
            message: 'company: its review was due by 2026-11-22',
            remedy: 'see whether it is still right, then set the next day',
          },
        ],
      });
    });
  });

  it('fails on a warning when it is strict, and says why', async () => {
    await withInit(async (folder) => {
      await overdue(folder);
      const json = await checked(folder, { json: true, strict: true });
      expect([json.code, JSON.parse(json.out).ok, JSON.parse(json.out).errors]).toEqual([2, false, 0]);
      const text = await checked(folder, { strict: true });
      expect(text.code).toBe(2);
      expect(text.out).toContain('warning CONFIG_LINT (review_overdue)  company: its review was due by 2026-11-22');
      expect(text.out).not.toContain('in order');
      expect(text.err).toContain('--strict');
    });
  });

  it('fails on a lint that is set to be an error, without being strict', async () => {
    await withInit(async (folder) => {
      await folder.edit('acme/site.yaml', 'operator: robin', 'operator: robin\nlints: { practice: error }');
      const { code, out } = await checked(folder, { json: true });
      expect(code).toBe(2);
      const { ok, revision, errors, problems } = JSON.parse(out);
      expect([ok, revision]).toEqual([false, null]);
      expect(errors).toBe(problems.length);
      expect(problems[0]).toMatchObject({ severity: 'error', rule: expect.stringMatching(/^\w+$/) });
    });
  });

  it('gives a rule only to lints', async () => {
    await withInit(async (folder) => {
      await folder.edit(CARD, 'objective: grow-sales', 'objective: grow-sale');
      const { problems } = JSON.parse((await checked(folder, { json: true })).out);
      expect(problems).toContainEqual(expect.objectContaining({ code: 'CONFIG_UNKNOWN_OBJECTIVE', rule: null }));
    });
  });
});
