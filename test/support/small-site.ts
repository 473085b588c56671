import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StepServices } from '#src/activities/context.js';
import type { RunnableSteps } from '#src/activities/steps.js';
import type { RunSummary } from '#src/activities/types.js';
import { readConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { inProcessRunner, inProcessSteps } from '#src/worker/in-process.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { collectRun } from '#src/workflows/collect-run.js';

/** A site of one CSV folder, made of the parts a test is about. */
export interface SmallSite {
  readonly store: ReportingStore;
  readonly services: StepServices;
  readonly steps: RunnableSteps;
  config(): ResolvedConfig;
  /** Writes files of the site's folder; `sources/…` are what the extracts read. */
  write(files: Readonly<Record<string, string>>): void;
  /** Reads the configuration anew and applies it to the store. */
  apply(): Promise<void>;
  /** Collects the group with this cadence's id, e.g. `files-day-0630`. */
  collect(logicalTime: string, group?: string): Promise<RunSummary>;
  sweep(logicalTime: string): Promise<void>;
  /** `period status value` of a measure, oldest first. */
  standing(measure: string): Promise<string[]>;
  /** `kind subject period` of what is open, oldest first. */
  openAlerts(): Promise<string[]>;
  dispose(): Promise<void>;
}

const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
due: { business_days: 5, grace_days: 3 }
channels: { journal: { kind: file, path: data/alerts.log } }
`;

const PEOPLE = 'people: { robin: { name: Robin } }\n';
const CONNECTIONS = 'connections: { files: { connector: csv, owner: robin, options: { folder: sources } } }\n';

/** An extract over `<id>*.csv` with the columns `day` and `amount`. */
export const extractOf = (id: string, more = ''): string => `  ${id}:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: '${id}*.csv' }
    time: day
    columns: { day: date, code: text, amount: { type: decimal, locale: en-US } }
${more}`;

export const extractsFile = (...extracts: readonly string[]): string => `extracts:\n${extracts.join('')}`;

/** A measure that adds up `amount`; `more` are further lines of it. */
export const measureOf = (id: string, extract: string, frequency: string, more = ''): string => `  - id: ${id}
    name: ${id}
    objective: grow
    owner: robin
    unit: EUR
    direction: higher-is-better
    frequency: ${frequency}
    from: { extract: ${extract}, sum: amount }
    targets: [{ from: 2020-01, value: 100 }]
${more}`;

export const scorecardFile = (
  ...measures: readonly string[]
): string => `scorecard: { id: company, name: Company, owner: robin, frequency: monthly }
perspectives: [{ id: financial, name: Financial }]
objectives: [{ id: grow, name: Grow, perspective: financial, owner: robin }]
measures:
${measures.join('')}`;

/** Makes the site in a temporary folder. `files` are written over the usual ones. */
export async function createSmallSite(files: Readonly<Record<string, string>>): Promise<SmallSite> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-small-'));
  const write = (texts: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  write({ 'site.yaml': SITE, 'people.yaml': PEOPLE, 'connections.yaml': CONNECTIONS, ...files });
  let config = await configIn(folder);
  const store = await openSiteStore(config.site.store, folder, {});
  const services = createServices(store, { env: {}, logLevel: 'silent', folder });
  const steps = inProcessSteps(services, new AbortController().signal);
  const apply = async (): Promise<void> => {
    config = await configIn(folder);
    await applyToStore(store, config, '2026-01-01T00:00:00Z');
  };
  await apply();
  return {
    store,
    services,
    steps,
    config: () => config,
    write,
    apply,
    collect: (logicalTime, group = 'files-day-0630') =>
      collectRun(steps, inProcessRunner, { group, configRevision: config.revision, logicalTime, trigger: 'once' }),
    sweep: async (logicalTime) => {
      await steps.sweepFreshness({ configRevision: config.revision, logicalTime });
    },
    standing: async (measure) =>
      (await store.read.currentScores([measure], '2000-01-01')).map(({ period, status, value }) =>
        [period.id, status, value ?? '-'].join(' '),
      ),
    openAlerts: async () =>
      (await store.read.alerts({ state: 'open' })).map(({ kind, subject, period }) => `${kind} ${subject} ${period}`),
    dispose: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function configIn(folder: string): Promise<ResolvedConfig> {
  const { config, problems } = await readConfig(folder, builtInConnectors);
  if (config === undefined) throw new Error(`the configuration of the test is broken: ${JSON.stringify(problems)}`);
  return config;
}
