// The guide docs/guides/write-a-connector.md, followed step by step with the built program: its commands, its edits, its
// files, and an API that answers as the guide says.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/root.mjs';
import { plumbline } from '../support/command-line.js';

const FENCE = /^```(?<language>\w+) title=(?<file>\S+)(?: (?<mode>\w+))?\n(?<text>[\s\S]*?)^```$/gm;
const TOKEN = 'token-of-the-shop';
const ORDERS = [
  { number: '4711', ordered_on: '2026-09-03', total: '129.90' },
  { number: '4712', ordered_on: '2026-09-04', total: '20.10' },
  { number: '4713', ordered_on: '2026-10-01', total: { broken: true } },
];

let parent: string;
let folder: string;
let api: Server;

async function follow(): Promise<void> {
  const guide = await readFile(join(root, 'docs/guides/write-a-connector.md'), 'utf8');
  let sought: string | undefined;
  for (const { groups } of guide.matchAll(FENCE)) {
    const { file = '', mode, text = '' } = groups ?? {};
    const path = join(folder, file);
    if (mode === 'find') {
      sought = text;
    } else if (mode === 'put') {
      const before = await readFile(path, 'utf8');
      expect(before.split(sought ?? ''), `${file} holds what the guide replaces, once`).toHaveLength(2);
      await writeFile(
        path,
        before.replace(sought ?? '', () => text),
      );
    } else if (mode === 'append') {
      await writeFile(path, (await readFile(path, 'utf8')) + text);
    } else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }
}

async function exam(): Promise<{ code: number | null; output: string }> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', 'connectors/orders-api.exam.test.mjs'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, output };
}

const run = (...args: string[]) => plumbline([...args, '--config', folder], { SHOP_TOKEN: TOKEN, TZ: 'UTC' });

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'plumbline-connector-'));
  folder = join(parent, 'acme');
  expect((await plumbline(['init', folder], { TZ: 'UTC' })).code).toBe(0);
  // What the printed "npm install" brings, without a network: of "plumbline@file:<folder>" npm makes just such a link.
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules/plumbline'));
  await symlink(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
  api = createServer((request, response) => {
    const known = request.headers.authorization === `Bearer ${TOKEN}`;
    const found = (request.url ?? '').startsWith('/orders');
    response.writeHead(known ? (found ? 200 : 404) : 401);
    response.end(known && found ? JSON.stringify({ data: ORDERS, page: 1, pages: 1 }) : undefined);
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  api.close();
  await rm(parent, { recursive: true, force: true });
});

describe('the guide "Write a connector"', () => {
  it('begins with a connector that passes its exam as it is written', async () => {
    const made = await run('connector', 'new', 'orders-api');
    expect(made.code, made.stderr).toBe(0);
    expect(made.stderr).toContain(`  npm install --save-dev vitest plumbline@file:${root}\n`);
    // By its name alone it would be the package of somebody else.
    expect(made.stderr).not.toMatch(/npm install[^\n]* plumbline(?!@file:)/);
    const { code, output } = await exam();
    expect(code, output).toBe(0);
    expect(output).toMatch(/Tests +4\d passed/);
  });

  it('writes over nothing that is there', async () => {
    const again = await run('connector', 'new', 'orders-api');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('nothing is written over');
  });

  it('ends with one that passes it too, after the edits it tells', async () => {
    await follow();
    const { code, output } = await exam();
    expect(code, output).toBe(0);
  });

  it('has a source that can be checked, discovered and previewed', async () => {
    const connections = join(folder, 'connections.yaml');
    const address = api.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await writeFile(connections, (await readFile(connections, 'utf8')).replace(':8099', `:${port}`));

    const checked = await run('source', 'check', 'shop');
    expect(checked.code, checked.stderr).toBe(0);
    expect(checked.stdout).toMatch(/^ok {3}api: /);

    const discovered = await run('source', 'discover', 'shop', '--stream', 'orders');
    expect(discovered.code, discovered.stderr).toBe(0);
    expect(discovered.stdout).toContain('time: ordered_on');

    const extract = await run('source', 'check', 'shop-orders');
    expect(extract.code, extract.stderr).toBe(0);
    expect(extract.stdout).toContain('ok   extract: "shop-orders": 3 columns found, first row at orders row 1');

    const preview = await run('source', 'preview', 'shop-orders');
    expect(preview.code, preview.stderr).toBe(0);
    expect(preview.stdout).toContain('129.9');
    expect(preview.stdout).toContain('rejected orders row 3, total');
    expect(checked.stdout + discovered.stdout + preview.stdout).not.toContain(TOKEN);
  });

  it('refuses a connector that the list does not allow, and one that leads out of the folder', async () => {
    const list = join(folder, 'connectors.yaml');
    const before = await readFile(list, 'utf8');
    await writeFile(list, 'allow: []\n');
    const unlisted = await run('check');
    expect(unlisted.code).toBe(2);
    expect(unlisted.stdout).toContain('./connectors/orders-api.mjs');
    expect(unlisted.stdout).toContain('connectors.yaml');
    await writeFile(list, 'allow: ["./../evil.mjs"]\n');
    const outside = await run('check');
    expect(outside.code).toBe(2);
    expect(outside.stderr).toContain('CONFIG_CONNECTORS_FILE');
    await writeFile(join(parent, 'evil.mjs'), 'export default () => { throw new Error("it ran") }\n');
    await symlink(join(parent, 'evil.mjs'), join(folder, 'link.mjs'));
    await writeFile(list, 'allow: ["./link.mjs"]\n');
    const linked = await run('check');
    expect(linked.code).toBe(2);
    expect(linked.stderr).toContain('link out of the config folder');
    expect(linked.stderr).not.toContain('it ran');
    await writeFile(list, before);
    expect((await run('check')).code).toBe(0);
  });
});
