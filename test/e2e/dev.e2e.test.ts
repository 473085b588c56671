// `plumbline dev`: server, configuration and worker in one process, until it is asked to stop.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '#src/temporal/free-port.js';
import { plumbline, start } from '../support/command-line.js';
import { createDemoSite, type DemoSite } from '../support/demo-site.js';
import { createTemporalSite } from '../support/temporal-site.js';

describe('plumbline dev', () => {
  let site: DemoSite;
  let data: string;

  beforeAll(async () => {
    site = await createDemoSite({ today: new Date().toISOString().slice(0, 10) });
    data = mkdtempSync(join(tmpdir(), 'plumbline-dev-'));
  });
  afterAll(async () => {
    await site.dispose();
    rmSync(data, { recursive: true, force: true });
  });

  it('collects on request, suffers no second one beside it, and stops on Ctrl-C with exit code 0', async () => {
    const [port, uiPort] = [await freePort(), await freePort()];
    const cli = process.env['PLUMBLINE_TEST_TEMPORAL_CLI'];
    const env = { TEMPORAL_CLI: cli, PLUMBLINE_SMTP_URL: 'smtp://127.0.0.1:1' };
    const ports = ['--port', String(port), '--ui-port', String(uiPort)];
    const dev = start(['dev', '--config', site.configFolder, '--data', data, ...ports], env);
    await dev.says('Worker is running');
    const group = site.config.pullGroups[0]?.id ?? '';
    const address = `127.0.0.1:${port}`;
    const run = await plumbline(['trigger', group, '--wait', '--json', '--config', site.configFolder], {
      ...env,
      TEMPORAL_ADDRESS: address,
    });
    expect(run.stderr).toContain('Started');
    expect(run.stdout).toContain('"state": "done"');
    const second = await plumbline(['dev', '--config', site.configFolder, '--data', data], env);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(`CLI_DEV_RUNNING: Cannot start a server in "${data}": process ${dev.child.pid}`);
    await dev.end('SIGINT');
    expect(dev.child.exitCode).toBe(0);
    expect(dev.stderr()).toContain('Stopped.');
  });

  it('lets go of a run that it waits for on Ctrl-C, with exit code 130', async () => {
    const withoutWorker = await createTemporalSite({ today: new Date().toISOString().slice(0, 10) });
    try {
      expect((await withoutWorker.command('apply')).code).toBe(0);
      const args = ['trigger', 'sweep', '--wait', '--config', withoutWorker.configFolder];
      const waiting = start(args, withoutWorker.env);
      await waiting.says('Started');
      await waiting.end('SIGINT');
      expect(waiting.child.exitCode).toBe(130);
      expect(waiting.stderr()).toContain('CANCELLED: Nobody waits for the run any more; it goes on.');
    } finally {
      await withoutWorker.dispose();
    }
  });

  it('says in a plain word that Temporal is not there, with exit code 75', async () => {
    const nowhere = await plumbline(['apply', '--config', site.configFolder], { TEMPORAL_ADDRESS: '127.0.0.1:1' });
    expect(nowhere.code).toBe(75);
    expect(nowhere.stderr).toContain('TEMPORAL_UNREACHABLE');
    expect(nowhere.stderr).toContain('127.0.0.1:1');
  });

  it('names every mistake of a configuration at once, with exit code 2', async () => {
    const broken = await createDemoSite({ today: '2026-11-23' });
    try {
      const { readFileSync, writeFileSync } = await import('node:fs');
      const people = join(broken.configFolder, 'people.yaml');
      writeFileSync(people, readFileSync(people, 'utf8').replace('amara:', 'amaro:'));
      const checked = await plumbline(['check', '--config', broken.configFolder], {});
      expect(checked.code).toBe(2);
      expect(checked.stdout).toMatch(/scorecards\/company\.yaml:\d+:\d+ error CONFIG_UNKNOWN_\w+ .*amara/);
      expect(checked.stdout).toContain('→');
    } finally {
      await broken.dispose();
    }
  });
});
