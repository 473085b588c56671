// A sweep judges only what time alone can change. Beside it a site that is told each time that nothing was judged before,
// and so judges everything again: after every step both must stand the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#src/domain/period/period-instants.js';
import { createSmallSite, extractOf, extractsFile, measureOf, type SmallSite } from '../support/small-site.js';

const MEASURES = [
  ['north/day', 'daily', 'due: { business_days: 1, grace_days: 1 }'],
  ['north/week', 'weekly', 'due: { business_days: 2, grace_days: 3 }'],
  ['north/hours', 'weekly', 'due: { as_of: true, hours: 60, grace_days: 2 }'],
  ['company/day-of-month', 'monthly', 'due: { as_of: true, day_of_month: 12, grace_days: 9 }'],
  ['company/month', 'monthly', 'due: { business_days: 5, grace_days: 10 }'],
  ['company/quarter', 'quarterly', 'due: { business_days: 10, grace_days: 20 }'],
] as const;

const SUBJECTS = ['roll-up', 'alerts', ...MEASURES.map(([address]) => address)];
const NODES = ['company', 'company/financial', 'company/grow', 'north', 'north/financial', 'north/grow'];

const card = (id: string, more: string): string => `scorecard: { id: ${id}, name: ${id}, owner: robin${more} }
perspectives: [{ id: financial, name: Financial }]
objectives:
  - { id: grow, name: Grow, perspective: financial, owner: robin, roll_up: { max_age_periods: 1 } }
measures:
${MEASURES.filter(([address]) => address.startsWith(`${id}/`))
  .map(([address, frequency, due]) => measureOf(address.replace(`${id}/`, ''), 'sales', frequency, `    ${due}\n`))
  .join('')}`;

/** A short history, so that a walk is quick. */
const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
history_months: 3
store: { client: sqlite, file: data/store.sqlite }
operator: robin
alerts:
  off_track_after: 2
  at_risk_after: 1
  kinds: { worsened: on, improved: on, at_risk: on, note_missing: on }
  pace: { from_percent: 20 }
  pending_minutes: { off_track: 600, late: 60 }
  hold_minutes: { off_track: 600, at_risk: 1500 }
  policies: [{ id: all, remind: { gaps: [1d, 2d], repeat: true }, escalate: [{ after: 4d, tell: [kim] }] }]
channels: { journal: { kind: file, path: data/alerts.log } }
`;

/** It says in its first line how far it goes. */
const EXTRACT = extractOf('sales', '    evidence: as_of\n').replace(
  "files: 'sales*.csv'",
  "files: 'sales*.csv', skip_lines: 1, as_of: B1",
);
const fileOf = (asOf: string, rows: string): string => `As of,${asOf}\nday,code,amount\n${rows}`;

const open = (): Promise<SmallSite> =>
  createSmallSite({
    'site.yaml': SITE,
    'people.yaml': 'people: { robin: { name: Robin }, kim: { name: Kim } }\n',
    'extracts/sales.yaml': extractsFile(EXTRACT),
    'scorecards/company.yaml': card('company', ', frequency: monthly'),
    'scorecards/north.yaml': card('north', ', frequency: weekly, parent: company'),
    'sources/sales.csv': fileOf('', ''),
  });

interface Step {
  readonly daysLater: number;
  /** What is read: days ago and an amount; absent where only time is swept. */
  readonly rows?: readonly (readonly [daysAgo: number, amount: number])[] | undefined;
  /** How far behind the source says it is. */
  readonly behind: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  daysLater: fc.integer({ min: 0, max: 9 }),
  behind: fc.integer({ min: -1, max: 12 }),
  rows: fc.option(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 200 })), { maxLength: 4 }),
    {
      nil: undefined,
      freq: 2,
    },
  ),
});

const standing = async (site: SmallSite): Promise<unknown> => {
  const scores = await site.store.read.currentScores([...NODES, ...MEASURES.map(([address]) => address)], '2000-01-01');
  return {
    scores: scores.map(({ node, period, inputsDigest, status }) => [node, period.id, status, inputsDigest]),
    alerts: (await site.store.models.alertHistory(10_000)).map(({ kind, subject, period, state, history }) =>
      [kind, subject, period, state, ...history.map(({ transition, at }) => `${transition} ${at}`)].join(' '),
    ),
    told: (await site.store.models.outboxRecords(10_000))
      .map(({ subject, recipientId, text }) => [subject, recipientId, text].join(' '))
      .sort(),
  };
};

const forget = (site: SmallSite): Promise<void> =>
  site.store.write((writer) =>
    writer.saveScoringProgress(SUBJECTS.map((subject) => ({ subject, configRevision: 'another' }))),
  );

describe('a sweep of what time alone can change', () => {
  it('leaves everything as a sweep of everything does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const [narrow, whole] = [await open(), await open()];
        try {
          let day = '2026-03-25';
          let text = '';
          for (const { daysLater, rows, behind } of steps) {
            day = addDays(day, daysLater);
            for (const [daysAgo, amount] of rows ?? []) text += `${addDays(day, -daysAgo)},a,${amount}\n`;
            for (const site of [narrow, whole]) {
              if (site === whole) await forget(site);
              if (rows !== undefined) {
                site.write({ 'sources/sales.csv': fileOf(addDays(day, -behind), text) });
                await site.collect(`${day}T05:30:00Z`);
              }
              if (site === whole) await forget(site);
              await site.sweep(`${day}T20:00:00Z`);
              if (site === whole) await forget(site);
              await site.sweep(`${day}T20:05:00Z`);
            }
            expect(await standing(narrow)).toEqual(await standing(whole));
          }
        } finally {
          await narrow.dispose();
          await whole.dispose();
        }
      }),
      { numRuns: 3 },
    );
  });

  it('remembers what it judged, and for which day it was rolled up', async () => {
    const site = await open();
    try {
      site.write({ 'sources/sales.csv': fileOf('2026-04-13', '2026-04-10,a,120\n') });
      await site.collect('2026-04-14T05:30:00Z');
      await site.sweep('2026-04-14T20:00:00Z');
      const before = await site.store.read.scoringProgress(SUBJECTS);
      expect(before.map(({ subject, day }) => `${subject} ${day ?? ''}`).sort()).toEqual(
        SUBJECTS.map((subject) => `${subject} ${subject === 'roll-up' ? '2026-04-14' : ''}`).sort(),
      );
      await site.sweep('2026-04-15T20:00:00Z');
      expect((await site.store.read.scoringProgress(['roll-up']))[0]?.day).toBe('2026-04-15');
    } finally {
      await site.dispose();
    }
  });
});
