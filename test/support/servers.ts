// vitest globalSetup of the projects `servers` and `data`: what tests that need a server find in their environment.
//
//   PLUMBLINE_TEST_MYSQL_URL     a MySQL-compatible server on which databases and users may be made and dropped
//   PLUMBLINE_TEST_POSTGRES_URL  a PostgreSQL server on which databases and roles may be made and dropped
//   PLUMBLINE_TEST_TEMPORAL_CLI  the Temporal CLI; each test file starts the development server it needs
//   PLUMBLINE_TEST_CHROMIUM      Chromium or Chrome
//   PLUMBLINE_TEST_PROMTOOL      promtool, which runs Prometheus' alerting rules without a server
//
// Both projects may run in one process: what the first one starts, the last one stops.

import { startEphemeralMariadb } from '../../bench/servers/ephemeral-mariadb.js';
import type { EphemeralServer } from '../../bench/servers/ephemeral-server.js';
import { CHROMIUM_REMEDY, findChromium } from '../../scripts/setup/chromium.mjs';
import { findMariadb, isContinuousIntegration, MARIADB_REMEDY } from '../../scripts/setup/mariadb.mjs';
import { findPostgres, POSTGRES_REMEDY } from '../../scripts/setup/postgres.mjs';
import { findPromtool, PROMTOOL_REMEDY } from '../../scripts/setup/promtool.mjs';
import { findTemporalCli } from '../../scripts/setup/temporal-cli.mjs';
import { startEphemeralPostgres } from './ephemeral-postgres.js';

interface Shared {
  users: number;
  servers: Promise<readonly (EphemeralServer | undefined)[]> | undefined;
}

// Each project loads this file anew, so module scope is not shared; the process is.
const shared: { plumblineTestServers?: Shared } & typeof globalThis = globalThis;

/** A missing server fails in continuous integration; elsewhere its tests say that they were left out, and why. */
function missing(what: string, remedy: string): undefined {
  const message = `${what}\n${remedy}`;
  if (isContinuousIntegration()) throw new Error(message);
  process.stderr.write(`\n! ${message}\n\n`);
  return undefined;
}

async function startMariadb(): Promise<EphemeralServer | undefined> {
  const given = process.env['MYSQL_URL'];
  if (given) {
    process.env['PLUMBLINE_TEST_MYSQL_URL'] = given;
    return undefined;
  }
  const program = findMariadb();
  if (!program)
    return missing('Tests of the MySQL store and source are left out: there is no MariaDB or MySQL.', MARIADB_REMEDY);
  const server = await startEphemeralMariadb(program);
  process.env['PLUMBLINE_TEST_MYSQL_URL'] = server.url;
  return server;
}

async function startPostgres(): Promise<EphemeralServer | undefined> {
  const given = process.env['POSTGRES_URL'];
  if (given) {
    process.env['PLUMBLINE_TEST_POSTGRES_URL'] = given;
    return undefined;
  }
  const programs = findPostgres();
  if (!programs)
    return missing('Tests of the PostgreSQL source are left out: there is no PostgreSQL.', POSTGRES_REMEDY);
  const server = await startEphemeralPostgres(programs);
  process.env['PLUMBLINE_TEST_POSTGRES_URL'] = server.url;
  return server;
}

export async function setup(): Promise<void> {
  shared.plumblineTestServers ??= { users: 0, servers: undefined };
  const state = shared.plumblineTestServers;
  state.users += 1;
  state.servers ??= Promise.all([startMariadb(), startPostgres()]);
  await state.servers;

  const chromium = findChromium();
  if (chromium) process.env['PLUMBLINE_TEST_CHROMIUM'] = chromium;
  else missing('Tests of HTML mail in a browser are left out: there is no Chromium.', CHROMIUM_REMEDY);

  const promtool = findPromtool();
  if (promtool) process.env['PLUMBLINE_TEST_PROMTOOL'] = promtool;
  else missing('Tests of alerts against Prometheus are left out: there is no promtool.', PROMTOOL_REMEDY);

  const { path } = findTemporalCli();
  if (path) process.env['PLUMBLINE_TEST_TEMPORAL_CLI'] = path;
  else
    missing(
      'Tests that run on Temporal are left out: there is no Temporal CLI.',
      'Run `node scripts/setup.mjs test` first.',
    );
}

export async function teardown(): Promise<void> {
  const state = shared.plumblineTestServers;
  if (!state) return;
  state.users -= 1;
  if (state.users > 0) return;
  const servers = await state.servers;
  state.servers = undefined;
  for (const server of servers ?? []) await server?.stop();
}
