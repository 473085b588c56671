// Messages that wait for an hour, are stale by then, or are too many for one: by real steps on a real store, with a clock that
// is set. Berlin is one hour before UTC in November.
import { afterEach, describe, expect, it } from 'vitest';
import { deliverOutbox } from '#src/activities/deliver/deliver-outbox.js';
import type { Message } from '#src/notify/types.js';
import { inProcessSteps } from '#src/worker/in-process.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

let site: SmallSite;
const handedOver: Message[] = [];
afterEach(async () => {
  handedOver.length = 0;
  await site.dispose();
});

const MEASURES = ['a', 'b', 'c', 'd', 'e'];
const HEADER = 'day,code,amount\n';
const SEPTEMBER = `${HEADER}2026-09-10,a,120\n`;
const OCTOBER = `${SEPTEMBER}2026-10-10,a,120\n`;

const files = (people: string, alerts = '{}', measures = MEASURES.slice(0, 1)) => ({
  'site.yaml': `id: small
name: Small site
time_zone: Europe/Berlin
holidays: [2026-11-11]
store: { client: sqlite, file: data/store.sqlite }
operator: robin
due: { business_days: 5, grace_days: 300 }
channels:
  journal: { kind: file, path: data/alerts.log }
  board: { kind: file, path: data/board.log }
  hook: { kind: alertmanager, url: 'https://alerts.example.com' }
alerts: ${alerts}
`,
  'people.yaml': `people: { robin: { name: Robin, ${people} } }\n`,
  'extracts/all.yaml': extractsFile(...measures.map((id) => extractOf(id))),
  'scorecards/company.yaml': scorecardFile(...measures.map((id) => measureOf(id, id, 'monthly'))),
  ...Object.fromEntries(measures.map((id) => [`sources/${id}.csv`, SEPTEMBER])),
});

const { signal } = new AbortController();

/** All that steps do at a time on the clock. */
function at(now: string, wait: () => Promise<void> = async () => undefined) {
  const send = async (message: Message) => {
    handedOver.push(message);
    await wait();
    return { outcome: 'sent', detail: 'noted' } as const;
  };
  const openChannel = () => async () => ({ send, close: async () => undefined });
  const services = { ...site.services, now: () => now, openChannel };
  const configRevision = site.config().revision;
  return {
    collect: async () => {
      const steps = inProcessSteps(services, signal);
      const group = 'files-day-0630';
      const { runId } = await steps.planRun({ group, configRevision, logicalTime: now, trigger: 'once' });
      await steps.pullExtracts({ runId, extracts: site.config().extracts.map(({ id }) => id) });
      await steps.scoreRun({ runId });
      await steps.assessRun({ runId });
      await steps.closeRun({ runId, ended: 'finished' });
    },
    sweep: () => inProcessSteps(services, signal).sweepFreshness({ configRevision, logicalTime: now }),
    deliver: () => deliverOutbox(services, { configRevision }, { signal, last: false }),
  };
}

const heard = (): string[] => handedOver.map(({ subject }) => subject.replace('[Plumbline] ', ''));
const states = async (): Promise<string[]> =>
  (await site.store.models.outboxRecords(50))
    .map(({ channel, state, about }) => `${channel} ${about?.transition ?? ''} ${state}`)
    .toSorted();

const night = `channels: [journal], quiet_hours: { from: '20:00', to: '07:00' }`;
const TO_PEOPLE = `{ policies: [{ id: all, channels: [journal] }] }`;

describe('quiet hours', () => {
  it('hold messages back until they are over, and programs get theirs at once', async () => {
    site = await createSmallSite(files(night));
    await at('2026-11-09T20:00:00Z').collect();
    await at('2026-11-09T20:01:00Z').deliver();
    expect(handedOver.map(({ about }) => about?.transition)).toEqual(['opened']);
    expect(await states()).toEqual(['hook opened sent', 'journal opened pending']);
    await at('2026-11-10T05:59:59Z').deliver();
    expect(handedOver).toHaveLength(1);
    await at('2026-11-10T06:00:00Z').deliver();
    expect(await states()).toEqual(['hook opened sent', 'journal opened sent']);
  });

  it('wake nobody with what is over by then: neither is told, and the outbox says why', async () => {
    site = await createSmallSite(files(night, TO_PEOPLE));
    await at('2026-11-09T20:00:00Z').collect();
    await at('2026-11-09T20:01:00Z').deliver();
    site.write({ 'sources/a.csv': OCTOBER });
    await at('2026-11-10T02:00:00Z').collect();
    await at('2026-11-10T06:00:00Z').deliver();
    expect(heard()).toEqual([]);
    expect(await states()).toEqual(['journal opened dropped', 'journal resolved dropped']);
    const [message] = await site.store.models.outboxRecords(1);
    expect(message?.detail).toBe('it was over before this could be told');
  });

  it('let one line through in the morning where it was known before the night', async () => {
    site = await createSmallSite(
      files(night, `{ policies: [{ id: all, channels: [journal], remind: { gaps: [8h] } }] }`),
    );
    await at('2026-11-09T15:00:00Z').collect();
    await at('2026-11-09T15:01:00Z').deliver();
    await at('2026-11-09T23:00:00Z').sweep();
    site.write({ 'sources/a.csv': OCTOBER });
    await at('2026-11-10T02:00:00Z').collect();
    await at('2026-11-10T06:00:00Z').deliver();
    expect(heard()).toEqual(['LATE · a · since 2026-10', 'LATE RESOLVED · a · since 2026-10']);
    expect(await states()).toEqual(['journal opened sent', 'journal reminded dropped', 'journal resolved sent']);
  });

  it('stop nothing that a policy calls urgent', async () => {
    site = await createSmallSite(files(night, `{ policies: [{ id: all, channels: [journal], urgent: true }] }`));
    await at('2026-11-09T20:00:00Z').collect();
    await at('2026-11-09T20:01:00Z').deliver();
    expect(heard()).toEqual(['LATE · a · since 2026-10']);
  });

  it('hold at the door of the deliverer, too: a message that was due before is late into the night', async () => {
    site = await createSmallSite(files(night, TO_PEOPLE));
    await at('2026-11-09T18:59:00Z').collect();
    await at('2026-11-09T19:00:00Z').deliver();
    expect(heard()).toEqual([]);
    await at('2026-11-10T06:00:00Z').deliver();
    expect(heard()).toEqual(['LATE · a · since 2026-10']);
  });
});

