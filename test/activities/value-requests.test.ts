// Values that are asked for on the days that due rules name, through the reads and sweeps of a real store with a clock that is
// set. October is due on 6 November at midnight in Berlin, an hour before UTC; it is asked for on the 26th and on 3 November.
import { afterEach, describe, expect, it } from 'vitest';
import { type AlertAct, actOnAlert } from '#src/activities/alert/act-on-alert.js';
import { inProcessRunner, inProcessSteps } from '#src/worker/in-process.js';
import { collectRun } from '#src/workflows/collect-run.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

let site: SmallSite;
afterEach(() => site.dispose());

const SEPTEMBER = 'day,code,amount\n2026-09-10,a,120\n';
const OCTOBER = `${SEPTEMBER}2026-10-10,a,130\n`;
const RULE = 'remind: { before_days: 5, after_days: 3 }';

interface Given {
  readonly rule?: string;
  readonly keptBy?: string;
  readonly measures?: readonly string[];
  readonly more?: string;
  readonly kim?: string;
  readonly alerts?: string;
}

async function siteOf(given: Given = {}): Promise<void> {
  const { rule = RULE, keptBy = 'kim', measures = ['a'], more = '', kim = '', alerts = '{}' } = given;
  const kept = keptBy === '' ? '' : `    kept_by: ${keptBy}\n`;
  site = await createSmallSite({
    'site.yaml': `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
due: { business_days: 5, grace_days: 300, ${rule} }
channels:
  journal: { kind: file, path: data/alerts.log }
  hook: { kind: alertmanager, url: 'https://alerts.example.com' }
alerts: ${alerts}
`,
    'people.yaml': `people: { robin: { name: Robin }, mona: { name: Mona }, kim: { name: Kim${kim} } }\n`,
    'extracts/all.yaml': extractsFile(...measures.map((id) => extractOf(id, kept))),
    'scorecards/company.yaml': scorecardFile(...measures.map((id) => measureOf(id, id, 'monthly')), more),
    ...Object.fromEntries(measures.map((id) => [`sources/${id}.csv`, SEPTEMBER])),
  });
}

const { signal } = new AbortController();

/** What Plumbline does at a time on the clock. */
function at(day: string, time: string) {
  const now = `2026-${day}T${time}:00Z`;
  const steps = inProcessSteps({ ...site.services, now: () => now }, signal);
  const configRevision = site.config().revision;
  return {
    sweep: () => steps.sweepFreshness({ configRevision, logicalTime: now }),
    collect: () =>
      collectRun(steps, inProcessRunner, {
        ...{ group: 'files-day-0630', configRevision, logicalTime: now, trigger: 'once' as const },
      }),
  };
}

/** Days from one to another, both in it: a read in the morning, a sweep at midnight, after the read and at noon. */
async function live(...days: readonly string[]): Promise<void> {
  for (const day of days) {
    await at(day, '00:05').sweep();
    await at(day, '05:30').collect();
    await at(day, '05:35').sweep();
    await at(day, '12:00').sweep();
  }
}

async function acknowledge(at: string): Promise<void> {
  const telling = { config: site.config(), recordedAt: at, composeAlert: site.services.composeAlert };
  const alert: AlertAct['alert'] = { kind: 'late', subject: 'measure/company/a', period: '2026-10' };
  await actOnAlert(site.store, telling, { transition: 'acknowledged', at, alert, author: 'robin', reason: 'so' });
}

