// Over which channels somebody has digests: through the real sweep and store.
import { afterEach, describe, expect, it } from 'vitest';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

describe('digests over several channels', () => {
  let site: SmallSite;
  afterEach(() => site.dispose());

  it('come over those that reach their reader, as alerts do, and over all where none is named', async () => {
    const hook = "{ kind: webhook, url: 'https://hooks.example.com', signing_secret: '${env:NONE}' }";
    site = await createSmallSite({
      'site.yaml': `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
channels: { journal: { kind: file, path: a.log }, board: { kind: file, path: b.log }, hook: ${hook} }
digest: { every: day, at: '07:30', when_empty: line }
`,
      'people.yaml': 'people: { robin: { name: Robin, channels: [journal] }, kim: { name: Kim } }\n',
      'extracts/all.yaml': extractsFile(extractOf('sales')),
      'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
    });
    await site.sweep('2026-11-05T06:35:00Z');
    await site.sweep('2026-11-06T06:35:00Z');
    const records = await site.store.models.outboxRecords(9);
    expect(records.map(({ recipientId, channel }) => `${recipientId} ${channel}`).toSorted()).toEqual([
      ...['kim board', 'kim hook', 'kim journal'],
      ...['robin hook', 'robin journal'],
    ]);
  });
});