describe('working hours', () => {
  it('are those of the site’s working days, without its holidays', async () => {
    site = await createSmallSite(files(`working_hours: { from: '09:00', to: '17:00' }`, TO_PEOPLE));
    await at('2026-11-10T17:00:00Z').collect();
    // The 11th is a holiday.
    await at('2026-11-11T10:00:00Z').deliver();
    expect(heard()).toEqual([]);
    await at('2026-11-12T07:59:59Z').deliver();
    expect(heard()).toEqual([]);
    await at('2026-11-12T08:00:00Z').deliver();
    expect(heard()).toEqual(['LATE · a · since 2026-10']);
  });
});

describe('a maximum an hour', () => {
  const most = (count: number, channels = 'journal') =>
    `{ max_per_hour: ${count}, policies: [{ id: all, channels: [${channels}] }] }`;

  it('is kept over all channels; what is more is told in one summary that names each, and nothing is lost', async () => {
    site = await createSmallSite(files('channels: [journal, board]', most(3, 'journal, board'), MEASURES));
    await at('2026-11-09T09:00:00Z').collect();
    await at('2026-11-09T09:01:00Z').deliver();
    await at('2026-11-09T10:00:59Z').deliver();
    expect(handedOver).toHaveLength(3);
    await at('2026-11-09T10:01:00Z').deliver();
    const summaries = handedOver.filter(({ about }) => about?.kind === 'summary');
    const records = await site.store.models.outboxRecords(50);
    const alone = records.filter(({ state, about }) => state === 'sent' && about?.kind === 'late');
    const summed = records.filter(({ state }) => state === 'summarised');
    expect(alone).toHaveLength(3);
    expect(alone.length + summed.length).toBe(10);
    const listed = summaries.flatMap(({ about }) => about?.details ?? []);
    expect(listed).toHaveLength(summed.length);
    for (const { summaryId, subject, channel } of summed) {
      const summary = records.find(({ messageId }) => messageId === summaryId);
      const name = subject.split(' · ')[1] ?? '';
      expect(summary).toMatchObject({ state: 'sent', channel });
      expect(summary?.text).toContain(`LATE · ${name} · since 2026-10 · open`);
    }
  });

  it('is kept by two deliverers at once', async () => {
    site = await createSmallSite(files('channels: [journal]', most(2), MEASURES));
    await at('2026-11-09T09:00:00Z').collect();
    const slowly = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    const clock = at('2026-11-09T09:01:00Z', slowly);
    await Promise.all([clock.deliver(), clock.deliver(), clock.deliver()]);
    expect(handedOver).toHaveLength(2);
    const later = at('2026-11-09T10:01:00Z', slowly);
    await Promise.all([later.deliver(), later.deliver(), later.deliver()]);
    expect(handedOver).toHaveLength(3);
    expect(handedOver[2]?.about?.details).toHaveLength(3);
  });

  it('tells in the summary how things stand by then', async () => {
    site = await createSmallSite(files('channels: [journal]', most(1), ['a', 'b']));
    await at('2026-11-09T09:00:00Z').collect();
    await at('2026-11-09T09:01:00Z').deliver();
    site.write({ 'sources/a.csv': OCTOBER, 'sources/b.csv': OCTOBER });
    await at('2026-11-09T09:30:00Z').collect();
    await at('2026-11-09T09:31:00Z').deliver();
    await at('2026-11-09T10:01:00Z').deliver();
    expect(handedOver).toHaveLength(2);
    expect(handedOver[1]?.about?.details.map((line) => line.split(' · ').at(-1))).toEqual(['over', 'over']);
  });

  it('sends a single message that was held as it is', async () => {
    site = await createSmallSite(files('channels: [journal]', most(1), ['a', 'b']));
    await at('2026-11-09T09:00:00Z').collect();
    await at('2026-11-09T09:01:00Z').deliver();
    await at('2026-11-09T10:01:00Z').deliver();
    expect(heard().toSorted()).toEqual(['LATE · a · since 2026-10', 'LATE · b · since 2026-10']);
  });
});
