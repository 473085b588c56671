// Methods about time without data: reminders, locks, silence, and what an alert fires on.
import { deadlines } from '#src/domain/freshness/deadlines.js';
import { escalationDays, reminderDays } from '#src/domain/freshness/reminders.js';
import type { Measure } from '#src/domain/measure/types.js';
import { periodContaining } from '#src/domain/period/period.js';
import { addDays, dateInZone } from '#src/domain/period/period-instants.js';
import { collected, measure, monthly } from './case-site.js';
import type { Method, Outcome } from './method.js';

/** The one measure of a configuration, with its working calendar. */
function configured<T>(
  due: string,
  ask: (measure: Measure, calendar: Parameters<typeof deadlines>[2]) => T,
): Promise<T> {
  return collected(
    { measures: [measure('m', `direction: unscored\ndue: ${due}`)], rows: [], rounds: [] },
    ({ site }) => {
      const [first] = site.config().measures;
      if (first === undefined) throw new Error('there is no measure');
      return Promise.resolve(ask(first, site.config().site.calendar));
    },
  );
}

/** Whether a measure has an open alert after the month before it, and one more. */
async function alerted(lines: string, figures: readonly number[], more: readonly string[] = []): Promise<Outcome> {
  const measures = [...more, measure('m', `off_track_after: 1\n${lines}`)];
  const code = more.length === 0 ? 'm' : 'x';
  const rounds = [`2025-0${figures.length + 1}-20T05:30:00Z`];
  return collected({ measures, rows: monthly(code, figures), rounds }, async ({ site }) => {
    const open = await site.openAlerts();
    return open.some((alert) => alert.startsWith('off_track measure/company/m '));
  });
}

export const DEADLINES: Readonly<Record<string, Method>> = {
  escalation: ({ notice, gap_days: gap, n }: { notice: string; gap_days: number; n: number }) =>
    configured(`{ escalate: { every_days: ${gap}, times: ${n} } }`, ({ due }) => escalationDays(notice, due)),

  reminders: (given: { period_end: string; before: number; after: number }) =>
    configured(`{ remind: { before_days: ${given.before}, after_days: ${given.after} } }`, ({ due, frequency }) =>
      reminderDays(periodContaining(given.period_end, frequency), due),
    ),

  lock_date: (given: { period_end: string; expiry_days: number }) =>
    configured(`{ lock_days: ${given.expiry_days} }`, ({ due, frequency, timeZone }, calendar) => {
      const period = periodContaining(given.period_end, frequency);
      const { lockedFrom = '' } = deadlines(period, due, calendar, timeZone);
      // Locked from the midnight that ends its last day.
      return addDays(dateInZone(lockedFrom, timeZone), -1);
    }),

  // An evaluation a day. The first without data is late, and as many as that takes later the period is missing.
  stale_series: ({ evals, missing_to_resolve: limit }: { evals: number[]; missing_to_resolve: number }) => {
    const words: Readonly<Record<string, string>> = { late: 'missing_series', missing: 'resolved_missing_series' };
    const due = `{ business_days: 0, grace_days: ${limit - 1} }`;
    const days = evals.map((_, index) => `2026-03-0${index + 2}`);
    const config = {
      measures: [measure('m', `frequency: daily\ntargets: [{ from: 2026, value: 1 }]\ndue: ${due}`)],
      rows: evals.flatMap((seen, index) => (seen === 0 ? [] : [[days[index] ?? '', 'm', String(seen)]])),
      rounds: [],
    };
    return collected(config, async ({ site }) => {
      const outcomes: Outcome[] = [];
      for (const day of days) {
        await site.collect(`${addDays(day, 1)}T05:30:00Z`);
        const [worst] = (await site.openAlerts()).map((alert) => alert.split(' ')[0] ?? '');
        outcomes.push(worst === undefined ? 'ok' : (words[worst] ?? worst));
      }
      return outcomes;
    });
  },

  drop_alert: ({ prev, cur, pct }: { prev: number; cur: number[]; pct: number }) => {
    const from = 'from: { formula: "percent_change(x, before)", inputs: { before: { measure: x, at: previous } } }';
    const bands = `bands: [{ when: '>= -${pct}', status: on_track }, { when: else, status: off_track }]`;
    const x = measure('x', 'direction: unscored');
    return Promise.all(cur.map((now) => alerted(`${from}\n${bands}`, [prev, now], [x])));
  },

  below_goal_alert: ({ goal, a }: { goal: number; a: number[] }) =>
    Promise.all(
      a.map((value) =>
        alerted(
          `targets: [{ from: 2025, value: ${goal} }]
bands: [{ when: '>= 100% of target', status: on_track }, { when: else, status: off_track }]`,
          [value],
        ),
      ),
    ),
};
