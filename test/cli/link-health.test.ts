import { afterEach, describe, expect, it } from 'vitest';
import { linkHealth } from '#src/cli/doctor/link-health.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

let site: SmallSite;
afterEach(() => site.dispose());

const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
`;
const LINKS = "links: { base_url: 'https://plumbline.example.com', signing_secret: '${env:LINK_SECRET}' }\n";

async function siteWith(links: string): Promise<void> {
  site = await createSmallSite({
    'site.yaml': `${SITE}${links}`,
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
  });
}

describe('what the doctor says of links', () => {
  it('is nothing where there are none', async () => {
    await siteWith('');
    expect(await linkHealth(site.config(), {})).toEqual([]);
  });

  it('is whether they can be signed, without the secret', async () => {
    await siteWith(LINKS);
    const good = await linkHealth(site.config(), { LINK_SECRET: 'a-secret-of-the-links-that-nobody-knows' });
    expect(good).toEqual([
      { area: 'links', health: 'ok', says: 'Messages have links to https://plumbline.example.com.' },
    ]);
    expect(await linkHealth(site.config(), {})).toMatchObject([
      { area: 'links', health: 'fail', says: expect.stringContaining('CONFIG_SECRET_MISSING') },
    ]);
    const short = await linkHealth(site.config(), { LINK_SECRET: 'hunter2' });
    expect(short).toMatchObject([
      {
        health: 'fail',
        says: expect.stringContaining('CONFIG_SHORT_SECRET'),
        remedy: expect.stringContaining('openssl'),
      },
    ]);
    expect(JSON.stringify(short)).not.toContain('hunter2');
  });
});
