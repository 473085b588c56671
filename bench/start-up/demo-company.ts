import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#src/config/index.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { runOnce } from '#src/worker/run-once.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { generateSources } from '../../demo/company/generate-sources.js';
import { startSheetsStandIn } from '../../demo/sheets-stand-in.js';
import { projectRoot } from './project-root.js';

/** The demo's company in a temporary folder, collected once, so that there is a scorecard to show. */
export async function collectedDemoCompany(): Promise<{ readonly configFolder: string; dispose(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const configFolder = join(folder, 'config');
  cpSync(join(projectRoot, 'config'), configFolder, { recursive: true });
  const logicalTime = new Date().toISOString();
  const sources = await generateSources({ folder: join(folder, 'sources'), today: logicalTime.slice(0, 10) });
  const sheets = await startSheetsStandIn(sources.folder, sources.spreadsheets);
  const { config, problems } = await readConfig(configFolder, builtInConnectors);
  if (config === undefined) throw new Error(`the demo's configuration is broken: ${JSON.stringify(problems)}`);
  const store = await openSiteStore(config.site.store, config.folder, {});
  try {
    await applyToStore(store, config, logicalTime);
    const services = createServices(store, { env: {}, logLevel: 'silent', folder: config.folder });
    const groups = config.pullGroups.map((group) => group.id);
    await runOnce(services, config, { groups, logicalTime, signal: new AbortController().signal });
  } finally {
    await store.close();
    await sheets.close();
  }
  return { configFolder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
