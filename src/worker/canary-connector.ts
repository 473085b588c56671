import { z } from 'zod';
import { createBatchBuilder } from '#connectors/sdk/batch-builder.js';
import { sha256Hex } from '#connectors/sdk/digest.js';
import { oneCallEach } from '#connectors/sdk/plan.js';
import type { Batch, ConnectorDefinition, ReadRequest, ReadSummary } from '#connectors/sdk/types.js';
import { CANARY, canaryValue } from '#src/domain/canary/canary.js';
import { addDays, daysBetween } from '#src/domain/period/period-instants.js';

const ExtractSchema = z.strictObject({ every: z.enum(['day', 'week']) });
type CanaryExtract = z.infer<typeof ExtractSchema>;

/** Days that have rows: enough for weeks, and for what was not read in an outage of a month. */
const DAYS = 60;

/** Days of the period that is open, at the end of each window. It has no row: each value is news of the run after its period. */
const OPEN_DAYS = { day: 1, week: 7 } as const;

/** The source of the canary: a row a day, made of the day alone. Reached by nobody but the canary. */
export const canaryConnector: ConnectorDefinition<Record<string, never>, CanaryExtract> = {
  name: CANARY,
  summary: 'Rows that Plumbline makes by itself, to see whether they go the whole way',
  connectionSchema: z.strictObject({}),
  extractSchema: ExtractSchema,
  capabilities: { filtersByTime: true, localizedText: false, aggregates: false },
  plan: oneCallEach,
  async open() {
    return {
      check: async () => [{ name: 'rows', outcome: 'ok', message: 'It is made of the day alone' }],
      discover: async () => [],
      watermark: async () => undefined,
      read: rowsOf,
      close: async () => {},
    };
  },
};

async function* rowsOf({
  options: { every },
  columns,
  window: { start, end },
  signal,
}: ReadRequest<CanaryExtract>): AsyncGenerator<Batch, ReadSummary, void> {
  signal.throwIfAborted();
  const builder = createBatchBuilder((ordinal) => `row ${ordinal}`);
  const days = daysBetween(start, end) - OPEN_DAYS[every];
  const first = Math.max(0, days - DAYS);
  const texts: string[] = [];
  for (let offset = first; offset < days; offset++) {
    const day = addDays(start, offset);
    const row = { day, alarms: canaryValue(day, every) };
    texts.push(`${row.day} ${row.alarms}`);
    builder.addRow(
      columns.map((name) => (name === 'day' ? row.day : row.alarms)),
      offset - first + 1,
    );
  }
  const batch = builder.take();
  if (batch !== undefined) yield batch;
  const digest = sha256Hex(texts.join('\n'));
  return { digest, description: [`${texts.length} rows made, one for each day before ${addDays(start, days)}`] };
}
