// Who is told, reminded and escalated to, through the runs and sweeps of a real store. October is due on 6 November at midnight
// in Berlin; its grace is over three days later.
import { afterEach, describe, expect, it } from 'vitest';
import { type AlertAct, actOnAlert } from '#src/activities/alert/act-on-alert.js';
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

const HEADER = 'day,code,amount\n';
const siteFile = (alerts: string): string => `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: olga
due: { business_days: 5, grace_days: 300 }
channels: { journal: { kind: file, path: data/alerts.log } }
alerts:
${alerts}`;

const POLICY = `  policies:
    - id: late-values
      match: { kinds: [late] }
      severity: critical
      remind: { gaps: [1d, 3d], repeat: true }
      escalate:
        - { after: 2d, tell: [objective_owner] }
        - { after: 4d, tell: [manager] }
`;

const PEOPLE = `people:
  robin: { name: Robin, manager: mona }
  olga: { name: Olga }
  mona: { name: Mona }
  kim: { name: Kim }
`;

const files = (alerts = POLICY, people = PEOPLE) => ({
  'site.yaml': siteFile(alerts),
  'people.yaml': people,
  'extracts/all.yaml': extractsFile(extractOf('sales')),
  'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')).replace(
    'perspective: financial, owner: robin',
    'perspective: financial, owner: kim',
  ),
  'sources/sales.csv': `${HEADER}2026-09-10,a,120\n`,
});

const late = { kind: 'late', subject: 'measure/company/sales', period: '2026-10' } as const;
const history = async () =>
  ((await site.store.models.alert(late))?.history ?? []).map(({ transition, at, told = [] }) =>
    [transition, at.slice(5, 16), ...told].join(' '),
  );
const messages = async () => site.store.models.outboxRecords(50);
const toldOf = async (transition: string) =>
  (await messages())
    .filter(({ about }) => about?.transition === transition)
    .map(({ recipientId }) => recipientId)
    .toSorted();

async function act(change: Pick<AlertAct, 'transition' | 'at'> & Partial<AlertAct>): Promise<void> {
  const telling = { config: site.config(), recordedAt: change.at, composeAlert: site.services.composeAlert };
  await actOnAlert(site.store, telling, { alert: late, author: 'robin', reason: 'so', ...change });
}

const november = (day: number, time = '05:30:00Z'): string => `2026-11-${String(day).padStart(2, '0')}T${time}`;

describe('an alert that nobody takes over', () => {
  it('is told again by its gaps, escalated step by step, and resolved for all who know', async () => {
    site = await createSmallSite(files());
    await site.collect(november(9));
    for (let day = 9; day <= 17; day++) await site.sweep(november(day, '06:00:00Z'));
    expect(await history()).toEqual([
      'opened 11-09T05:30 robin',
      'reminded 11-10T06:00 robin',
      'escalated 11-11T06:00 kim',
      'escalated 11-13T06:00 mona',
      'reminded 11-13T06:00 robin',
      'reminded 11-16T06:00 robin',
    ]);
    site.write({ 'sources/sales.csv': `${HEADER}2026-10-10,a,120\n` });
    await site.collect(november(18));
    expect(await toldOf('resolved')).toEqual(['kim', 'mona', 'robin']);
    await site.sweep('2026-11-30T06:00:00Z');
    expect((await history()).at(-1)).toBe('resolved 11-18T05:30 robin kim mona');
  });

  it('says in its messages how grave it is, who is told, and what happens next', async () => {
    site = await createSmallSite(files());
    await site.collect(november(9));
    const [message] = await messages();
    expect(message?.about).toMatchObject({
      severity: 'critical',
      told: ['Robin'],
      next: 'Unless somebody acknowledges it, a reminder is sent on 2026-11-10 06:30, and Kim is told on 2026-11-11 06:30 (Berlin time).',
    });
    expect(message?.text).toContain('Kim is told on 2026-11-11');
  });

  it('is reminded of once after a long outage, and told by all steps that are due in one', async () => {
    site = await createSmallSite(files());
    await site.collect(november(9));
    await site.sweep('2026-12-20T06:00:00Z');
    expect(await history()).toEqual([
      'opened 11-09T05:30 robin',
      'escalated 12-20T06:00 kim mona',
      'reminded 12-20T06:00 robin',
    ]);
  });

  it('has the same events and messages though many look at once, and again', async () => {
    site = await createSmallSite(files());
    await site.collect(november(9));
    await Promise.all([november(13), november(13), november(13)].map(site.sweep));
    await site.sweep(november(13));
    await site.collect(november(13));
    expect(await history()).toHaveLength(3);
    expect(await messages()).toHaveLength(4);
  });
});

