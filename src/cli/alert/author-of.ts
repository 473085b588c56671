import { remedyForName } from '#src/config/spec/closest-name.js';
import type { Person } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/**
 * Who does something: the person of people.yaml with the id or address given, by `--author` or PLUMBLINE_AUTHOR; else the only
 * one whose id, or whose mailbox before the @, is the name of the user of this machine.
 *
 * @throws PlumblineError `config` CLI_UNKNOWN_AUTHOR, CLI_AUTHOR_NEEDED
 */
export function authorOf(
  people: readonly Person[],
  written: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Person {
  const given = written ?? env['PLUMBLINE_AUTHOR'];
  const ids = people.map(({ id }) => id);
  if (given !== undefined && given !== '') {
    const person = people.find(({ id, email }) => id === given || isSame(email, given));
    if (person !== undefined) return person;
    throw new PlumblineError(
      'config',
      'CLI_UNKNOWN_AUTHOR',
      `Cannot write down that "${given}" did this: there is no such person.`,
      { remedy: capitalised(remedyForName(given, ids, 'add the person to people.yaml')) },
    );
  }
  const user = env['USER'] ?? env['LOGNAME'] ?? env['USERNAME'] ?? '';
  const [person, ...others] = people.filter(({ id, email }) => isSame(id, user) || isSame(email?.split('@')[0], user));
  if (person !== undefined && others.length === 0) return person;
  const why = person === undefined ? 'nobody in people.yaml has' : `${others.length + 1} people in people.yaml have`;
  throw new PlumblineError(
    'config',
    'CLI_AUTHOR_NEEDED',
    `Cannot write down who does this: ${why} the id or the mailbox "${user}", which is this user's name.`,
    {
      remedy: `Say who you are by --author or PLUMBLINE_AUTHOR: ${ids.slice(0, 12).join(', ')}${ids.length > 12 ? ' …' : ''}.`,
    },
  );
}

function isSame(text: string | undefined, other: string): boolean {
  return other !== '' && text?.toLowerCase() === other.toLowerCase();
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
