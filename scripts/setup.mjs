#!/usr/bin/env node
// Brings all that `npm run demo` and `npm test` need. Built-in modules only: it runs before anything is installed.
// usage: node scripts/setup.mjs [demo|test]
import { buildWhenStale } from './setup/build-step.mjs';
import { provideChromium } from './setup/chromium.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { provideMariadb } from './setup/mariadb.mjs';
import { checkNode } from './setup/node-version.mjs';
import { providePostgres } from './setup/postgres.mjs';
import { elapsed, SetupError, say, step } from './setup/progress.mjs';
import { providePromtool } from './setup/promtool.mjs';
import { provideTemporalCli } from './setup/temporal-cli.mjs';

const purpose = process.argv[2] ?? 'demo';
if (!['demo', 'test'].includes(purpose)) {
  say(`"${purpose}" is not a set-up; it is \`node scripts/setup.mjs demo\` or \`node scripts/setup.mjs test\`.`);
  process.exit(64);
}

const startedMs = performance.now();
say(`Set-up for ${purpose}:`);
try {
  await step('Node', checkNode);
  await step('packages', installDependencies);
  await step('build', buildWhenStale);
  await step('Temporal CLI', provideTemporalCli);
  if (purpose === 'test') {
    await step('MariaDB', provideMariadb);
    await step('PostgreSQL', providePostgres);
    await step('Chromium', provideChromium);
    await step('promtool', providePromtool);
  }
  say(`Ready (${elapsed(startedMs)}).`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(`\n${error.message}\n\n${error.remedy}`);
  process.exitCode = 1;
}
