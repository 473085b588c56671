import { describe, expect, it } from 'vitest';
import { configOf, problemsAfter, SOUND } from './support/config-folder.js';

const after = (more: string) => problemsAfter('site.yaml', 'operator: omar\n', `operator: omar\n${more}`);
const linksOf = async (more: string) =>
  (await configOf({ ...SOUND, 'site.yaml': `${SOUND['site.yaml']}links: { ${more} }\n` })).site.links;

const SECRET = "signing_secret: '${env:LINK_SECRET}'";
const URL = 'base_url: https://plumbline.example.com';

describe('links', () => {
  it('are none where nothing is set', async () => {
    expect((await configOf(SOUND)).site).not.toHaveProperty('links');
  });

  it('hold a reference and no secret, listen on this machine and count for a week', async () => {
    expect(await linksOf(`${URL}, ${SECRET}`)).toEqual({
      baseUrl: 'https://plumbline.example.com',
      signing: { secret: '${env:LINK_SECRET}' },
      validDays: 7,
      listen: { host: '127.0.0.1', port: 8085 },
    });
  });

  it('take all that can be said', async () => {
    const more = "previous_signing_secret: '${file:/run/former}', valid_days: 30, listen: '[::]:80'";
    expect(await linksOf(`base_url: https://example.com/plumbline/, ${SECRET}, ${more}`)).toEqual({
      baseUrl: 'https://example.com/plumbline',
      signing: { secret: '${env:LINK_SECRET}', previousSecret: '${file:/run/former}' },
      validDays: 30,
      listen: { host: '::', port: 80 },
    });
  });

  it('refuse secrets that are written out, and do not show them', async () => {
    const problems = await after(
      `links: { ${URL}, signing_secret: hunter2-hunter2, previous_signing_secret: hunter2-hunter2 }\n`,
    );
    expect(problems).toMatchObject([
      { code: 'CONFIG_LITERAL_SECRET', path: 'links.signing_secret' },
      { code: 'CONFIG_LITERAL_SECRET', path: 'links.previous_signing_secret' },
    ]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it.each(['http://127.0.0.1:8085', 'http://localhost:8085', 'http://[::1]:8085', 'https://plumbline'])(
    'may begin with %s',
    async (url) => {
      expect(await after(`links: { base_url: '${url}', ${SECRET} }\n`)).toEqual([]);
    },
  );

  it.each([
    'http://plumbline.example.com',
    'plumbline.example.com',
    'https://plumbline.example.com/?a=1',
    'https://plumbline.example.com/#a',
    'https://kim:word@plumbline.example.com',
    'javascript:alert(1)',
    'https://plumbline.example.com/a b',
    '',
  ])('may not begin with "%s"', async (url) => {
    expect(await after(`links: { base_url: '${url}', ${SECRET} }\n`)).toMatchObject([
      { code: 'CONFIG_INVALID_VALUE', path: 'links.base_url' },
    ]);
  });

  it.each(['8085', ':8085', '127.0.0.1', '127.0.0.1:0', '127.0.0.1:65536', '::1:8085', 'a b:1'])(
    'cannot be answered at "%s"',
    async (listen) => {
      expect(await after(`links: { ${URL}, ${SECRET}, listen: '${listen}' }\n`)).toMatchObject([
        { code: 'CONFIG_INVALID_VALUE', path: 'links.listen', remedy: 'write host and port: 127.0.0.1:8085' },
      ]);
    },
  );
});
