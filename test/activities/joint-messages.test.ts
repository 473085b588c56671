// One file that does not come, and the measures that are made of it: by real steps on a real store, with a clock that is set. Berlin
// is one hour before UTC in November.
import { afterEach, describe, expect, it } from 'vitest';
import { deliverOutbox } from '#src/activities/deliver/deliver-outbox.js';
import type { DeliveryResult, Message } from '#src/notify/types.js';
import { inProcessSteps } from '#src/worker/in-process.js';
import { createSmallSite, extractsFile, measureOf, type SmallSite, scorecardFile } from '../support/small-site.js';

let site: SmallSite;
const handedOver: { readonly message: Message; readonly channel: string }[] = [];
afterEach(async () => {
  handedOver.length = 0;
  await site.dispose();
});

const HEADER = 'day,a,b,c\n';
const SEPTEMBER = `${HEADER}2026-09-10,120,120,120\n`;
const ONLY_A = `${SEPTEMBER}2026-10-10,120,,\n`;
const OCTOBER = `${SEPTEMBER}2026-10-10,120,130,140\n`;

const EXTRACT = `  all:
    connection: files
    schedule: { every: day, at: '06:30' }
    source: { files: all.csv }
    time: day
    columns:
      day: date
      a: { type: decimal, locale: en-US }
      b: { type: decimal, locale: en-US }
      c: { type: decimal, locale: en-US }
`;

const measure = (id: string, owner = 'robin'): string =>
  measureOf(id, 'all', 'monthly').replace('sum: amount', `sum: ${id}`).replace('owner: robin', `owner: ${owner}`);

interface Parts {
  readonly alerts?: string;
  readonly robin?: string;
  readonly measures?: readonly string[];
}

const files = ({ alerts = '{}', robin = '', measures = ['a', 'b', 'c'].map((id) => measure(id)) }: Parts = {}) => ({
  'site.yaml': `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
due: { business_days: 5, grace_days: 300 }
channels:
  journal: { kind: file, path: data/alerts.log }
  hook: { kind: alertmanager, url: 'https://alerts.example.com' }
alerts: ${alerts}
`,
  'people.yaml': `people: { robin: { name: Robin${robin} }, kim: { name: Kim } }\n`,
  'extracts/all.yaml': extractsFile(EXTRACT),
  'scorecards/company.yaml': scorecardFile(...measures),
  'sources/all.csv': SEPTEMBER,
});

const { signal } = new AbortController();

/** All that steps do at a time on the clock; `answer` is what a channel says to a message. */
function at(now: string, answer: (message: Message) => Promise<DeliveryResult> = sent, extracts = ['all']) {
  const openChannel = () => async (channel: string) => ({
    send: async (message: Message) => {
      const result = await answer(message);
      if (result.outcome === 'sent') handedOver.push({ message, channel });
      return result;
    },
    close: async () => undefined,
  });
  const services = { ...site.services, now: () => now, openChannel };
  const configRevision = site.config().revision;
  return {
    collect: async () => {
      const steps = inProcessSteps(services, signal);
      const { runId } = await steps.planRun({
        ...{ group: 'files-day-0630', configRevision, logicalTime: now, trigger: 'once' },
      });
      await steps.pullExtracts({ runId, extracts });
      await steps.scoreRun({ runId });
      await steps.assessRun({ runId });
      await steps.closeRun({ runId, ended: 'finished' });
    },
    sweep: () => inProcessSteps(services, signal).sweepFreshness({ configRevision, logicalTime: now }),
    deliver: () => deliverOutbox(services, { configRevision }, { signal, last: false }),
  };
}

const sent = async (): Promise<DeliveryResult> => ({ outcome: 'sent', detail: 'noted' });
const busy = async (): Promise<DeliveryResult> => ({ outcome: 'retry', detail: 'too busy' });

const heardOver = (wanted: string): string[] =>
  handedOver.flatMap(({ message, channel }) =>
    channel === wanted ? [`${message.recipient.id}: ${message.subject.replace('[Plumbline] ', '')}`] : [],
  );
const heard = (): string[] => heardOver('journal');
const letter = (): string => handedOver.findLast(({ channel }) => channel === 'journal')?.message.text ?? '';

