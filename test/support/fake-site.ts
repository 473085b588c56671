import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StepServices } from '#src/activities/context.js';
import type { RunSummary } from '#src/activities/types.js';
import { readConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { inProcessRunner, inProcessSteps } from '#src/worker/in-process.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { collectRun } from '#src/workflows/collect-run.js';
import { createFakeSystem, type FakeSystem } from './fake-system.js';

/** A site whose only connection is a system in memory, and whose clock stands where a test puts it. */
export interface FakeSite {
  readonly folder: string;
  readonly system: FakeSystem;
  readonly services: StepServices;
  /** What `services.now` says. */
  clock: string;
  config(): ResolvedConfig;
  /** Writes files of the config folder and applies the configuration. */
  apply(files: Readonly<Record<string, string>>): Promise<void>;
  /** Collects the one pull group for a nominal time, at that time by the clock unless another is given. */
  collect(logicalTime: string, at?: string): Promise<RunSummary>;
  /** `period value` of a measure, oldest first. */
  values(measure: string): Promise<string[]>;
  dispose(): Promise<void>;
}

const SITE = `id: fake
name: Fake site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
due: { business_days: 5, grace_days: 3 }
channels: { journal: { kind: file, path: data/alerts.log } }
`;

/** Makes the site in a temporary folder; `files` go over the usual ones. */
export async function createFakeSite(
  files: Readonly<Record<string, string>>,
  { system = createFakeSystem(), env = {} }: { system?: FakeSystem; env?: Readonly<Record<string, string>> } = {},
): Promise<FakeSite> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-fake-'));
  const write = (texts: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  write({
    'site.yaml': SITE,
    'people.yaml': 'people: { robin: { name: Robin } }\n',
    'connections.yaml': 'connections: { system: { connector: fake, owner: robin, options: {} } }\n',
    ...files,
  });
  const configIn = async (): Promise<ResolvedConfig> => {
    const { config, problems } = await readConfig(folder, system.registry);
    if (config === undefined) throw new Error(`the configuration of the test is broken: ${JSON.stringify(problems)}`);
    return config;
  };
  let config = await configIn();
  const store = await openSiteStore(config.site.store, folder, {});
  const made = createServices(store, { env, logLevel: 'silent', folder, connectors: system.registry });
  const site: FakeSite = {
    folder,
    system,
    services: { ...made, now: () => site.clock },
    clock: '2026-01-01T00:00:00Z',
    config: () => config,
    async apply(texts) {
      write(texts);
      config = await configIn();
      await applyToStore(store, config, '2026-01-01T00:00:00Z');
    },
    async collect(logicalTime, at = logicalTime) {
      site.clock = at;
      const steps = inProcessSteps(site.services, new AbortController().signal);
      const group = config.pullGroups[0]?.id ?? '';
      const request = { group, configRevision: config.revision, logicalTime, trigger: 'once' } as const;
      return collectRun(steps, inProcessRunner, request);
    },
    async values(measure) {
      const actuals = await store.read.currentActuals([measure], '2000-01-01');
      return actuals.map(({ period, value }) => `${period.id} ${value}`).sort();
    },
    async dispose() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await site.apply({});
  return site;
}

/** An extract of the made-up system over the stream of its own name; `more` are further lines of it. */
export const fakeExtract = (
  id: string,
  more = '    time: day\n    columns: { day: date, amount: decimal }\n',
): string =>
  `  ${id}:
    connection: system
    schedule: { every: day, at: '06:30' }
    source: { stream: ${id} }
${more}`;
