// Real development servers that want the same ports in the same moment.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type DevServer, startDevServer } from '#src/temporal/dev-server.js';
import { freePort } from '#src/temporal/free-port.js';

const folders: string[] = [];
const servers: DevServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('have a port each, whichever was faster', async () => {
  const [port, uiPort] = [await freePort(), await freePort()];
  const started = await Promise.all(
    [1, 2].map(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'plumbline-dev-servers-'));
      folders.push(folder);
      const server = await startDevServer({ folder, env: process.env, port, uiPort });
      servers.push(server);
      return server;
    }),
  );
  expect(started.map(({ address }) => address)).toContain(`127.0.0.1:${port}`);
  expect(new Set(started.map(({ address }) => address)).size).toBe(2);
  expect(new Set(started.map(({ uiUrl }) => uiUrl)).size).toBe(2);
  const gone: string[] = [];
  for (const { address, exited } of started) void exited.then(() => gone.push(address));
  await new Promise(setImmediate);
  expect(gone).toEqual([]);
}, 120_000);
