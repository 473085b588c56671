import type { Knex } from 'knex';
import { plainInstant, toCount, withoutNulls } from '../stored-values.js';
import type { ChannelTraffic } from './types.js';

interface TrafficRow {
  readonly channel: string;
  readonly waiting: number | string | null;
  readonly dead: number | string | null;
  readonly last_sent: string | null;
  readonly failing_from: string | null;
}

/** Messages by channel; channels without any are not there. */
export async function channelTraffic(db: Knex): Promise<ChannelTraffic[]> {
  const rows: TrafficRow[] = await db('outbox')
    .groupBy('outbox.channel')
    .orderBy('outbox.channel')
    .select('outbox.channel')
    .select(
      db.raw("sum(case when state = 'pending' then 1 else 0 end) as waiting"),
      db.raw("sum(case when state = 'dead' then 1 else 0 end) as dead"),
      db.raw('max(sent_at) as last_sent'),
      db.raw("min(case when state = 'pending' and attempts > 0 then created_at end) as failing_from"),
    );
  return rows.map(({ channel, waiting, dead, last_sent, failing_from }) =>
    withoutNulls({
      channel,
      waiting: toCount(waiting ?? 0),
      dead: toCount(dead ?? 0),
      lastSentAt: last_sent === null ? null : plainInstant(last_sent),
      failingFrom: failing_from === null ? null : plainInstant(failing_from),
    }),
  );
}
