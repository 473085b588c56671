import { digestInput } from '#src/activities/digest/digest-input.js';
import { absenceOn } from '#src/activities/digest/presence.js';
import { judgingTime } from '#src/activities/judging-time.js';
import type { Person, ResolvedConfig } from '#src/config/types.js';
import { type DigestForm, digestForm, repeatedFrom } from '#src/domain/digest/digest-form.js';
import { makeDigest } from '#src/domain/digest/make-digest.js';
import type { Digest, DigestRule } from '#src/domain/digest/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { addMilliseconds, dateInZone } from '#src/domain/period/period-instants.js';
import type { Instant } from '#src/domain/period/types.js';
import type { Absence } from '#src/domain/policy/types.js';
import { composeDigestMessage } from '#src/notify/digest-message.js';
import type { DigestRecord } from '#src/store/types.js';
import type { CommandContext, CommandResult, ConfigOption } from '../context.js';
import { withApplied } from '../open-applied.js';
import { printable } from '../render/text-width.js';

interface DigestOptions extends ConfigOption {
  readonly json?: true;
}

/** What is looked back on where there has been no digest. */
const WEEK_MS = 7 * 86_400_000;

/** Prints what a person's digest would say now; sends and stores nothing. */
export async function digest(context: CommandContext, personId: string, options: DigestOptions): CommandResult {
  return withApplied(context, options.config, async ({ config, store }) => {
    const person = personOf(config, personId);
    const rule = person.digest ?? ruleless(person, config);
    const now = await judgingTime(store.read, context.now());
    const known = (await store.read.lastDigests()).get(person.id);
    const last: DigestRecord = known ?? { person: person.id, at: addMilliseconds(now, -WEEK_MS) };
    const said = makeDigest(await digestInput(store.read, config, person, { last, now, rule }));
    const form = digestForm(said, rule, now, last.last?.at);
    const message = composeDigestMessage({
      digest: said,
      recipient: person,
      siteName: config.site.name,
      at: now,
      day: dateInZone(now, rule.timeZone),
    });
    const { summary, sections, isEmpty, hasNews } = said;
    const since = last.last?.at ?? last.at;
    context.stdout.write(
      options.json
        ? `${JSON.stringify({ person: person.id, since, at: now, subject: message.subject, isEmpty, hasNews, sent: form, summary, sections }, null, 2)}\n`
        : `${message.text.trimEnd().split('\n').map(printable).join('\n')}\n`,
    );
    const away = absenceOn(person, dateInZone(now, rule.timeZone));
    if (!options.json)
      context.stderr.write(
        away === undefined ? sendingWords(person, said, form, last.last?.at) : awayWords(person, away, config),
      );
    return 0;
  });
}

function ruleless({ timeZone }: Person, { site }: ResolvedConfig): DigestRule {
  return { every: 'week', weekday: 1, hour: 0, minute: 0, timeZone: timeZone ?? site.timeZone, saysWhenEmpty: false };
}

function sendingWords(
  { name, digest: rule }: Person,
  { isEmpty }: Digest,
  form: DigestForm,
  toldAt: Instant | undefined,
): string {
  if (rule === undefined) return `${printable(name)} gets no digest: there is no digest setting.\n`;
  if (form === 'whole') return '';
  const what = form === 'line' ? 'only its first line would be sent' : 'it would not be sent';
  if (isEmpty) return `As it says nothing, ${what}.\n`;
  const from = repeatedFrom(rule, toldAt);
  const again = from === undefined ? '' : ` What stays open is told again from ${from} on.`;
  return `As nothing in it is new, ${what}.${again}\n`;
}

function awayWords({ name, digest: rule }: Person, { to, standIn }: Absence, { people }: ResolvedConfig): string {
  const instead = people.find(({ id }) => id === standIn)?.name ?? standIn;
  const waits = rule === undefined ? 'gets no digest' : 'gets the next digest after that';
  return `${printable(name)} is absent until ${to} and ${waits}; ${printable(instead)} stands in.\n`;
}

function personOf({ people }: ResolvedConfig, id: string): Person {
  const person = people.find((each) => each.id === id);
  if (person !== undefined) return person;
  throw new PlumblineError(
    'config',
    'CLI_UNKNOWN_PERSON',
    `Cannot show the digest of "${id}": people.yaml has no such id.`,
    { remedy: `Name one of: ${people.map((each) => each.id).join(', ')}.` },
  );
}
