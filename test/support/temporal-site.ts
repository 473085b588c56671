import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectClient, type TemporalClient } from '#src/temporal/client.js';
import { type DevServer, startDevServer } from '#src/temporal/dev-server.js';
import { freePort } from '#src/temporal/free-port.js';
import { type Mailbox, openMailbox } from '../../demo/mailbox.js';
import { type Ended, plumbline, type RunningProcess, start } from './command-line.js';
import { createDemoSite, type DemoSite, type DemoSiteOptions } from './demo-site.js';

/** The example company on a development server of its own, with a real mail server. */
export interface TemporalSite extends DemoSite {
  readonly env: Readonly<Record<string, string>>;
  readonly server: DevServer;
  readonly mailbox: Mailbox;
  readonly temporal: TemporalClient;
  /** Runs a command of the built program on this site. */
  command(...args: readonly string[]): Promise<Ended>;
  /** Starts a worker process and waits until it works. */
  worker(): Promise<RunningProcess>;
}

export async function createTemporalSite(options: DemoSiteOptions): Promise<TemporalSite> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-temporal-'));
  const cli = process.env['PLUMBLINE_TEST_TEMPORAL_CLI'];
  const mailbox = await openMailbox(join(folder, 'mailbox'));
  const server = await startDevServer({
    folder: join(folder, 'server'),
    env: { ...process.env, ...(cli === undefined ? {} : { TEMPORAL_CLI: cli }) },
    port: await freePort(),
    ui: false,
  });
  const env = { PLUMBLINE_SMTP_URL: mailbox.url, TEMPORAL_ADDRESS: server.address, ...options.env };
  const site = await createDemoSite({ ...options, env });
  const temporal = await connectClient(env);
  const workers: RunningProcess[] = [];
  return {
    ...site,
    env,
    server,
    mailbox,
    temporal,
    command: (...args) => plumbline([...args, '--config', site.configFolder], env),
    worker: async () => {
      const worker = start(['worker', '--config', site.configFolder], env);
      workers.push(worker);
      await worker.says('Worker of');
      return worker;
    },
    dispose: async () => {
      for (const worker of workers) await worker.end('SIGKILL');
      await temporal.close();
      await server.stop();
      await mailbox.close();
      await site.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
