import type { AlertEvent, AlertRecord } from '#src/domain/alert/types.js';
import type { Instant } from '#src/domain/period/types.js';
import type { StoreReader, StoreWriter } from '#src/store/types.js';
import { readFigures } from './alert-figures.js';
import { type AlertTelling, alertMessages } from './alert-messages.js';
import { type AlertRules, alertRules, factsOfAlerts } from './alert-rules.js';
import { toldSteps } from './told-events.js';

/** Events that follow from the alerts known so far. */
interface Happened {
  readonly events: readonly AlertEvent[];
  readonly known: readonly AlertRecord[];
  /** Those of all that there are messages about; absent: all that are worth one. */
  readonly isNews?: (event: AlertEvent) => boolean;
  /** Where they are at hand. */
  readonly rules?: AlertRules;
}

/**
 * Stores events with who is told of them, and the messages about them; part of a transaction.
 *
 * @returns the events as they are stored
 */
export async function storeAndTell(
  writer: StoreWriter,
  reader: StoreReader,
  { events, known, isNews, rules }: Happened,
  telling: AlertTelling & { readonly runId: string; readonly now: Instant },
): Promise<readonly AlertEvent[]> {
  if (events.length === 0) return [];
  const { config, runId, now } = telling;
  const rulesOf = rules ?? alertRules(config, await factsOfAlerts(config, known, reader));
  const steps = toldSteps(events, known, rulesOf);
  const stored = steps.map(({ event }) => event);
  await writer.saveAlertEvents(stored, runId);
  const news = steps.filter((_, index) => isNews === undefined || events.slice(index, index + 1).every(isNews));
  await writer.enqueue(alertMessages(news, telling, await readFigures(reader, config, stored, now)));
  return stored;
}
