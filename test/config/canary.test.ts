import { describe, expect, it } from 'vitest';
import { withCanary } from '#src/config/canary/with-canary.js';
import { parseResolvedConfig, serialiseConfig } from '#src/config/revision.js';
import { desiredSchedules } from '#src/schedules/desired-schedules.js';
import { configOf, problemsAfter, SOUND } from './support/config-folder.js';

const CHANNELS = `channels:
  journal: { kind: file, path: data/alerts.log }
  pager: { kind: pagerduty, routing_key: '\${env:PAGER}' }
`;
const written = SOUND['site.yaml'] ?? '';
const base = written.slice(0, written.indexOf('channels:'));
const configWith = (more: string) => configOf({ ...SOUND, 'site.yaml': `${base}${CHANNELS}${more}` });
const after = (more: string) => problemsAfter('site.yaml', written, `${base}${more}`);

describe('canary', () => {
  it('is nothing where none is asked for: what runs is what is written', async () => {
    const config = await configWith('');
    expect(config.site).not.toHaveProperty('canary');
    expect(withCanary(config)).toBe(config);
  });

  it('goes to the operator over the channels that people read, where nothing else is said', async () => {
    const { site } = await configWith("canary: { every: day, at: '07:00' }\n");
    expect(site.canary).toEqual({
      cadence: { every: 'day', hour: 7, minute: 0, timeZone: site.timeZone },
      person: site.operator,
      channels: ['journal'],
    });
  });

  it('goes by a week, to others, over others', async () => {
    const more = "{ every: week, on: tue, at: '07:00', time_zone: Asia/Tokyo, person: omar, channels: [pager] }";
    const { site } = await configWith(`canary: ${more}\n`);
    expect(site.canary).toEqual({
      cadence: { every: 'week', weekday: 2, hour: 7, minute: 0, timeZone: 'Asia/Tokyo' },
      person: 'omar',
      channels: ['pager'],
    });
  });

  it('adds to what runs one schedule, and to what is written nothing', async () => {
    const [plain, config] = [await configWith(''), await configWith("canary: { every: day, at: '07:00' }\n")];
    for (const part of ['connections', 'extracts', 'pullGroups', 'scorecards', 'measures'] as const) {
      expect(config[part]).toEqual(plain[part]);
      expect(withCanary(config)[part]).toHaveLength(plain[part].length + 1);
    }
    const ids = (of: typeof config) => desiredSchedules(of).map(({ id }) => id);
    expect(ids(withCanary(config)).filter((id) => !ids(plain).includes(id))).toEqual([
      `plumbline/${config.site.id}/collect/_canary-day-0700`,
    ]);
  });

  it('is part of the revision by its setting, and comes back from the store', async () => {
    const config = await configWith("canary: { every: day, at: '07:00' }\n");
    expect(config.revision).not.toBe((await configWith('')).revision);
    expect(withCanary(parseResolvedConfig(serialiseConfig(config)))).toEqual(withCanary(config));
  });

  it('refuses people and channels that are not there, and a site where nobody reads a channel', async () => {
    const unknown = await after(`${CHANNELS}canary: { every: day, at: '07:00', person: nobody, channels: [male] }\n`);
    expect(unknown.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'CONFIG_UNKNOWN_OWNER canary.person',
      'CONFIG_UNKNOWN_CHANNEL canary.channels.0',
    ]);
    const pager = "channels: { pager: { kind: pagerduty, routing_key: '${env:PAGER}' } }\n";
    expect(await after(`${pager}canary: { every: day, at: '07:00' }\n`)).toMatchObject([
      { code: 'CONFIG_INVALID_VALUE', path: 'canary', message: 'canary: there is no channel that people read' },
    ]);
  });

  it('refuses times to wait in which its alert could not come and go', async () => {
    const alerts = 'alerts: { hold_minutes: { off_track: 1440 } }\n';
    expect(await after(`${CHANNELS}${alerts}canary: { every: day, at: '07:00' }\n`)).toMatchObject([
      { code: 'CONFIG_INVALID_VALUE', path: 'alerts.hold_minutes.off_track' },
    ]);
    expect(await after(`${CHANNELS}${alerts}canary: { every: week, on: mon, at: '07:00' }\n`)).toEqual([]);
  });
});
