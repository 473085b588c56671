import type { ChannelKind, Person, ResolvedConfig } from '#src/config/types.js';
import { latestDigestTime } from '#src/domain/digest/digest-time.js';
import { makeDigest } from '#src/domain/digest/make-digest.js';
import type { DigestRule } from '#src/domain/digest/types.js';
import { compareInstants, dateInZone } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { DigestRecord, OutboxMessage, StoreReader, StoreWriter } from '#src/store/types.js';
import { contentDigest } from '../content-digest.js';
import type { ComposeDigest } from '../context.js';
import { digestInput } from './digest-input.js';

/** Channels that people read. The others keep alerts, and a digest is none. */
const READ_BY_PEOPLE: readonly ChannelKind[] = ['email', 'file', 'slack', 'teams', 'webhook'];

export interface DigestTelling {
  readonly config: ResolvedConfig;
  readonly now: Instant;
  readonly recordedAt: Instant;
  readonly composeDigest: ComposeDigest;
}

/**
 * Writes the digests whose time has come since the last one; part of the transaction of a sweep.
 *
 * Of several that were missed only the newest is written, and it tells of all that has changed since the last one. Whoever
 * gets digests for the first time has them from the next time on. A message's id is that of its person and time, so any
 * number of sweeps give one.
 */
export async function sendDueDigests(writer: StoreWriter, reader: StoreReader, telling: DigestTelling): Promise<void> {
  const { config, now } = telling;
  const due = config.people.flatMap((person) =>
    person.digest === undefined ? [] : [{ person, rule: person.digest, at: latestDigestTime(person.digest, now) }],
  );
  if (due.length === 0) return;
  const last = await reader.lastDigests();
  const made: DigestRecord[] = [];
  for (const { person, rule, at } of due) {
    const since = last.get(person.id);
    if (since !== undefined && compareInstants(at, since) <= 0) continue;
    made.push({ person: person.id, at });
    if (since !== undefined) await writer.enqueue(await messagesTo(reader, person, rule, { since, at }, telling));
  }
  if (made.length > 0) await writer.saveDigests(made);
}

async function messagesTo(
  reader: StoreReader,
  person: Person,
  rule: DigestRule,
  { since, at }: { readonly since: Instant; readonly at: Instant },
  { config, now, recordedAt, composeDigest }: DigestTelling,
): Promise<OutboxMessage[]> {
  const digest = makeDigest(await digestInput(reader, config, person, { since, now, rule }));
  if (digest.isEmpty && !rule.saysWhenEmpty) return [];
  const { id, name, email } = person;
  const day = dateInZone(at, rule.timeZone);
  // Where there is nothing to say, that is one line: what is due waits for the next one that says something.
  const said = digest.isEmpty ? { ...digest, sections: [] } : digest;
  const words = composeDigest({ digest: said, recipient: { id, name }, siteName: config.site.name, at, day });
  return config.site.channels
    .filter(({ kind }) => READ_BY_PEOPLE.includes(kind))
    .map((channel) => ({
      messageId: contentDigest({ digest: id, at, channel: channel.id }),
      threadId: contentDigest({ digest: id }),
      channel: channel.id,
      recipientId: id,
      recipientName: name,
      ...(email === undefined ? {} : { recipientAddress: email }),
      ...words,
      createdAt: recordedAt,
    }));
}