describe('an alert that somebody takes over', () => {
  it('is neither reminded of nor escalated any more, and all who know hear of it', async () => {
    site = await createSmallSite(files());
    await site.collect(november(9));
    await site.sweep(november(11, '06:00:00Z'));
    await act({ transition: 'acknowledged', at: november(11, '08:00:00Z') });
    expect(await toldOf('acknowledged')).toEqual(['kim']);
    await site.sweep('2026-12-20T06:00:00Z');
    expect((await history()).at(-1)).toBe('acknowledged 11-11T08:00 kim');
  });

  it('counts anew from the end of a snooze, and tells nobody that he knows by escalation', async () => {
    site = await createSmallSite(files());
    await site.collect(november(9));
    await site.sweep(november(11, '06:00:00Z'));
    await act({ transition: 'snoozed', at: november(11, '08:00:00Z'), until: november(20, '08:00:00Z') });
    await site.sweep(november(20, '07:59:59Z'));
    for (let day = 20; day <= 24; day++) await site.sweep(november(day, '08:00:00Z'));
    expect((await history()).slice(4)).toEqual([
      'woken 11-20T08:00 robin kim',
      'reminded 11-21T08:00 robin',
      'escalated 11-24T08:00 mona',
      'reminded 11-24T08:00 robin',
    ]);
  });
});

describe('a note on the period', () => {
  it('ends the reminders where the policy says so, and no escalation', async () => {
    const policy = POLICY.replace('repeat: true', 'repeat: true, stop_at_note: true');
    site = await createSmallSite(files(policy));
    await site.collect(november(9));
    await site.sweep(november(10));
    const note = { node: 'company/sales', periodId: '2026-10', text: 'It comes next week.', author: 'robin' };
    await site.store.write((writer) => writer.addNote({ ...note, writtenAt: november(10, '09:00:00Z') }));
    await site.sweep(november(20));
    expect(await history()).toEqual([
      'opened 11-09T05:30 robin',
      'reminded 11-10T05:30 robin',
      'escalated 11-20T05:30 kim mona',
    ]);
  });
});

describe('what is held back', () => {
  it('is not reminded of while its source fails, and is when it has recovered', async () => {
    site = await createSmallSite(files());
    await site.collect(november(9));
    const configRevision = site.config().revision;
    const opening = { group: 'files-day-0630', configRevision, trigger: 'once' } as const;
    const { runId } = await site.steps.planRun({ ...opening, logicalTime: november(10, '05:00:00Z') });
    const failure = { kind: 'timeout', code: 'SOURCE_TIMED_OUT', message: 'it took too long' } as const;
    await site.steps.recordPullFailure({ runId, extracts: ['sales'], failure });
    await site.steps.assessRun({ runId });
    await site.steps.closeRun({ runId, ended: 'finished' });
    await site.sweep(november(12));
    expect(await history()).toEqual(['opened 11-09T05:30 robin']);
    await site.collect(november(12, '05:31:00Z'));
    expect(await history()).toEqual([
      'opened 11-09T05:30 robin',
      'escalated 11-12T05:31 kim',
      'reminded 11-12T05:31 robin',
    ]);
  });

  it('is not reminded of before its pending time is over, and then from when it was told', async () => {
    site = await createSmallSite(files(`${POLICY}  pending_minutes: { late: 2880 }\n`));
    await site.collect(november(9));
    await site.sweep(november(11, '05:29:59Z'));
    await site.sweep(november(11));
    await site.sweep(november(12, '05:29:59Z'));
    expect((await history()).map((each) => each.split(' ')[0])).toEqual(['held_back', 'opened']);
    await site.sweep(november(12));
    expect((await history()).at(-1)).toBe('reminded 11-12T05:30 robin');
  });
});

