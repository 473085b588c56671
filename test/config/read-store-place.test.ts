import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStorePlace } from '#src/config/read-store-place.js';
import { CONFIG_FOLDER, exampleConfig } from '../demo/example-config.js';

async function placeIn(site: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-place-'));
  try {
    await writeFile(join(folder, 'site.yaml'), site);
    return await readStorePlace(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('readStorePlace', () => {
  it('finds the same store as a full reading of the folder', async () => {
    expect(await readStorePlace(CONFIG_FOLDER)).toEqual((await exampleConfig()).site.store);
  });

  it.each([
    ['another kind of store', 'store: { client: mysql, host: db.example.com }'],
    ['a reference', "store: { client: sqlite, file: '${env:STORE}' }"],
    ['a number for a file', 'store: { client: sqlite, file: 7 }'],
    ['no store', 'id: acme'],
    ['a list', '- a'],
    ['nothing', ''],
    ['no YAML', 'store: { client: sqlite, file: [unclosed'],
  ])('leaves %s to the full reading', async (_what, site) => {
    expect(await placeIn(site)).toBeUndefined();
  });

  it('leaves a folder that is not there to the full reading', async () => {
    expect(await readStorePlace(join(tmpdir(), 'plumbline-nowhere'))).toBeUndefined();
  });
});
