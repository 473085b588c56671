import { alertSubject } from '#src/domain/alert/alert-key.js';
import type { AlertCondition, AlertEvent } from '#src/domain/alert/types.js';
import type { BenchSite } from '../collection/bench-site.js';
import { monthAfter } from '../collection/many-measures.js';

/** Every twentieth measure was late in each month, and is not any more. */
const LATE_EVERY = 20;

/** Stores the alerts of so many months before the last one: opened, and over again. */
export async function storeOldAlerts({ config, services }: BenchSite, months: number): Promise<number> {
  const lastMonth = services.now().slice(0, 7);
  const measures = config.measures.filter((_, index) => index % LATE_EVERY === 0);
  for (let ago = months; ago > 0; ago--) {
    const period = monthAfter(lastMonth, -ago);
    const events = measures.flatMap(({ address, owner }): AlertEvent[] => {
      const subject = alertSubject('measure', address);
      const condition: AlertCondition = { kind: 'late', subject, period, owner, summary: 'late', details: [] };
      return [
        { transition: 'opened', condition, sequence: 0, at: `${period}-08T06:00:00Z`, reason: 'it was late' },
        { transition: 'resolved', condition, sequence: 1, at: `${period}-09T06:00:00Z`, reason: 'it came' },
      ];
    });
    await services.store.write(async (writer) => writer.saveAlertEvents(events, `sweep@${period}-09T06:00:00Z`));
  }
  return months * measures.length;
}