const OPENED = 'robin: LATE · 3 measures of extract "all" · since 2026-10';
const RESOLVED = 'robin: LATE RESOLVED · 3 measures of extract "all" · since 2026-10';
const JOURNAL = '[{ id: all, channels: [journal] }]';

describe('a late file that feeds three measures', () => {
  it('is one message when it is late and one when it has come, with a line about each measure', async () => {
    site = await createSmallSite(files());
    await at('2026-11-09T09:00:00Z').collect();
    await at('2026-11-09T09:01:00Z').deliver();
    expect(heard()).toEqual([OPENED]);
    expect(letter()).toContain('A, b and c are late.');
    expect(letter()).toContain('- a (monthly): 2026-10 was due by 2026-11-06, still not there');
    expect(letter()).toContain('- c (monthly): 2026-10 was due by 2026-11-06, still not there');
    expect(letter().match(/nothing newer/g)).toHaveLength(1);
    const ids = (await site.store.models.outboxRecords(20)).flatMap(({ about }) => about?.alert ?? []);
    const [, command = ''] = /plumbline alerts ack ([0-9a-f ]+) --reason/.exec(letter()) ?? [];
    expect(command.split(' ').toSorted()).toEqual([...new Set(ids)].toSorted());

    site.write({ 'sources/all.csv': OCTOBER });
    await at('2026-11-10T09:00:00Z').collect();
    await at('2026-11-10T09:01:00Z').deliver();
    expect(heard()).toEqual([OPENED, RESOLVED]);
    expect(letter()).toContain('- b: 2026-10 has come: 130.0 EUR against a target of 100, on track.');
    expect(await site.openAlerts()).toEqual([]);
  });

  it('stays three alerts, and three messages to programs, which group by themselves', async () => {
    site = await createSmallSite(files());
    await at('2026-11-09T09:00:00Z').collect();
    await at('2026-11-09T09:01:00Z').deliver();
    expect(await site.openAlerts()).toHaveLength(3);
    expect(heardOver('hook').toSorted()).toEqual(['a', 'b', 'c'].map((id) => `robin: LATE · ${id} · since 2026-10`));
  });

  it('is told to each owner with what is his own', async () => {
    const policies = '{ policies: [{ id: all, channels: [journal], tell: [owner] }] }';
    const measures = [measure('a'), measure('b', 'kim'), measure('c')];
    site = await createSmallSite(files({ alerts: policies, measures }));
    await at('2026-11-09T09:00:00Z').collect();
    await at('2026-11-09T09:01:00Z').deliver();
    expect(heard().toSorted()).toEqual([
      'kim: LATE · b · since 2026-10',
      'robin: LATE · 2 measures of extract "all" · since 2026-10',
    ]);
  });

  it('is reminded of in one message', async () => {
    const policies = '{ policies: [{ id: all, channels: [journal], remind: { gaps: [1d] } }] }';
    site = await createSmallSite(files({ alerts: policies }));
    await at('2026-11-09T09:00:00Z').collect();
    await at('2026-11-09T09:01:00Z').deliver();
    await at('2026-11-10T09:00:00Z').sweep();
    await at('2026-11-10T09:01:00Z').deliver();
    expect(heard()).toEqual([OPENED, OPENED.replace('LATE', 'LATE REMINDER')]);
  });

  it('speaks for one alone where the others have come', async () => {
    site = await createSmallSite(files({ alerts: `{ policies: ${JOURNAL} }` }));
    await at('2026-11-09T09:00:00Z').collect();
    await at('2026-11-09T09:01:00Z').deliver();
    site.write({ 'sources/all.csv': ONLY_A });
    await at('2026-11-10T09:00:00Z').collect();
    await at('2026-11-10T09:01:00Z').deliver();
    site.write({ 'sources/all.csv': OCTOBER });
    await at('2026-11-11T09:00:00Z').collect();
    await at('2026-11-11T09:01:00Z').deliver();
    expect(heard()).toEqual([
      OPENED,
      'robin: LATE RESOLVED · a · since 2026-10',
      'robin: LATE RESOLVED · 2 measures of extract "all" · since 2026-10',
    ]);
  });
});

