import { describe, expect, it } from 'vitest';
import { type ConfiguredChannel, createOpenChannel } from '#src/notify/channels.js';

function opening(channels: readonly ConfiguredChannel[], secrets: Record<string, string> = {}) {
  return createOpenChannel({
    channels,
    // What the configuration's resolver does, for references that are a whole text.
    resolveSecrets: async (options) =>
      JSON.parse(JSON.stringify(options), (_key, value: unknown) => secrets[String(value)] ?? value),
    siteId: 'acme',
    baseDirectory: '/nowhere',
  });
}

describe('createOpenChannel()', () => {
  it('names the channels there are when asked for another', async () => {
    const open = opening([{ id: 'journal', kind: 'file', options: { path: 'a.log' } }]);
    await expect(open('mail')).rejects.toMatchObject({
      kind: 'config',
      code: 'CHANNEL_UNKNOWN',
      remedy: 'Channels of site.yaml are: journal.',
    });
  });

  it('resolves secrets before it checks options', async () => {
    const reference = '${env:SMTP_URL}';
    const open = opening([{ id: 'mail', kind: 'email', options: { url: reference, from: 'a@example.com' } }], {
      [reference]: 'smtp://u:pw@localhost',
    });
    const sender = await open('mail');
    await sender.close();
  });

  it('refuses options it does not know, naming them and no value', async () => {
    const options = { url: 'smtp://u:topsecret@localhost', from: 'a@example.com', tls: 'topsecret' };
    const failure: unknown = await opening([{ id: 'mail', kind: 'email', options }])('mail').catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'CHANNEL_OPTIONS_INVALID' });
    expect(`${JSON.stringify(failure)} ${String(failure)}`).not.toContain('topsecret');
  });

  it('refuses options of the wrong type by their place', async () => {
    await expect(opening([{ id: 'journal', kind: 'file', options: { path: 7 } }])('journal')).rejects.toThrow(
      /path \(invalid_type\)/,
    );
  });
});
