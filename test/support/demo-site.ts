import { cpSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StepServices } from '#src/activities/context.js';
import { readConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { type GeneratedSources, generateSources } from '../../demo/company/generate-sources.js';
import { type SheetsStandIn, startSheetsStandIn } from '../../demo/sheets-stand-in.js';

export interface DemoSite {
  readonly folder: string;
  readonly configFolder: string;
  readonly sources: GeneratedSources;
  /** Serves the sheet of the example, as the demo does. */
  readonly sheets: SheetsStandIn;
  readonly config: ResolvedConfig;
  readonly store: ReportingStore;
  readonly services: StepServices;
  dispose(): Promise<void>;
}

export interface DemoSiteOptions {
  readonly today: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Changes the copied config folder before it is read. */
  readonly edit?: (configFolder: string) => void;
}

const DELIVERED = new Date('2026-01-02T03:04:05Z');

/** The example company in a temporary folder: sources generated, configuration applied to a store of its own. */
export async function createDemoSite({ today, env = {}, edit }: DemoSiteOptions): Promise<DemoSite> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-site-'));
  const configFolder = join(folder, 'config');
  cpSync(fileURLToPath(new URL('../../config', import.meta.url)), configFolder, { recursive: true });
  edit?.(configFolder);
  const sources = await generateSources({ folder: join(folder, 'sources'), today });
  // Two sites of one day are to be equal to the file times that a pull records.
  for (const { path } of sources.files) utimesSync(join(folder, 'sources', path), DELIVERED, DELIVERED);
  const sheets = await startSheetsStandIn(sources.folder, sources.spreadsheets);
  const { config, problems } = await readConfig(configFolder, builtInConnectors);
  if (config === undefined) throw new Error(`the example configuration is broken: ${JSON.stringify(problems)}`);
  const store = await openSiteStore(config.site.store, config.folder, env);
  await applyToStore(store, config, '2026-01-01T00:00:00Z');
  const services = createServices(store, { env, logLevel: 'silent', folder: config.folder });
  return {
    folder,
    configFolder,
    sources,
    sheets,
    config,
    store,
    services,
    dispose: async () => {
      await store.close();
      await sheets.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
