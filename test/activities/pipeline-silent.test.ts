// The real steps on a real store, their clock put where a test wants it: who notices that nothing runs, and what is told.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actOnAlert } from '#src/activities/alert/act-on-alert.js';
import { deliverOutbox } from '#src/activities/deliver/deliver-outbox.js';
import { sweepFreshness } from '#src/activities/sweep-freshness.js';
import type { Message } from '#src/notify/types.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

let site: SmallSite;
let told: string[];

beforeEach(async () => {
  told = [];
  site = await createSmallSite({
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
  });
});
afterEach(() => site.dispose());

const at = (time: string): string => `2026-11-20T${time}:00Z`;

function services(time: string) {
  const send = async ({ subject, about }: Message) => {
    told.push(`${time} ${subject.replace('[Plumbline] ', '')}: ${about?.summary ?? ''}`);
    return { outcome: 'sent', detail: 'noted' } as const;
  };
  const openChannel = () => async () => ({ send, close: async () => undefined });
  return { ...site.services, now: () => at(time), openChannel };
}

async function sweep(time: string, scheduled = true): Promise<void> {
  const configRevision = site.config().revision;
  await sweepFreshness(services(time), { configRevision, logicalTime: at(time), scheduled });
}

async function deliver(time: string, scheduled = true): Promise<void> {
  const attempt = { signal: new AbortController().signal, last: false };
  await deliverOutbox(services(time), { configRevision: site.config().revision, scheduled }, attempt);
}

/** Every five minutes from one time to another, of those that are alive. */
async function goOn(from: string, to: string, ...alive: readonly ((time: string) => Promise<void>)[]): Promise<void> {
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  for (let minute = minutes(from); minute <= minutes(to); minute += 5) {
    const time = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
    for (const part of alive) await part(time);
  }
}

describe('sweep and delivery', () => {
  it('say nothing while both go on', async () => {
    await goOn('06:00', '12:00', sweep, deliver);
    expect(await site.store.read.alerts({})).toEqual([]);
  });

  it('write only every third of the time to silence that they were there', async () => {
    await sweep('06:00');
    await deliver('06:00');
    const noted = await site.store.read.pipelineProgress();
    await goOn('06:05', '06:05', sweep, deliver);
    expect(await site.store.read.pipelineProgress()).toEqual(noted);
    await goOn('06:10', '06:10', sweep, deliver);
    expect((await site.store.read.pipelineProgress()).map(({ seenAt, since }) => [seenAt, since])).toEqual([
      ['2026-11-20T06:10:00Z', '2026-11-20T06:00:00Z'],
      ['2026-11-20T06:10:00Z', '2026-11-20T06:00:00Z'],
    ]);
  });
});

describe('sweeps that stop', () => {
  it('are told once by the deliveries, and once when they are back', async () => {
    await goOn('06:00', '07:00', sweep, deliver);
    await goOn('07:05', '09:00', deliver);
    await goOn('09:05', '12:00', sweep, deliver);
    expect(told).toEqual([
      '07:40 PIPELINE SILENT · evaluation · since 2026-11-20 08:00 Berlin time: Nothing was evaluated since 2026-11-20T07:00:00Z',
      '09:05 PIPELINE SILENT RESOLVED · evaluation · since 2026-11-20 08:00 Berlin time: Nothing was evaluated from 2026-11-20T07:00:00Z to 2026-11-20T09:05:00Z (2 hours 5 minutes)',
    ]);
    expect(await site.openAlerts()).toEqual([]);
  });

  it('are told although they never began', async () => {
    await goOn('06:00', '07:00', deliver);
    expect(await site.openAlerts()).toEqual(['pipeline_silent pipeline/sweep 2026-11-20T06:00:00Z']);
  });

  it('stay resolved by a person until they have come back and stop again', async () => {
    await goOn('06:00', '07:00', sweep, deliver);
    await goOn('07:05', '08:00', deliver);
    const [alert] = await site.store.read.alerts({ state: 'open' });
    if (alert === undefined) throw new Error('there is no alert');
    const telling = { config: site.config(), recordedAt: at('08:00'), composeAlert: site.services.composeAlert };
    const act = { transition: 'resolved', author: 'robin', reason: 'maintenance', at: at('08:00') } as const;
    await actOnAlert(site.store, telling, { alert, ...act });
    await goOn('08:05', '10:00', deliver);
    expect(await site.openAlerts()).toEqual([]);
    await goOn('10:05', '11:00', sweep, deliver);
    await goOn('11:05', '12:00', deliver);
    expect(await site.openAlerts()).toEqual(['pipeline_silent pipeline/sweep 2026-11-20T10:55:00Z']);
  });
});

