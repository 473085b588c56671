import { join } from 'node:path';
import { expect, it } from 'vitest';
import { holdsBrokenReference, holdsReference, resolveSecrets } from '#src/config/secrets.js';
import { withFolder } from './support/config-folder.js';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: references look like this
it('replaces references at any depth, and nothing else', async () => {
  await withFolder({ 'secrets/token': 'abc\n' }, async (folder) => {
    const options = {
      url: 'smtp://${env:USER}:${env:PW}@h',
      list: [{ token: '${file:secrets/token}' }],
      port: 25,
      tls: true,
      none: null,
    };
    expect(await resolveSecrets(options, { USER: 'u', PW: 'p$&' }, folder)).toEqual({
      url: 'smtp://u:p$&@h',
      list: [{ token: 'abc' }],
      port: 25,
      tls: true,
      none: null,
    });
    expect(options.list).toEqual([{ token: '${file:secrets/token}' }]);
  });
});

it('does not look for references inside a secret', async () => {
  expect(await resolveSecrets('${env:A}', { A: '${env:B}', B: 'b' }, '/')).toBe('${env:B}');
});

it('leaves out one line break at the end of a file, and takes an empty variable for what it is', async () => {
  await withFolder({ unix: ' a \n\n', windows: 'a\r\n', bare: 'a' }, async (folder) => {
    expect(
      await resolveSecrets(
        ['${file:unix}', '${file:windows}', `\${file:${join(folder, 'bare')}}`, '${env:E}'],
        { E: '' },
        folder,
      ),
    ).toEqual([' a \n', 'a', 'a', '']);
  });
});

it('names a variable that is not set, and no value', async () => {
  const resolving = resolveSecrets({ a: 'hunter2-${env:PW}' }, {}, '/');
  await expect(resolving).rejects.toMatchObject({
    kind: 'config',
    code: 'CONFIG_SECRET_MISSING',
    message: expect.stringContaining('"PW"'),
  });
  await expect(resolving).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') });
  await expect(resolveSecrets('${env:toString}', {}, '/')).rejects.toMatchObject({ code: 'CONFIG_SECRET_MISSING' });
});

it('names a file that cannot be read', async () => {
  await withFolder({}, async (folder) => {
    for (const path of ['gone', '.']) {
      await expect(resolveSecrets(`\${file:${path}}`, {}, folder)).rejects.toMatchObject({
        code: 'CONFIG_SECRET_MISSING',
        message: expect.stringContaining(`\${file:${path}}`),
      });
    }
  });
});

it('knows what is a reference', () => {
  expect(['${env:A}', 'x${env:_a1}y', '${file:/run/secrets/pw}', '${file:a b.txt}'].every(holdsReference)).toBe(true);
  expect(['${env:}', '${env:1A}', '${env:A', '${ENV:A}', '${file:}', '$env:A', '${A}'].some(holdsReference)).toBe(
    false,
  );
  expect(['${env:A}${', '${env:A-B}', '${vault:x}'].every(holdsBrokenReference)).toBe(true);
  expect(['${env:A}', '$', '{}', 'p$$w'].some(holdsBrokenReference)).toBe(false);
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: references look like this
