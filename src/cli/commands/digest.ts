import { digestInput } from '#src/activities/digest/digest-input.js';
import { judgingTime } from '#src/activities/judging-time.js';
import type { Person, ResolvedConfig } from '#src/config/types.js';
import { makeDigest } from '#src/domain/digest/make-digest.js';
import type { DigestRule } from '#src/domain/digest/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { addMilliseconds, dateInZone } from '#src/domain/period/period-instants.js';
import { composeDigestMessage } from '#src/notify/digest-message.js';
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
    const since = (await store.read.lastDigests()).get(person.id) ?? addMilliseconds(now, -WEEK_MS);
    const said = makeDigest(await digestInput(store.read, config, person, { since, now, rule }));
    const message = composeDigestMessage({
      digest: said,
      recipient: person,
      siteName: config.site.name,
      at: now,
      day: dateInZone(now, rule.timeZone),
    });
    const { summary, sections, isEmpty } = said;
    context.stdout.write(
      options.json
        ? `${JSON.stringify({ person: person.id, since, at: now, subject: message.subject, isEmpty, summary, sections }, null, 2)}\n`
        : `${message.text.trimEnd().split('\n').map(printable).join('\n')}\n`,
    );
    if (!options.json) context.stderr.write(sendingWords(person, isEmpty));
    return 0;
  });
}

function ruleless({ timeZone }: Person, { site }: ResolvedConfig): DigestRule {
  return { every: 'week', weekday: 1, hour: 0, minute: 0, timeZone: timeZone ?? site.timeZone, saysWhenEmpty: false };
}

function sendingWords({ name, digest: rule }: Person, isEmpty: boolean): string {
  if (rule === undefined) return `${printable(name)} gets no digest: there is no digest setting.\n`;
  if (isEmpty && !rule.saysWhenEmpty) return 'As it says nothing, it would not be sent.\n';
  return '';
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