describe('who is absent', () => {
  it('is stood in for on these days, and hears nothing; the stand-in hears that it is over', async () => {
    const absent = 'absent: [{ from: 2026-11-09, to: 2026-11-10, stand_in: olga }]';
    site = await createSmallSite(files(POLICY, PEOPLE.replace('manager: mona', `manager: mona, ${absent}`)));
    await site.collect(november(9));
    await site.sweep(november(10, '06:00:00Z'));
    await site.sweep(november(13, '06:00:00Z'));
    expect(await history()).toEqual([
      'opened 11-09T05:30 olga',
      'reminded 11-10T06:00 olga',
      'escalated 11-13T06:00 kim mona',
      'reminded 11-13T06:00 robin',
    ]);
    site.write({ 'sources/sales.csv': `${HEADER}2026-10-10,a,120\n` });
    await site.collect(november(14));
    expect(await toldOf('resolved')).toEqual(['kim', 'mona', 'olga', 'robin']);
  });
});

describe('an overdue value whose due rule escalates', () => {
  const RULE = 'escalate: { every_days: 3, times: 3 }';
  const withRule = (grace: number, policies = '', rule = RULE): Record<string, string> => {
    const given = files();
    const due = `due: { business_days: 5, grace_days: ${grace}, ${rule} }`;
    const site = siteFile(policies === '' ? '  kinds: { late: on }\n' : policies);
    return { ...given, 'site.yaml': site.replace('due: { business_days: 5, grace_days: 300 }', due) };
  };
  const missing = { ...late, kind: 'missing' } as const;
  const told = async (alert: typeof late | typeof missing = late) =>
    ((await site.store.models.alert(alert))?.history ?? []).map(
      ({ transition, at }) => `${transition} ${at.slice(5, 10)}`,
    );
  const sweepDays = async (from: number, to: number) => {
    for (let day = from; day <= to; day++) await site.sweep(november(day, '06:00:00Z'));
  };

  it('is followed up so many times, and then left at that', async () => {
    site = await createSmallSite(withRule(300));
    await site.collect(november(9));
    await sweepDays(9, 30);
    expect(await told()).toEqual(['opened 11-09', 'reminded 11-12', 'reminded 11-15', 'reminded 11-18']);
    expect((await messages()).at(-1)?.about?.next).toContain('a reminder is sent on 2026-11-12');
  });

  it('counts from the first notice through the end of the grace, whose own message is one of them', async () => {
    site = await createSmallSite(withRule(5));
    await site.collect(november(9));
    await sweepDays(9, 30);
    // Overdue on the 7th in Berlin, found on the 9th, missing on the 12th.
    expect(await told()).toEqual(['opened 11-09', 'resolved 11-12']);
    expect(await told(missing)).toEqual(['opened 11-12', 'reminded 11-15', 'reminded 11-18']);
  });

  it('counts a missing value that nobody was told was late from its own notice', async () => {
    site = await createSmallSite(withRule(1, '  kinds: { late: off }\n'));
    await site.collect(november(9));
    await sweepDays(9, 30);
    expect(await told(missing)).toEqual(['opened 11-09', 'reminded 11-12', 'reminded 11-15', 'reminded 11-18']);
  });

  it('gives way to a policy that has reminders of its own, and goes with one that has none', async () => {
    const policies = (remind: string) => `  policies: [{ id: late-values, match: { kinds: [late] }${remind} }]\n`;
    site = await createSmallSite(withRule(300, policies(', remind: { gaps: [8d] }')));
    await site.collect(november(9));
    await sweepDays(9, 30);
    expect(await told()).toEqual(['opened 11-09', 'reminded 11-17']);
    await site.dispose();
    site = await createSmallSite(
      withRule(300, policies(', severity: critical'), 'escalate: { every_days: 5, times: 1 }'),
    );
    await site.collect(november(9));
    await sweepDays(9, 30);
    expect(await told()).toEqual(['opened 11-09', 'reminded 11-14']);
  });

  it('is followed up once after an outage, and not at all once somebody has it in hand', async () => {
    site = await createSmallSite(withRule(300));
    await site.collect(november(9));
    await Promise.all([november(25), november(25)].map(site.sweep));
    await act({ transition: 'acknowledged', at: november(26, '08:00:00Z') });
    await site.sweep('2026-12-20T06:00:00Z');
    expect(await told()).toEqual(['opened 11-09', 'reminded 11-25', 'acknowledged 11-26']);
  });
});
