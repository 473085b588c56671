import { describe, expect, it } from 'vitest';
import { configOf, problemsAfter, SOUND } from './support/config-folder.js';

const after = (more: string) => problemsAfter('site.yaml', 'operator: omar\n', `operator: omar\n${more}`);

describe('watch', () => {
  it('is nothing where nothing is set, and milliseconds where it is', async () => {
    const site = (more: string) => configOf({ ...SOUND, 'site.yaml': `${SOUND['site.yaml']}${more}` });
    expect((await site('')).site).not.toHaveProperty('watch');
    expect((await site('watch: { give_up_hours: 4, silent_after_minutes: 60 }\n')).site.watch).toEqual({
      giveUpMs: 14_400_000,
      silentMs: 3_600_000,
    });
  });

  it('refuses a time to silence in which not even two sweeps fit', async () => {
    expect(await after('sweep_minutes: 15\nwatch: { silent_after_minutes: 29 }\n')).toMatchObject([
      {
        code: 'CONFIG_INVALID_VALUE',
        path: 'watch.silent_after_minutes',
        message: '29 minutes are less than two of the 15 minutes from one to the next',
        remedy: 'write 30 or more',
      },
    ]);
    expect(await after('sweep_minutes: 15\nwatch: { silent_after_minutes: 30 }\n')).toEqual([]);
  });

  it('refuses a heartbeat whose address is written out, and does not show it', async () => {
    const problems = await after("watch: { heartbeat: { url: 'https://beats.example.com/0123456789' } }\n");
    expect(problems).toMatchObject([{ code: 'CONFIG_LITERAL_SECRET', path: 'watch.heartbeat.url' }]);
    expect(JSON.stringify(problems)).not.toContain('0123456789');
  });
});

describe('network', () => {
  it('takes hosts, and nothing that is none', async () => {
    const site = `${SOUND['site.yaml']}network: { allow_hosts: [hooks.example.com, '*.internal.example.com'] }\n`;
    expect((await configOf({ ...SOUND, 'site.yaml': site })).site.allowHosts).toEqual([
      'hooks.example.com',
      '*.internal.example.com',
    ]);
    expect(await after('network: { allow_hosts: [https://hooks.example.com] }\n')).toMatchObject([
      { path: 'network.allow_hosts.0', message: expect.stringContaining('is no host') },
    ]);
  });
});
