// A config folder and its real store, without Temporal: what is said of each part, and by which exit code.
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { doctor } from '#src/cli/commands/doctor.js';
import type { Finding } from '#src/cli/doctor/finding.js';
import { createProgram } from '#src/cli/program.js';
import { type WorkingFolder, withCollected } from './working-folder.js';

/** Of the machine: rounds stamp by the clock what they did. */
const soon = (minutes = 1): string => new Date(Date.now() + minutes * 60_000).toISOString();

interface Examined {
  readonly code: number;
  readonly findings: readonly Finding[];
  /** `health area subject` of all. */
  readonly brief: readonly string[];
}

async function examine({ run }: WorkingFolder, now = soon()): Promise<Examined> {
  let code = -1;
  const { out } = await run(
    async (context) => {
      code = await doctor(context, { config: 'acme', json: true, temporal: false });
      return code;
    },
    { now },
  );
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return {
    code,
    findings,
    brief: findings.map(({ health, area, subject }) => [health, area, subject ?? ''].join(' ').trim()),
  };
}

const withSecondChannel = async ({ edit }: WorkingFolder): Promise<void> =>
  edit('acme/site.yaml', '  journal: {', '  second: { kind: file, path: data/second.log }\n  journal: {');

describe('plumbline doctor', () => {
  it('finds a site healthy that was just collected, and ends with 0', async () => {
    await withCollected(async (folder) => {
      await withSecondChannel(folder);
      await folder.run((context) => createProgram(context)(['run', '--once', '--config', 'acme']));
      const { code, brief } = await examine(folder);
      expect(brief).toEqual([
        'ok store',
        'ok configuration',
        'ok pipeline sweep',
        'ok pipeline deliver',
        expect.stringMatching(/^ok source /),
        'ok channel second',
        'ok channel journal',
      ]);
      expect(code).toBe(0);
      const { out } = await folder.run((context) => createProgram(context)(['doctor', '--no-temporal', '-c', 'acme']), {
        now: soon(),
      });
      expect(out).toContain('✓ pipeline sweep: It was there');
      expect(out).toMatch(/\n\nAll is healthy: 7 things looked at\.\n$/);
    });
  });

  it('warns of a folder that was not applied, and of a mail server that is the only channel, and ends with 1', async () => {
    await withCollected(async (folder) => {
      const mail = 'mail: { kind: email, url: smtp://127.0.0.1:1, from: plumbline@example.com }';
      await folder.edit('acme/site.yaml', /^ {2}journal: .*$/m, `  ${mail}`);
      await folder.run((context) => createProgram(context)(['apply', '--store-only', '--config', 'acme']));
      await folder.edit('acme/site.yaml', /^name: .*/m, 'name: Another name');
      const { code, brief } = await examine(folder);
      expect(brief.filter((each) => !each.startsWith('ok'))).toEqual(['warn configuration', 'warn channel']);
      expect(code).toBe(1);
    });
  });

  it('says that nothing has run for long, and since when', async () => {
    await withCollected(async (folder) => {
      const { code, findings } = await examine(folder, soon(125));
      const silent = findings.filter(({ area, health }) => area === 'pipeline' && health === 'fail');
      expect(silent.map(({ subject }) => subject)).toEqual(['sweep', 'deliver']);
      expect(silent[0]?.says).toMatch(/^It was there \S+ \S+ for the last time, 2 hours \d minutes ago\.$/);
      expect(code).toBe(2);
    });
  });

  it('says that this clock is behind those that have done the work', async () => {
    await withCollected(async (folder) => {
      const { code, findings } = await examine(folder, soon(-60));
      const clock = findings.filter(({ area }) => area === 'clock');
      expect(clock).toMatchObject([{ subject: 'workers', health: 'fail' }]);
      expect(clock[0]?.says).toMatch(/^This clock is at least (1 hour|59 minutes).* behind it\.$/);
      expect(code).toBe(2);
    });
  });

  it('counts what a channel has lost', async () => {
    await withCollected(async (folder) => {
      const store = new Database(join(folder.path, 'acme/data/plumbline.sqlite'));
      const changed = store
        .prepare("update outbox set state = 'dead', given_up_at = sent_at, sent_at = null")
        .run().changes;
      store.close();
      const { code, findings } = await examine(folder);
      expect(findings.find(({ subject }) => subject === 'journal')).toMatchObject({
        health: 'fail',
        says: expect.stringMatching(new RegExp(`^${changed} messages? lost over it, 0 waiting\\.`)),
        remedy: expect.stringContaining('plumbline outbox retry --channel journal'),
      });
      expect(code).toBe(2);
    });
  });

  it('names the extract that could not be read', async () => {
    await withCollected(async (folder) => {
      await rename(join(folder.path, 'acme/sample'), join(folder.path, 'acme/elsewhere'));
      await folder.run((context) => createProgram(context)(['run', '--once', '--config', 'acme']));
      const source = (await examine(folder)).findings.find(({ area }) => area === 'source');
      expect(source).toMatchObject({
        health: 'fail',
        says: expect.stringMatching(/could not be read since \S+ \S+: SOURCE_FILE_NOT_FOUND /),
      });
    });
  });

  it('goes on without a store', async () => {
    await withCollected(async (folder) => {
      await rm(join(folder.path, 'acme/data'), { recursive: true });
      const { code, findings, brief } = await examine(folder);
      expect(brief).toEqual(['fail store', 'ok channel journal']);
      expect(findings[0]?.says).toContain('STORE_NOT_READY');
      expect(code).toBe(2);
    });
  });

  it('says that the store is locked for long', { timeout: 60_000 }, async () => {
    await withCollected(async (folder) => {
      const other = new Database(join(folder.path, 'acme/data/plumbline.sqlite'));
      other.exec('begin immediate');
      const { findings } = await examine(folder);
      other.exec('rollback');
      other.close();
      expect(findings[0]).toMatchObject({ area: 'store', health: 'fail', says: expect.stringContaining('STORE_') });
    });
  });

  it('says that the folder has mistakes, and where to read them', async () => {
    await withCollected(async (folder) => {
      await folder.edit('acme/site.yaml', 'time_zone:', 'time_zones:');
      const { code, findings } = await examine(folder);
      expect(findings).toMatchObject([{ area: 'configuration', health: 'fail', remedy: 'Run "plumbline check".' }]);
      expect(code).toBe(2);
    });
  });
});