describe('files of a folder that all have another layout', () => {
  it('are one message, with what is wrong in each', async () => {
    const second = EXTRACT.replace('  all:', '  more:').replace('all.csv', 'more.csv');
    site = await createSmallSite({
      ...files({ measures: [measure('a'), measure('b').replace('extract: all', 'extract: more')] }),
      'extracts/all.yaml': extractsFile(EXTRACT, second),
      'sources/more.csv': SEPTEMBER,
    });
    site.write({
      'sources/all.csv': 'day,x,b,c\n2026-10-10,1,2,3\n',
      'sources/more.csv': 'day,a,y,c\n2026-10-10,1,2,3\n',
    });
    await at('2026-11-05T09:00:00Z', sent, ['all', 'more']).collect();
    await at('2026-11-05T09:01:00Z').deliver();
    expect(heard()).toEqual(['robin: SOURCE FAILED · 2 extracts of connection "files" · since 2026-11-05 10:00 Berlin time']);
    expect(letter()).toMatch(/- The extract "all" could not be read: .*"a"/);
    expect(letter()).toMatch(/- The extract "more" could not be read: .*"b"/);
  });
});

describe('delivery of a joint message', () => {
  it('never tells that one is over before the message that told of it has arrived', async () => {
    site = await createSmallSite(files({ alerts: `{ policies: ${JOURNAL} }` }));
    await at('2026-11-09T09:00:00Z').collect();
    await at('2026-11-09T09:01:00Z', busy).deliver();
    site.write({ 'sources/all.csv': ONLY_A });
    await at('2026-11-09T09:01:10Z').collect();
    await at('2026-11-09T09:01:20Z').deliver();
    expect(heard()).toEqual([]);
    await at('2026-11-09T09:03:00Z').deliver();
    await at('2026-11-09T09:03:10Z').deliver();
    expect(heard()).toEqual([OPENED, 'robin: LATE RESOLVED · a · since 2026-10']);
  });

  it('keeps its id over attempts, and takes nobody in who comes later', async () => {
    site = await createSmallSite(files({ alerts: `{ policies: ${JOURNAL} }` }));
    await at('2026-11-09T09:00:00Z').collect();
    const tried: string[] = [];
    const noted = async (message: Message): Promise<DeliveryResult> => {
      tried.push(message.messageId);
      return tried.length < 3 ? busy() : sent();
    };
    for (const minute of ['01', '05', '20']) await at(`2026-11-09T09:${minute}:00Z`, noted).deliver();
    expect(new Set(tried).size).toBe(1);
    expect(tried).toHaveLength(3);
    expect(heard()).toEqual([OPENED]);
  });

  it('is sent once by deliverers at the same time', async () => {
    site = await createSmallSite(files({ alerts: `{ policies: ${JOURNAL} }` }));
    await at('2026-11-09T09:00:00Z').collect();
    const clock = at('2026-11-09T09:01:00Z', async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return sent();
    });
    await Promise.all([clock.deliver(), clock.deliver(), clock.deliver()]);
    const told = handedOver.flatMap(
      ({ message }) => message.about?.joint?.alerts.map(({ name }) => name) ?? message.about?.subject.name,
    );
    expect(told.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('leaves out in the morning what was over by then', async () => {
    site = await createSmallSite(
      files({ alerts: `{ policies: ${JOURNAL} }`, robin: `, quiet_hours: { from: '20:00', to: '07:00' }` }),
    );
    await at('2026-11-09T20:00:00Z').collect();
    site.write({ 'sources/all.csv': ONLY_A });
    await at('2026-11-10T02:00:00Z').collect();
    await at('2026-11-10T06:00:00Z').deliver();
    await at('2026-11-10T06:01:00Z').deliver();
    expect(heard()).toEqual(['robin: LATE · 2 measures of extract "all" · since 2026-10']);
    const dropped = (await site.store.models.outboxRecords(20)).filter(({ state }) => state === 'dropped');
    expect(dropped.map(({ about }) => about?.subject.name)).toEqual(['a', 'a']);
  });

  it('counts once for the maximum an hour', async () => {
    site = await createSmallSite(files({ alerts: `{ max_per_hour: 1, policies: ${JOURNAL} }` }));
    await at('2026-11-09T09:00:00Z').collect();
    await at('2026-11-09T09:01:00Z').deliver();
    expect(heard()).toEqual([OPENED]);
    const waiting = (await site.store.models.outboxRecords(20)).filter(({ state }) => state === 'pending');
    expect(waiting).toEqual([]);
  });
});
