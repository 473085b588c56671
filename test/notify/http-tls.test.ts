// Encrypted, with certificates of an authority that was made for the test.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { authorityFolder } from '../support/certificates.js';
import { startHttpServer } from './http-test-server.js';
import { sendOver } from './send-over.js';

const folder = authorityFolder();
afterAll(() => folder.remove());
const ours = folder.authority('ours');
const theirs = folder.authority('theirs');
const file = (name: string, pem: string): string => {
  const path = join(folder.path, name);
  writeFileSync(path, pem);
  return path;
};
const ca = { ours: file('ours-authority.pem', ours.ca), theirs: file('theirs-authority.pem', theirs.ca) };

describe('a channel over TLS', () => {
  it.each([
    ['ours', 'localhost', 'sent'],
    ['theirs', 'localhost', 'retry'],
    ['ours', 'elsewhere.example.com', 'retry'],
  ] as const)('with the authority "%s" and a certificate for %s: %s', async (authority, name, outcome) => {
    await using server = await startHttpServer(undefined, ours.issue(name));
    const url = `https://localhost:${server.port}/`;
    const options = { url, signing_secret: 'a-secret-of-the-receiver', allow_private: true, ca: ca[authority] };
    const result = await sendOver('webhook', options);
    expect(result.outcome).toBe(outcome);
    expect(server.posts).toHaveLength(outcome === 'sent' ? 1 : 0);
    if (outcome === 'retry') expect(result).toMatchObject({ retryAfterMs: 900_000 });
  });
});
