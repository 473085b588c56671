import type { ChannelKind, Person, ResolvedConfig } from '#src/config/types.js';
import { type DigestForm, digestForm } from '#src/domain/digest/digest-form.js';
import { latestDigestTime } from '#src/domain/digest/digest-time.js';
import { makeDigest } from '#src/domain/digest/make-digest.js';
import type { Digest, DigestRule } from '#src/domain/digest/types.js';
import { compareInstants, dateInZone } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { DigestRecord, OutboxMessage, StoreReader, StoreWriter } from '#src/store/types.js';
import { channelsReaching } from '../alert/alert-messages.js';
import { contentDigest } from '../content-digest.js';
import type { ComposeDigest } from '../context.js';
import { digestInput } from './digest-input.js';
import { isThere } from './presence.js';

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
 * Of several that were missed only the newest is written, and it tells of all that has changed since the last one that was
 * sent; one of a day on which its reader is not there waits for the reader. Whoever gets digests for the first time has them
 * from the next time on. A message's id is that of its person and time, so any number of sweeps give one.
 */
export async function sendDueDigests(writer: StoreWriter, reader: StoreReader, telling: DigestTelling): Promise<void> {
  const { config, now } = telling;
  const due = config.people.flatMap((person) => {
    const { digest: rule } = person;
    const at = rule && latestDigestTime(rule, now, isThere(person, config));
    return rule === undefined || at === undefined ? [] : [{ person, rule, at }];
  });
  if (due.length === 0) return;
  const known = await reader.lastDigests();
  const made: DigestRecord[] = [];
  for (const { person, rule, at } of due) {
    const before = known.get(person.id);
    if (before !== undefined && compareInstants(at, before.at) <= 0) continue;
    const record: DigestRecord = { ...before, person: person.id, at };
    if (before === undefined) {
      made.push(record);
      continue;
    }
    const digest = makeDigest(await digestInput(reader, config, person, { last: before, now, rule }));
    const form = digestForm(digest, rule, at, before.last?.at);
    made.push(form === 'whole' ? { ...record, last: { at: now, standing: digest.standing } } : record);
    if (form !== 'nothing') await writer.enqueue(messagesTo(person, rule, digest, { form, at }, telling));
  }
  if (made.length > 0) await writer.saveDigests(made);
}

function messagesTo(
  person: Person,
  rule: DigestRule,
  digest: Digest,
  { form, at }: { readonly form: DigestForm; readonly at: Instant },
  { config, recordedAt, composeDigest }: DigestTelling,
): OutboxMessage[] {
  const { id, name, email } = person;
  const day = dateInZone(at, rule.timeZone);
  // What is due waits for the next one that says something.
  const said = form === 'line' ? { ...digest, sections: [] } : digest;
  const words = composeDigest({ digest: said, recipient: { id, name }, siteName: config.site.name, at, day });
  return channelsReaching(person, config.site.channels)
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