describe('deliveries that stop', () => {
  it('are known by the sweeps, and told when somebody delivers again', async () => {
    await goOn('06:00', '07:00', sweep, deliver);
    await goOn('07:05', '09:00', sweep);
    expect(await site.openAlerts()).toEqual(['pipeline_silent pipeline/deliver 2026-11-20T07:00:00Z']);
    expect(told).toEqual([]);
    await goOn('09:05', '09:30', sweep, deliver);
    expect(await site.openAlerts()).toEqual([]);
    expect(told.map((line) => line.split(':').slice(0, 2).join(':'))).toEqual(
      [
        '09:05 PIPELINE SILENT · delivery · since 2026-11-20 08:00 Berlin time',
        '09:10 PIPELINE SILENT RESOLVED · delivery · since 2026-11-20 08:00 Berlin time',
      ].map((line) => line.split(':').slice(0, 2).join(':')),
    );
  });
});

describe('an outage of all', () => {
  it.each([
    ['delivery', 'evaluated', [deliver, sweep], 'delivered or evaluated'],
    ['sweep', 'delivered', [sweep, deliver], 'evaluated or delivered'],
  ] as const)(
    'is told once, with its length, where the first to come back is the %s',
    async (_first, _, parts, what) => {
      await goOn('06:00', '07:00', sweep, deliver);
      await goOn('10:00', '13:00', ...parts);
      expect(told).toHaveLength(1);
      expect(told[0]).toContain(`: Nothing was ${what} from 2026-11-20T07:00:00Z to 2026-11-20T10:00:00Z (3 hours)`);
      expect(await site.openAlerts()).toEqual([]);
    },
  );

  it('is told again when it happens again', async () => {
    await goOn('06:00', '07:00', sweep, deliver);
    await goOn('08:00', '09:00', deliver, sweep);
    await goOn('10:00', '11:00', deliver, sweep);
    expect(told.map((line) => line.slice(-8))).toEqual(['(1 hour)', '(1 hour)']);
  });
});

describe('rounds without a schedule', () => {
  it('are expected by nobody', async () => {
    const rounds = [(time: string) => sweep(time, false), (time: string) => deliver(time, false)];
    await goOn('06:00', '06:00', ...rounds);
    await goOn('09:00', '09:00', ...rounds);
    expect(await site.store.read.alerts({})).toEqual([]);
  });

  it('are expected in the time that the site says', async () => {
    const yaml = 'channels: { journal: { kind: file, path: data/alerts.log } }\nwatch: { silent_after_minutes: 120 }\n';
    site.write({
      'site.yaml': `id: small\nname: Small site\ntime_zone: Europe/Berlin\nstore: { client: sqlite, file: data/store.sqlite }\noperator: robin\n${yaml}`,
    });
    await site.apply();
    const rounds = [(time: string) => sweep(time, false), (time: string) => deliver(time, false)];
    for (const time of ['06:00', '07:00', '08:00']) await goOn(time, time, ...rounds);
    expect(told).toEqual([]);
    await goOn('10:05', '10:05', ...rounds);
    expect(told).toHaveLength(1);
  });
});