const days = (month: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${month}-${String(from + index).padStart(2, '0')}`);

const messages = async () => (await site.store.models.outboxRecords(50)).toReversed();
const requests = async () => (await messages()).filter(({ about }) => about?.kind === 'request');
/** `day time person subject` of each request. */
const asked = async () =>
  (await requests()).map(({ createdAt, recipientId, subject }) =>
    [createdAt.slice(5, 16), recipientId, subject.replace('[Plumbline] ', '')].join(' '),
  );
const WANTED = 'VALUE WANTED · a · 2026-10';

describe('a value that a person keeps by hand', () => {
  it('is asked for once on each named day, after the read of that day, of who keeps it', async () => {
    await siteOf();
    await live(...days('10', 24, 31), ...days('11', 1, 5));
    expect(await asked()).toEqual([`10-26T05:35 kim ${WANTED}`, `11-03T05:35 kim ${WANTED}`]);
    const [message] = await requests();
    expect(message).toMatchObject({ channel: 'journal', about: { transition: 'asked', told: ['Kim'] } });
    expect(message?.text).toContain('a, 2026-10: due by the end of 2026-11-06');
    expect(message?.text).toContain('the extract "a" of the connection "files"');
  });

  it('is not asked for where it has come, before the period is over too', async () => {
    await siteOf();
    await live('10-24');
    site.write({ 'sources/a.csv': OCTOBER });
    await live(...days('10', 25, 31), ...days('11', 1, 8));
    expect(await messages()).toEqual([]);
  });

  it('is asked for at the end of the named day where its source is not read on it', async () => {
    await siteOf();
    await at('10-25', '05:30').collect();
    await at('10-26', '05:35').sweep();
    await at('10-26', '22:59').sweep();
    expect(await asked()).toEqual([]);
    await at('10-26', '23:00').sweep();
    expect(await asked()).toEqual([`10-26T23:00 kim ${WANTED}`]);
  });

  it('is asked for once after an outage over both days, and not at all a week after the last', async () => {
    await siteOf({ rule: 'remind: { before_days: 0, after_days: 3 }' });
    await at('10-30', '05:30').collect();
    await live('11-04', '11-05');
    expect(await asked()).toEqual([`11-04T00:05 kim ${WANTED}`]);
    await site.dispose();
    await siteOf({ rule: 'remind: { before_days: 20 }' });
    await at('10-10', '05:30').collect();
    await live('10-18', '10-19');
    expect(await asked()).toEqual([]);
  });

  it('is asked for once by any number of sweeps, and an unchanged sweep writes nothing', async () => {
    await siteOf();
    await at('10-26', '05:30').collect();
    await Promise.all(['05:35', '05:35', '05:35'].map((time) => at('10-26', time).sweep()));
    expect(await asked()).toHaveLength(1);
    const before = await site.store.read.valueRequests('2026-01-01');
    expect(before).toEqual([
      {
        measure: 'company/a',
        periodId: '2026-10',
        day: '2026-10-26',
        person: 'kim',
        requestedAt: '2026-10-26T05:35:00Z',
      },
    ]);
    await live('10-26', '10-27');
    expect(await site.store.read.valueRequests('2026-01-01')).toEqual(before);
  });

  it('is asked for in one message with all others of the same person', async () => {
    await siteOf({ measures: ['a', 'b', 'c'] });
    await live('10-25');
    site.write({ 'sources/b.csv': OCTOBER });
    await live('10-26');
    expect(await asked()).toEqual(['10-26T05:35 kim VALUES WANTED · 2 values']);
    const [message] = await requests();
    expect(message?.about?.sections?.[0]?.lines.map((line) => line.slice(0, 10))).toEqual(['a, 2026-10', 'c, 2026-10']);
  });

  it('waits for the hours of who is asked, and is not asked for if it comes meanwhile', async () => {
    const kim = ", working_hours: { from: '09:00', to: '17:00' }";
    await siteOf({ kim, measures: ['a', 'b'] });
    await at('10-26', '05:30').collect();
    await at('10-26', '05:35').sweep();
    expect(await asked()).toEqual([]);
    site.write({ 'sources/a.csv': OCTOBER });
    await at('10-26', '07:30').collect();
    await at('10-26', '08:00').sweep();
    expect(await asked()).toEqual(['10-26T08:00 kim VALUE WANTED · b · 2026-10']);
  });

  it('is asked for of the stand-in where who keeps it is absent', async () => {
    await siteOf({ kim: ', absent: [{ from: 2026-10-20, to: 2026-10-30, stand_in: mona }]' });
    await live('10-26', '11-03');
    expect(await asked()).toEqual([`10-26T05:35 mona ${WANTED}`, `11-03T05:35 kim ${WANTED}`]);
  });

  it('is not asked for while its source cannot be read, or was never read', async () => {
    await siteOf();
    await at('10-26', '12:00').sweep();
    await at('10-25', '05:30').collect();
    site.write({ 'sources/a.csv': 'day;no such column\n' });
    await live('10-26', '10-27');
    expect(await asked()).toEqual([]);
  });

  it('is asked for though an earlier period is overdue, and somebody has that in hand', async () => {
    await siteOf({ rule: 'remind: { before_days: 5 }' });
    await live('11-06', '11-07');
    expect(await site.openAlerts()).toEqual(['late measure/company/a 2026-10']);
    await acknowledge('2026-11-08T08:00:00Z');
    await live('11-25');
    expect(await asked()).toEqual(['11-25T05:35 kim VALUE WANTED · a · 2026-11']);
  });

  it('is not asked for once its period is locked', async () => {
    await siteOf({ rule: 'lock_days: 2, remind: { after_days: 3 }' });
    await live('11-01', '11-03', '11-04');
    expect(await asked()).toEqual([]);
  });
});

describe('a value that a source brings by itself', () => {
  it('is asked for of nobody before it is due', async () => {
    await siteOf({ keptBy: '' });
    await live(...days('10', 24, 31), ...days('11', 1, 5));
    expect(await messages()).toEqual([]);
  });

  it('is asked for of who can act after that, but not on a day on which the alert says it', async () => {
    await siteOf({ keptBy: '', rule: 'remind: { after_days: 9 }' });
    await live(...days('11', 6, 10));
    expect(await asked()).toEqual([`11-09T05:35 robin ${WANTED}`]);
    await site.dispose();
    await siteOf({ keptBy: '', rule: 'remind: { after_days: 7 }' });
    await live(...days('11', 6, 10));
    expect(await site.openAlerts()).toEqual(['late measure/company/a 2026-10']);
    expect(await asked()).toEqual([]);
  });

  it('is not asked for while somebody has its alert in hand', async () => {
    await siteOf({ keptBy: '', rule: 'remind: { after_days: 9 }' });
    await live('11-06', '11-07');
    await acknowledge('2026-11-08T08:00:00Z');
    await live(...days('11', 9, 17));
    expect(await asked()).toEqual([]);
  });

  it('is asked for where alerts of its kind are turned off', async () => {
    await siteOf({ keptBy: '', rule: 'remind: { after_days: 9 }', alerts: '{ kinds: { late: off } }' });
    await live(...days('11', 6, 10));
    expect(await asked()).toEqual([`11-09T05:35 robin ${WANTED}`]);
  });
});

describe('a computed value', () => {
  it('is asked for of nobody: what it is made of is', async () => {
    const more = measureOf('twice', 'a', 'monthly').replace('{ extract: a, sum: amount }', '{ formula: "2 * a" }');
    await siteOf({ more });
    await live('10-26', '11-03');
    expect(await asked()).toEqual([`10-26T05:35 kim ${WANTED}`, `11-03T05:35 kim ${WANTED}`]);
  });
});
